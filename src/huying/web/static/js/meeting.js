// Thirty things said one after another, by keys alone: Ctrl Enter takes one, the next form is empty and ready. What was
// taken is no draft any more; it is forgotten before the page's own scripts would bring it back.
import { forget } from "./autosave.js";

for (const mark of document.querySelectorAll("[data-forget-draft]")) forget(mark.dataset.forgetDraft);

const form = document.querySelector("form[data-entry]");
if (form) {
  const key = form.dataset.autosave;
  const { taken } = form.dataset;
  const seen = `huying:taken:${key}`;
  if (taken && sessionStorage.getItem(seen) !== taken) {
    forget(key);
    sessionStorage.setItem(seen, taken);
  }
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    form.requestSubmit();
  });
}
