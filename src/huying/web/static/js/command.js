// The command screen: events move the log and the points, and the figures are asked for again. Nothing moves unless it changed.
import { listen } from "./live.js";
import { keepPoints } from "./wallmap.js";

const MOST_LINES = 60;
// A thousand screens hear of the same case: spread over some seconds they ask one after the other.
const SOON = 700, SPREAD = 2500, AT_LEAST_EVERY = 60000, POINTS_EVERY = 300000;

const head = document.querySelector("[data-live]");
const said = document.querySelector("[data-live-said]");
const log = document.querySelector("[data-happenings]");
const asOf = said.textContent;
let asked = 0, asking = false, again = false, heard = head.dataset.at, state = "";

// As the clock in the head goes: in the zone of the district, wherever the screen hangs.
const timeZone = document.querySelector("time[data-clock]")?.dataset.clock || undefined;
const clock = () => new Date().toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", second: "2-digit", timeZone });

// While the stream is away the wall says so, and since when it is: what hangs there must not be taken for the present.
function speak(next) {
  if (next === "on") heard = clock();
  if (next === state) return;
  state = next;
  said.textContent = state === "on" ? said.dataset.on : `${said.dataset.stale} ${heard} · ${said.dataset[state] ?? asOf}`;
  head.dataset.state = state;
}

async function refresh() {
  clearTimeout(asked);
  asked = 0;
  if (asking) { again = true; return; }
  asking = true;
  try {
    const answer = await fetch(head.dataset.now, { cache: "no-store", redirect: "manual", signal: AbortSignal.timeout(20000) });
    if (answer.type === "opaqueredirect" || answer.status === 403) speak("out");
    else if (answer.ok) put(new DOMParser().parseFromString(await answer.text(), "text/html"));
  } catch {
    speak("off");
  } finally {
    asking = false;
    later(again ? SOON : AT_LEAST_EVERY);
    again = false;
  }
}

function later(wait) {
  clearTimeout(asked);
  asked = setTimeout(refresh, wait + Math.random() * SPREAD);
}

let due = false;
function soon() {
  if (due) return;
  due = true;
  setTimeout(() => { due = false; refresh(); }, SOON + Math.random() * SPREAD);
}

function put(fresh) {
  for (const part of document.querySelectorAll("[data-part]")) {
    const next = fresh.querySelector(`[data-part="${part.dataset.part}"]`);
    if (!next || next.innerHTML === part.innerHTML) continue;
    const before = new Map([...part.querySelectorAll("[data-figure]")].map((one) => [one.dataset.figure, one.textContent]));
    const held = part.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
    part.replaceChildren(...next.childNodes);
    for (const one of part.querySelectorAll("[data-figure]")) {
      if (before.get(one.dataset.figure) !== one.textContent) one.classList.add("changed");
    }
    if (held) [...part.querySelectorAll("a")].find((one) => one.getAttribute("href") === held)?.focus({ preventScroll: true });
  }
}

function note(told) {
  const line = document.createElement("li");
  line.className = "changed";
  line.dataset.case = told.case;
  const time = document.createElement("time");
  time.dateTime = told.at;
  time.textContent = new Date(told.at).toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", timeZone });
  const words = document.createElement("span");
  const what = document.createElement("strong");
  what.textContent = told.said;
  const link = document.createElement("a");
  link.href = `/case/${told.case}`;
  link.textContent = told.matter || log.dataset.nothing;
  words.append(what, " ", link);
  if (told.where) {
    const where = document.createElement("span");
    where.className = "faint";
    where.textContent = told.where;
    words.append(" ", where);
  }
  line.append(time, words);
  log.prepend(line);
  while (log.children.length > MOST_LINES) log.lastElementChild.remove();
  document.querySelector("[data-quiet]").hidden = true;
}

const points = keepPoints();
listen(head.dataset.live, head.dataset.since, {
  case(told) { note(told); points.take(told); soon(); },
  // What was missed is in no event: the page itself knows how things stand. Not all screens at once.
  reset() { setTimeout(() => location.reload(), Math.random() * SPREAD); },
  said: speak,
});
// An emergency waits for nothing: each change of a card is asked for at once.
const alarms = document.querySelector("[data-emergencies]")?.dataset.emergencies;
let alarmed = null, tries = 0;
function hearAlarms() {
  alarmed?.close();
  alarmed = new EventSource(alarms);
  alarmed.addEventListener("hello", () => { tries = 0; });
  alarmed.addEventListener("emergency", refresh);
  alarmed.addEventListener("error", () => {
    if (alarmed.readyState === EventSource.CLOSED) setTimeout(() => { if (!document.hidden) hearAlarms(); }, Math.min(30000, 1000 * 2 ** (tries += 1)));
  });
}
if (alarms) {
  hearAlarms();
  document.addEventListener("visibilitychange", () => { if (document.hidden) alarmed.close(); else { hearAlarms(); refresh(); } });
  addEventListener("pagehide", () => alarmed.close());
}
later(AT_LEAST_EVERY);
setInterval(() => { if (!document.hidden) points.load(); }, POINTS_EVERY);
head.querySelector("[data-again]").addEventListener("click", (event) => { event.preventDefault(); refresh(); points.load(); });
