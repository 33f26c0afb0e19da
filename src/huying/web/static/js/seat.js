// The seat's keyboard and clock. Suggestions come by themselves and never take the focus from where one types.
import { forget } from "./autosave.js";
import { ownName } from "./drafts_apart.js";
import { toast } from "./toast.js";

const form = document.getElementById("call");
const KEPT = ["phone", "name", "join"];

for (const mark of document.querySelectorAll("[data-forget-draft]")) {
  const call = ownName(mark.dataset.forgetDraft);
  const who = sessionStorage.getItem(call);
  forget(call);
  sayHowLong(call);
  sessionStorage.removeItem(call);
  document.querySelector("[data-next]")?.focus();
  // The same caller goes on: who they are goes along, in this tab alone.
  document.querySelector("[data-another]")?.addEventListener("click", () => {
    if (who) sessionStorage.setItem(call, JSON.stringify({ ...JSON.parse(who), join: "" }));
  });
  document.addEventListener("keydown", (event) => {
    const mark = { KeyN: "[data-another]", KeyO: "[data-open-case]" }[event.altKey && !event.ctrlKey && !event.metaKey && event.code];
    if (!mark) return;
    event.preventDefault();
    document.querySelector(mark)?.click();
  });
}

if (form) {
  const call = form.dataset.autosave;
  keepNumber(call);
  runTimer(call);
  form.addEventListener("keydown", onKey);
  form.addEventListener("change", onAnswer);
  form.addEventListener("line:taken", (event) => takeCall(call, event.detail));
  keepFocus();
  sayCleared(call);
  // Who is on the line is known already where one caller goes on.
  if (document.activeElement === document.body) form.elements[form.elements.phone.value ? "text" : "phone"].focus();
  catchUp();
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

// The clock runs from the moment the call was taken; a number that is being written down is never replaced.
function takeCall(call, { number, at, other }) {
  const { phone } = form.elements;
  const stored = JSON.parse(sessionStorage.getItem(call) ?? "{}");
  if (phone.value && number && phone.value !== number) {
    toast(other);
    return;
  }
  phone.value = number ?? "";
  sessionStorage.setItem(call, JSON.stringify({ ...stored, phone: phone.value, at }));
  if (phone.value) change(phone);
  // Whoever takes a call with a button is not writing either.
  if (document.activeElement === phone || !form.contains(document.activeElement)) form.elements.text.focus();
}

function sayHowLong(call) {
  const { at } = JSON.parse(sessionStorage.getItem(call) ?? "{}");
  const place = document.querySelector("[data-took]");
  if (!at || !place) return;
  place.hidden = false;
  place.querySelector("[data-took-face]").textContent = lasting(Date.now() - at);
}

function lasting(milliseconds) {
  const seconds = Math.floor(milliseconds / 1000);
  return [Math.floor(seconds / 60), seconds % 60].map((part) => String(part).padStart(2, "0")).join(":");
}

function runTimer(call) {
  const timer = document.querySelector("[data-timer]");
  const face = timer.querySelector("[data-timer-face]");
  const tick = () => {
    const { at } = JSON.parse(sessionStorage.getItem(call) ?? "{}");
    timer.hidden = !at;
    if (!at) return;
    face.textContent = lasting(Date.now() - at);
  };
  tick();
  setInterval(tick, 1000);
}

const acts = {
  a: () => { document.getElementById("answer").open = true; form.elements.reply.focus(); },
  p: () => form.elements.phone.focus(),
  t: () => form.elements.text.focus(),
  g: () => form.requestSubmit(form.querySelector('[value="alarm"]')),
  l: () => following("spot"),
  k: () => following("kind"),
  f: () => { const find = document.getElementById("find"); find.focus(); find.select(); },
  q: clearCall,
  z: bringBack,
};

function onKey(event) {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.requestSubmit(form.querySelector('[value="keep"]'));
  } else if (event.key === "Enter" && event.altKey) {
    event.preventDefault();
    form.requestSubmit(form.querySelector('[value="answer"]'));
  } else if (event.key === "Enter" && event.target.matches("input:not([type=radio])") && event.target.name) {
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
  choose(radio.checked ? form.querySelector(`[name="${radio.name}"][value=""]`) : radio);
}

// An article's answer goes below what was already written, and only once.
function onAnswer(event) {
  const radio = event.target;
  if (radio.name !== "article" || !radio.value) return;
  const { reply } = form.elements;
  const answer = radio.closest("label").querySelector("[data-answer]").textContent.trim();
  document.getElementById("answer").open = true;
  if (!reply.value.includes(answer)) reply.value = [reply.value.trim(), answer].filter(Boolean).join("\n");
  reply.dispatchEvent(new Event("input", { bubbles: true }));
  reply.focus();
  toast(form.dataset.wordsInserted);
}

function following(name) {
  const all = [...form.querySelectorAll(`[name="${name}"]`)];
  if (all.length) choose(all[(all.findIndex((one) => one.checked) + 1) % all.length]);
}

function choose(radio) {
  radio.checked = true;
  change(radio);
}

// A call that is not to be kept: an empty form with a key of its own, what was written aside until it is asked back.
function clearCall() {
  const { phone, name, text, place_text: where, reply } = form.elements;
  const written = { phone: phone.value, name: name.value, text: text.value, place_text: where.value, reply: reply.value };
  if (!Object.values(written).some(Boolean)) return;
  const call = form.dataset.autosave;
  sessionStorage.setItem(`${call}:cleared`, JSON.stringify(written));
  sessionStorage.removeItem(call);
  form.reset();
  for (const field of Object.keys(written)) form.elements[field].value = "";
  forget(call);
  location.assign(location.pathname);
}

function sayCleared(call) {
  if (sessionStorage.getItem(`${call}:cleared`)) toast(form.dataset.wordsCleared);
}

function bringBack() {
  const call = form.dataset.autosave;
  const written = JSON.parse(sessionStorage.getItem(`${call}:cleared`) ?? "null");
  if (!written) return;
  sessionStorage.removeItem(`${call}:cleared`);
  for (const [field, value] of Object.entries(written)) form.elements[field].value ||= value;
  form.dispatchEvent(new Event("input", { bubbles: true }));
  form.elements.text.dispatchEvent(new Event("input", { bubbles: true }));
  change(form.elements.phone);
  form.elements.text.focus();
}

// What was typed, restored or filled in before anybody listened is asked for now. A number somebody is still typing
// asks by itself when they leave it.
function catchUp() {
  const ask = () => {
    const { phone, text } = form.elements;
    if (phone.value && document.activeElement !== phone && !form.querySelector("[data-asked]")) change(phone);
    if (text.value) text.dispatchEvent(new Event("input", { bubbles: true }));
  };
  // htmx begins to listen when it comes to it, on a busy machine after the page was loaded.
  if (document.getElementById("caller")._htmx) ask();
  else document.addEventListener("htmx:after:process", ask, { once: true });
}

function change(field) {
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

// New suggestions replace the old ones under the hand that picks: the same choice keeps the focus.
function keepFocus() {
  let held = "";
  document.addEventListener("htmx:before:swap", () => { held = form.querySelector("#suggestions :focus")?.id ?? ""; });
  document.addEventListener("htmx:after:swap", () => { if (held) document.getElementById(held)?.focus(); });
}
