// Says to the other desks which case is open here, for as long as somebody looks at it.
// Marks: [data-presence="address"] with a token inside and a [data-presence-said]; [data-take] in what is answered.
import { sayLost } from "./line_lost.js";

const BEAT = 20_000;
const IDLE = 5 * 60_000;
const ACTS = ["pointerdown", "keydown", "wheel"];

let lastAct = Date.now();
let shown = "";

function said(place, more) {
  const token = place.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
  return new URLSearchParams({ csrfmiddlewaretoken: token, ...more });
}

async function beat(place, more = {}) {
  try {
    const answer = await fetch(place.dataset.presence, { method: "POST", body: said(place, more) });
    const line = place.querySelector("[data-presence-said]");
    if (!answer.ok || answer.redirected || !line) return;
    const words = await answer.text();
    // Only when something changed: a reader of screens would be told the same every twenty seconds.
    if (shown !== place.dataset.presence + words) line.innerHTML = words;
    shown = place.dataset.presence + words;
  } catch {
    // The line is down; the next beat tries again. Whoever pressed a button is told.
    if (more.take) sayLost(place, "lostPart");
  }
}

const open = () => document.querySelector("[data-presence]");

function beatWhileLooked() {
  const place = open();
  if (place && document.visibilityState === "visible" && Date.now() - lastAct < IDLE) beat(place);
}

export function keepPresence() {
  for (const act of ACTS) document.addEventListener(act, () => { lastAct = Date.now(); }, { passive: true, capture: true });
  document.addEventListener("htmx:after:process", (event) => {
    if (event.target instanceof Element && event.target.querySelector("[data-presence]")) beatWhileLooked();
  });
  document.addEventListener("click", (event) => {
    const place = event.target.closest("[data-take]")?.closest("[data-presence]");
    if (place) beat(place, { take: "1" });
  });
  addEventListener("pagehide", () => {
    const place = open();
    if (place) navigator.sendBeacon(place.dataset.presence, said(place, { leave: "1" }));
  });
  setInterval(beatWhileLooked, BEAT);
  beatWhileLooked();
}
