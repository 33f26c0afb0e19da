// What was done goes out in the order in which it was done, each thing exactly once: it has a name of its own that the
// server knows again, and leaves the phone only when the server has said that it stands.
import { act, all, count, remove, wipeAll } from "./base.js";
import { ask, here } from "./asking.js";
import { forgetFiles, sendFile } from "./files.js";
import { sendSteps, unwatch } from "./place.js";
import { holder, kept, open, seal } from "./sealing.js";
import { say } from "./words.js";

const LOG = 100;
const TRIES = 3;
const FAILURES = 5;
const failed = new Map();
export const changed = new EventTarget();
const tell = (detail = {}) => changed.dispatchEvent(new CustomEvent("outbox", { detail }));

// With a draft's name the draft goes in the same stroke: it is in the form or in the outbox, never in both or none.
// Going on and off duty are one stroke too: told and the key kept; told and the tasks gone.
export async function add(held, kind, body, { draft = "", beginning = false, leaving = false } = {}) {
  const sealed = await seal(held.key, body);
  const entry = { id: body.key, kind, account: held.account, at: Date.now(), state: "waiting", why: "", ...sealed };
  await act(["outbox", "sealed", "keys"], "readwrite", (store) => {
    store("outbox").add(entry);
    if (draft) store("sealed").delete(draft);
    if (beginning) store("keys").put(held);
    if (leaving) leaveIn(store, held);
  });
  tell();
}

function leaveIn(store, held) {
  store("keys").put({ ...held, leaving: true });
  store("sealed").delete("pack");
}

// Another has ended it: tasks go from the phone, what was found is still sent.
export const leave = (held) => act(["keys", "sealed"], "readwrite", (store) => leaveIn(store, held));

export async function entries(held) {
  const rows = await all("outbox");
  return Promise.all(rows.map(async (row) => ({ ...row, body: await open(held.key, row) })));
}

export const waiting = () => count("outbox");

// Those that no person has to mend first.
export const unsent = async () => (await all("outbox")).filter((row) => row.state === "waiting").length;

export async function drop(entry) {
  await forgetFiles((entry.body.files ?? []).map((file) => file.id));
  await remove("outbox", entry.seq);
  tell();
}

// In its own place in the order, under a name of its own: what was refused is not what is sent now.
export async function replace(held, entry, body) {
  const sealed = await seal(held.key, body);
  await act(["outbox"], "readwrite", (store) => store("outbox").put({ ...stripped(entry), id: body.key, state: "waiting", why: "", ...sealed }));
  tell();
}

const stripped = ({ body, ...row }) => row;

// One tab at a time. Answers {state}: "done", "away", "out", "other", "idle".
export async function send() {
  const answer = await navigator.locks.request("huying-patrol", { ifAvailable: true }, (lock) => (lock ? work() : { state: "idle" }));
  tell({ sent: answer });
  return answer;
}

async function work() {
  const held = await holder();
  const met = await here(held?.tour);
  if (met.state !== "ok") return { state: met.state === "out" ? "out" : "away" };
  if (!held) return { state: "done", met: met.body };
  if (met.body.account !== held.account) return { state: "other" };
  for (let row = await first(); row; row = await first()) {
    tell({ sending: row.seq });
    const outcome = await sendOne(held, row);
    if (outcome !== "on") return { state: outcome, met: met.body };
    tell({ arrived: row.seq });
  }
  if (!(await sendSteps(held))) return { state: "away", met: met.body };
  return { state: (await endIfOver()) ? "ended" : "done", met: met.body };
}

const first = async () => (await all("outbox")).find((row) => row.state === "waiting");

async function sendOne(held, row) {
  const body = await open(held.key, row);
  for (let tried = 0; tried < TRIES; tried += 1) {
    for (const file of body.files ?? []) {
      const outcome = await sendFile(held, file.id);
      if (outcome === "out" || outcome === "away") return outcome;
    }
    const answer = await SENDERS[row.kind](held, { ...body, sent_at: new Date().toISOString() });
    if (answer.state === "ok") return arrived(held, row, body, answer.body);
    if (answer.state !== "refused") return broken(held, row, body, answer);
    if (answer.body.code !== "not_whole" || tried === TRIES - 1) return aside(held, row, body, answer.body);
  }
  return "on";
}

const post = (path, json) => ask(path, { method: "POST", json });
const SENDERS = {
  on: (held, body) => post("/patrol/tours", { ...body, key: held.tour }),
  off: (held, body) => post(`/patrol/tours/${held.tour}/end`, body),
  find: (held, body) => post("/patrol/finds", body),
  check: (held, body) => post(`/patrol/checks/${body.check.id}`, body),
};

async function arrived(held, row, body, answer) {
  const log = (await kept(held.key, "log")) ?? [];
  const line = { kind: row.kind, found: body.kind ?? "", at: body.found_at ?? body.seen_at ?? body.at, text: body.text ?? body.check?.title ?? "", number: answer.number ?? "", arrived_at: answer.arrived_at ?? new Date().toISOString(), photos: body.files?.length ?? 0 };
  const sealed = await seal(held.key, [line, ...log].slice(0, LOG));
  await act(["outbox", "files", "sealed"], "readwrite", (store) => {
    store("outbox").delete(row.seq);
    for (const file of body.files ?? []) store("files").delete(file.id);
    store("sealed").put({ id: "log", ...sealed });
  });
  return "on";
}

// What the server breaks on again and again, while it answers all else, must not hold up what was done after it.
function broken(held, row, body, answer) {
  const times = answer.status >= 500 ? (failed.get(row.id) ?? 0) + 1 : 0;
  failed.set(row.id, times);
  return times < FAILURES ? answer.state : aside(held, row, body, { message: say("serverFails") });
}

// Set aside for the person to mend; what was done after it goes on.
async function aside(held, row, body, told) {
  const theirs = told.theirs;
  const why = [...new Set([...Object.values(told.fields ?? {}), told.message ?? ""])].filter(Boolean)[0] ?? "";
  const sealed = await seal(held.key, theirs ? { ...body, theirs } : body);
  await act(["outbox"], "readwrite", (store) => store("outbox").put({ ...row, state: theirs ? "conflict" : "refused", why, ...sealed }));
  return "on";
}

// Off duty and all sent: the key goes, and with it all that was kept.
async function endIfOver() {
  const held = await holder();
  if (!held?.leaving || (await count("outbox")) || (await count("steps"))) return false;
  unwatch();
  await wipeAll();
  return true;
}
