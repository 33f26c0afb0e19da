// The seat's line: asked for again and again, drawn only where it changed, so that nothing moves under the hand.
// The call's form belongs to seat.js; a call that is taken is told to it as "line:taken".
import { toast } from "./toast.js";

const form = document.getElementById("line-form");
const bar = form.querySelector("[data-line-bar]");
const desk = document.getElementById("call");
const EVERY = 1500;
// Asking keeps a session open: from a desk that nobody touches it ends, and the first touch asks again.
const IDLE = 15 * 60_000;
const ACTS = ["pointerdown", "keydown", "wheel"];
let drawn = plain(bar.innerHTML);
let lost = false;
let asking = false;
let pressed = 0;
let lastAct = Date.now();

const call = () => bar.querySelector("[data-call]")?.dataset ?? {};

setInterval(look, EVERY);
for (const act of ACTS) {
  document.addEventListener(act, () => {
    const asleep = Date.now() - lastAct >= IDLE;
    lastAct = Date.now();
    if (asleep) look();
  }, { passive: true, capture: true });
}
form.addEventListener("submit", (event) => {
  event.preventDefault();
  press(event.submitter);
});
// A button of the receipt stands outside the form and names it.
document.addEventListener("keydown", (event) => {
  if (!event.altKey || event.ctrlKey || event.metaKey) return;
  const key = event.code.match(/^Key([A-Z])$/)?.[1].toLowerCase();
  const button = key && bar.querySelector(`[data-key="${key}"]`);
  if (!button) return;
  event.preventDefault();
  button.click();
});
addEventListener("load", () => tell(call()));

async function look() {
  if (document.hidden || asking || Date.now() - lastAct >= IDLE) return;
  asking = true;
  const before = pressed;
  const html = await asked(form.dataset.line);
  asking = false;
  // What was asked before a press tells of a line that is no more.
  if (before === pressed) draw(html);
}

async function press(button) {
  const said = new FormData(form);
  said.set("act", button.value);
  pressed += 1;
  const html = await asked(form.action, { method: "POST", body: said });
  if (html === null) return;
  draw(html);
  if (button.value === "end" && !desk) location.assign(form.dataset.desk);
}

// What came back, or null when nothing did: then the bar stays as it was and the next look tries again.
async function asked(address, how = {}) {
  try {
    const answer = await fetch(address, { ...how, headers: { "X-Requested-With": "fetch" } });
    if (!answer.ok || answer.redirected) throw new Error(answer.status);
    lost = false;
    return await answer.text();
  } catch {
    if (!lost) toast(form.dataset.wordsLost);
    lost = true;
    return null;
  }
}

function plain(html) {
  return html.replace(/\s+/g, " ").trim();
}

function draw(html) {
  if (html === null || plain(html) === drawn) return;
  const before = call();
  const held = bar.querySelector(":focus")?.value;
  drawn = plain(html);
  bar.innerHTML = html;
  if (held) (bar.querySelector(`[value="${held}"]`) ?? bar.querySelector("button"))?.focus();
  if (call().state === "talking" && before.state === "ringing") taken();
}

function taken() {
  if (desk) tell(call());
  else location.assign(form.dataset.desk);
}

function tell({ number, answered }) {
  if (answered) desk?.dispatchEvent(new CustomEvent("line:taken", { detail: { number, at: Number(answered), other: form.dataset.wordsOther } }));
}
