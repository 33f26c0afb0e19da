// A desk: walking the list opens each case beside it, Enter and e lead into it, Escape back; a letter does what bears it
// (aria-keyshortcuts), a digit picks a unit. What is not open yet cannot be decided by mistake.
import { isTyping } from "./dialog.js";
import { dragToMerge } from "./merging.js";
import { keepPresence } from "./presence.js";

const PAUSE = 160;
const pane = () => document.getElementById("pane");
const chosenRow = () => document.querySelector('[data-list] tr[aria-selected="true"]');
const caseOf = (row) => new URL(row.dataset.href, location.href).searchParams.get("case");
// The case beside the list is the one that is chosen in it; without a list there is only one.
const isOpen = () => !chosenRow() || !pane() || pane().querySelector("[data-case]")?.dataset.case === caseOf(chosenRow());

export function runDesk(desk) {
  let timer = 0;
  desk.addEventListener("row:chosen", (event) => {
    clearTimeout(timer);
    const row = event.target;
    timer = setTimeout(() => row.querySelector("a[data-opens]")?.click(), PAUSE);
  });
  desk.addEventListener("click", (event) => {
    const opener = event.target.closest("a[data-opens]");
    if (!opener) return;
    for (const row of desk.querySelectorAll('tr[aria-selected="true"]')) row.removeAttribute("aria-selected");
    opener.closest("tr").setAttribute("aria-selected", "true");
    desk.dataset.chosen = "";
    history.replaceState(null, "", opener.href);
  });
  desk.addEventListener("map:chosen", (event) => {
    const here = [...desk.querySelectorAll("a[data-opens]")].find((link) => link.getAttribute("href") === new URL(event.detail.href, location.href).search);
    if (here) here.click();
    else location.assign(event.detail.href);
  });
  desk.addEventListener("click", (event) => {
    const back = event.target.closest(".desk-back a");
    if (!back || getComputedStyle(back.closest(".desk-back")).display === "none") return;
    event.preventDefault();
    delete desk.dataset.chosen;
  });
  desk.addEventListener("row:open", (event) => enter(event, () => pane()));
  desk.addEventListener("row:act", (event) => enter(event, firstAct));
  keepPicked(desk);
  if (document.activeElement === document.body) rest();
}

// Whoever comes to the desk, or has decided a case, goes on from the chosen line.
function rest() {
  const row = chosenRow();
  if (!row) return;
  row.tabIndex = -1;
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

const firstAct = () => pane().querySelector("[data-decision] input:checked") ?? pane().querySelector("[data-decision] input:not([type=hidden])")
  ?? pane().querySelector("#actions a, #actions button") ?? pane();

function enter(event, place) {
  event.preventDefault();
  const land = () => { if (isOpen()) place().focus(); };
  if (isOpen()) return land();
  pane().addEventListener("htmx:after:swap", land, { once: true });
  event.target.querySelector("a[data-opens]")?.click();
  return undefined;
}

function onKey(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (event.key === "Escape") return leave(event);
  if (isTyping(event.target)) return undefined;
  if (/^[1-9]$/.test(event.key)) return pick(Number(event.key));
  const bearer = /^[a-z]$/.test(event.key) && document.querySelector(`main [aria-keyshortcuts="${event.key}"]:not([hidden] *)`);
  if (!bearer || !(isOpen() || bearer.matches("summary"))) return undefined;
  event.preventDefault();
  if (bearer.matches("[data-items]")) return (bearer.querySelector("input:checked") ?? bearer.querySelector("input"))?.focus();
  bearer.click();
  if (bearer.matches("summary")) bearer.focus();
  return undefined;
}

function pick(digit) {
  const radio = [...document.querySelectorAll("#bodies .offers input[type=radio]")][digit - 1];
  if (!radio || !isOpen()) return;
  radio.checked = true;
  radio.focus();
  radio.dispatchEvent(new Event("change", { bubbles: true }));
}

// Out of an open form to the buttons, out of the case to its line.
function leave(event) {
  const fold = event.target.closest?.("#step")?.querySelector("[data-fold-step]");
  if (fold) fold.click();
  else if (pane()?.contains(event.target)) rest();
}

// Another item brings other units. Whoever has picked one while they were on their way keeps it.
function keepPicked(desk) {
  let picked = "", of = "";
  const open = () => desk.querySelector("#pane [data-case]")?.dataset.case;
  desk.addEventListener("change", (event) => {
    if (event.target.closest("[data-items]")) picked = "";
    else if (event.target.closest("#bodies")) [picked, of] = [event.target.value, open()];
  });
  desk.addEventListener("htmx:after:swap", () => {
    const bodies = desk.querySelector("#bodies");
    if (!picked || !bodies || open() !== of) return;
    const radio = bodies.querySelector(`input[type=radio][value="${CSS.escape(picked)}"]`);
    const other = bodies.querySelector("select");
    if (radio) radio.checked = true;
    else if (other && [...other.options].some((option) => option.value === picked)) {
      other.value = picked;
      other.dispatchEvent(new Event("input", { bubbles: true }));
    }
  });
}

const desk = document.querySelector("[data-desk]");
if (desk) runDesk(desk);
if (desk) dragToMerge(desk);
document.addEventListener("keydown", onKey);
keepPresence();
