// What a caller asks about, beside the call that is being written: looked up by receipt or picked among what they said
// before and what may be the same; read aloud, hurried, or joined when the call is kept. Nothing typed is touched.
import { toast } from "./toast.js";

const form = document.getElementById("call");
const place = document.getElementById("matter");
const lookup = document.querySelector("[data-lookup]");
let came = null;

form.addEventListener("keydown", onKey);
form.addEventListener("click", onClick);
form.addEventListener("call:restored", showJoined);
showJoined();

const acts = {
  j: nextMatter,
  r: openLookup,
  u: () => hurry(place.querySelector("[data-remind]")),
  m: () => (form.elements.join.value ? join("") : join(part()?.dataset.part, part()?.dataset.title)),
  o: () => place.querySelector("[data-open-case]")?.click(),
};

function onKey(event) {
  if (event.key === "Enter" && event.target === lookup) {
    event.preventDefault();
    event.stopImmediatePropagation();
    tell(lookup.value);
  } else if (event.key === "Escape" && place.firstElementChild) {
    event.preventDefault();
    close();
  } else if (event.altKey && !event.ctrlKey && !event.metaKey) {
    const act = acts[event.code.match(/^Key([A-Z])$/)?.[1].toLowerCase()];
    if (!act) return;
    event.preventDefault();
    act();
  }
}

function onClick(event) {
  const link = event.target.closest("[data-tell]");
  const joins = event.target.closest("[data-join]");
  const remind = event.target.closest("[data-remind]");
  if (link && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    tell(link.dataset.tell);
  } else if (remind) hurry(remind);
  else if (joins) join(joins.dataset.join, joins.closest("[data-part]").dataset.title);
  else if (event.target.closest("[data-unjoin]")) join("");
  else if (event.target.closest("[data-look]")) tell(lookup.value);
}

const part = () => place.querySelector("[data-part]");

function openLookup() {
  document.getElementById("lookup").open = true;
  lookup.focus();
  lookup.select();
}

// One after the other: what the caller said before, then what may be the same matter.
function nextMatter() {
  const all = [...form.querySelectorAll("[data-tell]")];
  if (!all.length) return toast(form.dataset.wordsNone);
  const at = all.findIndex((one) => one.hasAttribute("aria-current"));
  return tell(all[(at + 1) % all.length].dataset.tell);
}

function tell(of) {
  if (!of.trim()) return;
  const { activeElement } = document;
  if (!place.contains(activeElement)) came = activeElement === lookup ? null : activeElement;
  for (const one of form.querySelectorAll("[data-tell]")) one.toggleAttribute("aria-current", one.dataset.tell === of);
  ask(place.dataset.address, { of });
}

function hurry(button) {
  if (!button || button.disabled) return;
  button.disabled = true;
  const words = place.querySelector("[name=remind_words]")?.value ?? "";
  const { remind: number, version } = button.dataset;
  ask(place.dataset.remind, { case: number, version, of: place.querySelector("[name=of]").value, remind_words: words })
    .finally(() => { button.disabled = false; });
}

async function ask(address, values) {
  const said = new FormData();
  for (const [name, value] of Object.entries(values)) said.set(name, value);
  said.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  try {
    const answer = await fetch(address, { method: "POST", body: said, headers: { "X-Requested-With": "fetch" } });
    if (!answer.ok || answer.redirected) throw new Error(answer.status);
    place.innerHTML = await answer.text();
    arrived();
  } catch {
    toast(form.dataset.wordsLost);
  }
}

// Asked for by the seat, and so it may have the focus: the heading is read out, Alt keys act, Esc goes back.
function arrived() {
  const heading = place.querySelector("h2");
  heading?.focus({ preventScroll: true });
  place.scrollIntoView({ block: "nearest" });
}

function close() {
  place.replaceChildren();
  for (const one of form.querySelectorAll("[data-tell][aria-current]")) one.removeAttribute("aria-current");
  (came?.isConnected ? came : form.elements.text).focus();
}

function join(number, title = "") {
  if (number === undefined) return;
  form.elements.join.value = number;
  form.elements.join.dataset.title = title;
  form.elements.join.dispatchEvent(new Event("input", { bubbles: true }));
  showJoined();
  if (number) close();
}

function showJoined() {
  const { value, dataset } = form.elements.join;
  const note = form.querySelector("[data-joined]");
  note.hidden = !value;
  note.querySelector("[data-joined-words]").textContent = value ? `${form.dataset.wordsJoined}${dataset.title || value}` : "";
}
