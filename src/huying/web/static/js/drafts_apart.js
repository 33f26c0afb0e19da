// Drafts of the same form in several tabs stay apart: each tab writes under a name of its own. What a tab that is gone
// left behind is taken over by the next one that opens without a draft. Mark: data-autosave-apart on the form; loaded
// before desk.js, which keeps the drafts.
import { PREFIX } from "./autosave.js";

const TAB = "huying:tab";
const ALIVE = "huying:alive:";
const BEAT = 4000;
const GONE = 3 * BEAT;
const LEAVING = 30_000;
let held = "";

for (const form of document.querySelectorAll("form[data-autosave-apart]")) {
  takeOver(form.dataset.autosave);
  form.dataset.autosave = ownName(form.dataset.autosave);
}

// The name under which this tab keeps drafts of `base`.
export function ownName(base) {
  return `${base}:${own()}`;
}

// Takes over what nobody holds any more, where this tab has nothing of its own.
function takeOver(base) {
  const mine = PREFIX + ownName(base);
  if (localStorage.getItem(mine)) return;
  const left = Object.keys(localStorage).filter((key) => key.startsWith(`${PREFIX}${base}:`) && !alive(key.slice(key.lastIndexOf(":") + 1)));
  left.sort((one, other) => when(other) - when(one));
  if (!left.length) return;
  localStorage.setItem(mine, localStorage.getItem(left[0]));
  localStorage.removeItem(left[0]);
}

function own() {
  if (held) return held;
  const known = sessionStorage.getItem(TAB);
  // A tab that was duplicated brings the other's name along; one that was reloaded or restored has its own.
  const kind = performance.getEntriesByType("navigation")[0]?.type;
  held = known && (!alive(known) || kind === "reload" || kind === "back_forward") ? known : Math.random().toString(36).slice(2);
  sessionStorage.setItem(TAB, held);
  let left = 0;
  const beat = () => { if (Date.now() - left > LEAVING) localStorage.setItem(ALIVE + held, String(Date.now())); };
  const leave = () => { left = Date.now(); localStorage.removeItem(ALIVE + held); };
  beat();
  setInterval(beat, BEAT);
  // The next page of this tab may run in another process, before this one is told that it is hidden.
  addEventListener("beforeunload", leave);
  addEventListener("pagehide", leave);
  addEventListener("pageshow", () => { left = 0; beat(); });
  return held;
}

function alive(tab) {
  return Date.now() - Number(localStorage.getItem(ALIVE + tab) ?? 0) < GONE;
}

function when(key) {
  return JSON.parse(localStorage.getItem(key) ?? "null")?.at ?? 0;
}
