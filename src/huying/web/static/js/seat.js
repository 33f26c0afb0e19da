// The seat's keyboard and clock. Suggestions come by themselves and never take the focus from where one types.
import { forget } from "./autosave.js";

const form = document.getElementById("call");
const KEPT = ["phone", "name"];

for (const mark of document.querySelectorAll("[data-forget-draft]")) {
  forget(mark.dataset.forgetDraft);
  sessionStorage.removeItem(mark.dataset.forgetDraft);
  document.querySelector("[data-next]")?.focus();
}

if (form) {
  const call = form.dataset.autosave;
  keepNumber(call);
  runTimer(call);
  form.addEventListener("keydown", onKey);
  keepFocus();
  if (document.activeElement === document.body) form.elements.phone.focus();
  if (form.elements.text.value) refresh();
}

// A number stays with this tab alone, so that a dropped line loses nothing and no other person finds it here.
function keepNumber(call) {
  const stored = JSON.parse(sessionStorage.getItem(call) ?? "{}");
  for (const name of KEPT) form.elements[name].value ||= stored[name] ?? "";
  form.addEventListener("input", () => {
    const now = { at: JSON.parse(sessionStorage.getItem(call) ?? "{}").at ?? Date.now() };
    for (const name of KEPT) now[name] = form.elements[name].value;
    sessionStorage.setItem(call, JSON.stringify(now));
  });
}

function runTimer(call) {
  const timer = document.querySelector("[data-timer]");
  const face = timer.querySelector("[data-timer-face]");
  const tick = () => {
    const { at } = JSON.parse(sessionStorage.getItem(call) ?? "{}");
    timer.hidden = !at;
    if (!at) return;
    const seconds = Math.floor((Date.now() - at) / 1000);
    const parts = [Math.floor(seconds / 60), seconds % 60];
    face.textContent = parts.map((part) => String(part).padStart(2, "0")).join(":");
  };
  tick();
  setInterval(tick, 1000);
}

const acts = {
  a: () => { document.getElementById("answer").open = true; form.elements.reply.focus(); },
  p: () => form.elements.phone.focus(),
  t: () => form.elements.text.focus(),
  l: nextPlace,
};

function onKey(event) {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.requestSubmit(form.querySelector('[value="keep"]'));
  } else if (event.key === "Enter" && event.target.matches("input:not([type=radio])")) {
    event.preventDefault();
    const order = ["phone", "name", "text", "place_text"];
    const next = event.target.name === "phone" ? "text" : order[order.indexOf(event.target.name) + 1] ?? "text";
    form.elements[next].focus();
  } else if (event.altKey && !event.ctrlKey && !event.metaKey) {
    const digit = event.code.match(/^Digit([1-9])$/)?.[1];
    const act = digit ? () => pick(digit) : acts[event.code.match(/^Key([A-Z])$/)?.[1].toLowerCase()];
    if (!act) return;
    event.preventDefault();
    act();
  }
}

function pick(digit) {
  const radio = form.querySelector(`[data-digit="${digit}"]`);
  if (!radio) return;
  choose(radio.checked ? document.getElementById("item-none") : radio);
}

function nextPlace() {
  const all = [...form.querySelectorAll('[name="spot"]')];
  if (all.length) choose(all[(all.findIndex((one) => one.checked) + 1) % all.length]);
}

function choose(radio) {
  radio.checked = true;
  radio.dispatchEvent(new Event("change", { bubbles: true }));
}

function refresh() {
  addEventListener("load", () => form.elements.text.dispatchEvent(new Event("input", { bubbles: true })));
}

// New suggestions replace the old ones under the hand that picks: the same choice keeps the focus.
function keepFocus() {
  let held = "";
  document.addEventListener("htmx:before:swap", () => { held = form.querySelector("#suggestions :focus")?.id ?? ""; });
  document.addEventListener("htmx:after:swap", () => { if (held) document.getElementById(held)?.focus(); });
}
