// A draft of an article is forgotten when its saving led to the article's page, and only then.
import { forget } from "./autosave.js";

const SENT = "huying:article:sent";
const form = document.querySelector("form[data-autosave^='article:']");
const sent = sessionStorage.getItem(SENT);

sessionStorage.removeItem(SENT);
if (sent && document.querySelector("[data-article]")) forget(sent);
form?.addEventListener("submit", (event) => {
  if (event.submitter?.value === "save") sessionStorage.setItem(SENT, form.dataset.autosave);
});
