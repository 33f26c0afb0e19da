// A step being written on a phone or at a desk: on a phone it has a page of its own; its photos go up by themselves; a
// reply is told what it still lacks; its draft is forgotten once it was taken.
import { forget } from "./autosave.js";
import { isTyping } from "./dialog.js";
import { offerLocation } from "./locate.js";
import { sendPhotosEarly } from "./uploads.js";

const SENT = "huying:step-sent";
const PAUSE = 500;

export function followSteps(root) {
  forgetDone();
  start(root);
  root.addEventListener("htmx:after:process", (event) => { if (event.target instanceof Element && event.target !== document.body) start(event.target); });
  root.addEventListener("click", ownPage, true);
  root.addEventListener("keydown", onKey, true);
  // After whoever may hold it back: what is not held back leaves.
  addEventListener("submit", (event) => {
    if (event.target.matches("form[data-step]") && !event.defaultPrevented) sessionStorage.setItem(SENT, event.target.dataset.autosave);
  });
  root.addEventListener("input", (event) => checkReply(event.target.closest("form")));
}

function start(part) {
  sendPhotosEarly(part);
  offerLocation(part);
  bringBodies(part);
  for (const form of part.querySelectorAll("form[data-step]")) checkReply(form, 0);
}

// A situation chosen brings its bodies; what was written stays.
function bringBodies(part) {
  for (const button of part.querySelectorAll("[data-bring]")) {
    button.hidden = true;
    button.form.elements.situation.addEventListener("change", () => button.click());
  }
}

// From the list "e" leads to what may be done with the case beside it; a step is sent from any of its fields.
function onKey(event) {
  if (document.querySelector("dialog[open]")) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    const form = event.target.closest("form[data-step]");
    if (!form) return;
    event.preventDefault();
    form.requestSubmit(form.querySelector(".button-first, button:not([type=button], [name])"));
  } else if (event.key === "e" && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target)) {
    const act = document.querySelector(".desk-pane #actions .action-row .button");
    if (!act?.checkVisibility() || document.querySelector(".desk-pane [data-accept]")) return;
    event.preventDefault();
    event.stopPropagation();
    act.focus();
  }
}

// Below the list and the case a form would stand a screen away from the thumb.
function ownPage(event) {
  if (event.target.closest("a[data-verb]") && matchMedia("(width < 720px)").matches) event.stopPropagation();
}

// A draft is forgotten when its step was taken, and only then: the page that follows says so and no longer asks it.
function forgetDone() {
  const sent = sessionStorage.getItem(SENT);
  sessionStorage.removeItem(SENT);
  const again = [...document.forms].some((form) => form.dataset.autosave === sent);
  if (sent && !again && document.querySelector(".notice-green")) forget(sent);
  // What was said stands in the conversation; its field is there again, empty.
  const talk = sent?.startsWith("talk:") && location.hash === "#talk" && document.querySelector("form[data-autosave^='talk:']:not([data-fresh])");
  if (!talk) return;
  forget(sent);
  talk.elements.text.value = "";
}

const timers = new WeakMap();

function checkReply(form, pause = PAUSE) {
  const place = form?.querySelector("[data-reply-check]");
  if (!place) return;
  clearTimeout(timers.get(place));
  timers.set(place, setTimeout(async () => {
    const said = new FormData();
    for (const name of ["csrfmiddlewaretoken", "reply", "solved"]) said.set(name, form.elements[name]?.value ?? "");
    try {
      const answer = await fetch(place.dataset.replyCheck, { method: "POST", body: said });
      if (answer.ok && !answer.redirected) place.innerHTML = await answer.text();
    } catch { /* Without a signal the check is made when it is sent. */ }
  }, pause));
}
