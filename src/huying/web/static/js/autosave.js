// What is typed is kept: in this browser at once, and on the server where the form names a data-draft address.
// Marks: form[data-autosave="key"], a [data-saved-note] line inside it, [data-draft] optional. Fields marked
// data-private (a phone number) never leave the page before it is sent. With data-over on the form a draft also goes
// over what the page brought along: for a form that changes something, under a key that names its version.
import { within } from "./within.js";

const PAUSE = 400;
const DAY = 24 * 3600 * 1000;
export const PREFIX = "huying:draft:";

export function keepDrafts(root) {
  for (const form of within(root, "form[data-autosave]")) watch(form);
}

function watch(form) {
  const key = PREFIX + form.dataset.autosave;
  const note = form.querySelector("[data-saved-note]");
  restore(form, key, note);
  let timer = 0;
  const now = () => {
    clearTimeout(timer);
    timer = 0;
    save(form, key, note);
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(now, PAUSE);
  });
  form.addEventListener("submit", now);
  // Whoever leaves or reloads within the pause takes the last words along.
  addEventListener("pagehide", () => { if (timer) now(); });
}

// Hidden fields that belong to what was typed, such as a place on the map, are marked data-keep.
const kept = (form) => [...form.elements].filter((field) =>
  field.name && (field.type !== "hidden" || "keep" in field.dataset) && ![ "file", "password", "submit", "button"].includes(field.type) && !("private" in field.dataset));

// Rows of one form have fields of one name; each has its own words.
const namesakes = (form, field) => kept(form).filter((one) => one.name === field.name);

function values(form) {
  const found = {};
  for (const field of kept(form)) {
    if (field.type === "radio" || field.type === "checkbox") {
      if (field.checked) (found[field.name] ??= []).push(field.value);
    } else if (namesakes(form, field).length > 1) (found[field.name] ??= []).push(field.value);
    else if (field.value) found[field.name] = field.value;
  }
  return found;
}

function save(form, key, note) {
  const found = values(form);
  try {
    localStorage.setItem(key, JSON.stringify({ at: Date.now(), found }));
    tell(note, note?.dataset.saved);
  } catch {
    tell(note, "");
  }
  if (form.dataset.draft) send(form, found);
}

function send(form, found) {
  const token = form.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
  fetch(form.dataset.draft, {
    method: "PUT",
    headers: { "Content-Type": "application/json", "X-CSRFToken": token },
    body: JSON.stringify(found),
    keepalive: true,
  }).catch(() => undefined);
}

function restore(form, key, note) {
  const stored = JSON.parse(localStorage.getItem(key) ?? "null");
  if (!stored || Date.now() - stored.at > 7 * DAY || form.dataset.fresh === "no") return;
  let changed = false;
  for (const field of kept(form)) changed = fill(field, own(form, field, stored.found[field.name]), "over" in form.dataset) || changed;
  if (changed) tell(note, note?.dataset.restored);
}

function own(form, field, value) {
  if (field.type === "radio" || field.type === "checkbox") return value;
  const place = namesakes(form, field).indexOf(field);
  return Array.isArray(value) ? value[place] : place ? undefined : value;
}

function fill(field, value, over) {
  if (value === undefined) return false;
  // A choice that is not offered yet cannot be chosen.
  if (field.tagName === "SELECT" && ![...field.options].some((option) => option.value === value)) return false;
  if (field.type === "radio" || field.type === "checkbox") {
    field.checked = value.includes(field.value);
    return field.checked;
  }
  if (field.value === value || (field.value && !over)) return false;
  field.value = value;
  return true;
}

function tell(note, words) {
  if (note) note.textContent = words ?? "";
}

export function forget(key) {
  localStorage.removeItem(PREFIX + key);
}
