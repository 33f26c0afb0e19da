// The patrol app: which screen, what the phone holds, and when to send. See the other files for each.
import { get, put } from "./base.js";
import { listenToChecks, openCheck } from "./checking.js";
import { el, one, tellOnce } from "./drawing.js";
import { fetchPack, signOff, signOn } from "./duty.js";
import { listenToForm, openForm, reopen } from "./finding.js";
import { drawHome, drawLog } from "./home.js";
import { changed, drop, leave, send, unsent, waiting } from "./outbox.js";
import { drawMerge, drawPending } from "./pending.js";
import { watch } from "./place.js";
import { holder, kept } from "./sealing.js";
import { say } from "./words.js";

const main = one("#main");
const NEXT = { least: 2000, most: 60_000 };
const now = { held: null, pack: null, met: null, state: "", left: 0, sending: 0 };
let wait = NEXT.least;
let timer = 0;

const go = (screen) => { location.hash = screen; };
const onDuty = () => Boolean(now.held) && !now.held.leaving;

async function refresh() {
  now.held = (await holder()) ?? null;
  now.left = await waiting();
  now.pack = now.held ? await kept(now.held.key, "pack") : null;
  const signal = one("[data-signal]"), away = now.state === "away" || !navigator.onLine;
  signal.textContent = say(away ? "offline" : "online");
  signal.toggleAttribute("data-off", away);
  one("[data-waiting]").textContent = now.left ? say("waiting", now.left) : say("allSent");
  main.dataset.left = now.left;
  main.dataset.state = now.state;
  main.toggleAttribute("data-pack", Boolean(now.pack));
  main.dataset.standing = now.held ? (now.held.leaving ? "leaving" : "on") : "off";
  drawHome(now);
  const [screen, id] = location.hash.slice(1).split("/");
  if (screen === "outbox") await drawPending(now.held, now.sending, mend);
  if (screen === "merge" && now.held) await drawMerge(now.held, id, () => go("outbox"));
  if (screen === "log") drawLog(now.held ? (await kept(now.held.key, "log")) ?? [] : [], now.pack?.finds ?? []);
}

async function show() {
  let [screen, id] = (location.hash.slice(1) || "home").split("/");
  const home = () => go("home");
  if (["find", "fix"].includes(screen) ? !now.held : screen === "check" && !onDuty()) {
    tellOnce(say("signOnFirst"), "amber");
    return home();
  }
  if (screen === "fix" || screen === "find") {
    await openForm(now.held, screen === "fix" ? "fixed" : "report", () => { home(); trySoon(); });
    id = screen;
    screen = "find";
  }
  if (screen === "check" && !(await openCheck(now.held, now.pack, id, () => { home(); trySoon(); }))) return home();
  for (const section of document.querySelectorAll("[data-screen]")) section.hidden = section.dataset.screen !== screen;
  for (const link of document.querySelectorAll(".patrol-foot a")) {
    if (link.hash === `#${id === "fix" ? "fix" : screen}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  main.dataset.shown = id === "fix" ? "fix" : screen;
  scrollTo(0, 0);
  return refresh();
}

async function mend(row) {
  await reopen(now.held, row);
  // Its photos stay: the form has them now.
  await drop({ ...row, body: { files: [] } });
  go(row.body.kind === "fixed" ? "fix" : "find");
}

// Sent when something was saved, when a signal comes back, when the app is looked at; and again after a while, longer
// each time, as long as something waits.
async function trySending() {
  const { state, met } = await send();
  if (state === "idle") {
    clearTimeout(timer);
    timer = setTimeout(trySending, wait);
    return;
  }
  now.state = state;
  now.met = met ?? now.met;
  if (met) {
    await put("plain", { id: "me", account: met.account, name: met.name });
    main.dataset.met = "";
  }
  if (met?.tour?.ended_by && onDuty() && met.tour.key === now.held.tour) await leave(now.held);
  if (state === "done" && onDuty()) await fetchPack(now.held);
  if (state === "out") tellOut();
  await refresh();
  // What was done while the rest was being sent has not gone yet.
  const fresh = await unsent(), late = (now.left || now.held?.leaving) && (state === "away" || state === "out");
  wait = late ? Math.min(wait * 2, NEXT.most) : NEXT.least;
  clearTimeout(timer);
  // Another's account sends nothing of this one's.
  if (state !== "other" && (late || fresh)) timer = setTimeout(trySending, wait);
}

function trySoon() {
  wait = NEXT.least;
  clearTimeout(timer);
  timer = setTimeout(trySending, 50);
}

function tellOut() {
  one("[data-told]").replaceChildren(el("p", { className: "notice notice-amber" },
    el("span", { textContent: say("signedOut") }), el("a", { className: "button", href: main.dataset.signIn, textContent: "→" })));
}

async function start() {
  if (!window.indexedDB || !crypto.subtle) return tellOnce(say("noStore"), "red");
  listenToForm();
  listenToChecks();
  one("[data-sign-on]").addEventListener("click", async ({ target }) => {
    const me = await get("plain", "me");
    if (!me) return trySending();
    target.disabled = true;
    await signOn(me);
    target.disabled = false;
    await refresh();
    return trySoon();
  });
  one("[data-sign-off]").addEventListener("click", async () => {
    if (!confirm(say("confirmOff"))) return;
    await signOff();
    await refresh();
    trySoon();
  });
  one("[data-send-now]").addEventListener("click", trySoon);
  addEventListener("hashchange", show);
  addEventListener("online", trySoon);
  addEventListener("offline", () => { now.state = "away"; refresh(); });
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && trySoon());
  changed.addEventListener("outbox", ({ detail }) => {
    if ("sending" in detail) now.sending = detail.sending;
    if ("sent" in detail) now.sending = 0;
    refresh();
    if (!Object.keys(detail).length) trySoon();
  });
  await refresh();
  if (onDuty()) watch(now.held);
  await show();
  main.dataset.ready = "";
  navigator.serviceWorker?.register(main.dataset.worker).catch(() => undefined);
  return trySending();
}

start().catch(() => tellOnce(say("noStore"), "red"));
