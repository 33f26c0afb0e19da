// Whether a case's history holds against the published roots, reckoned here and not by the server. The forms of the
// files are described in docs/ledger.md; examples/verify_ledger.py reads the same.
import { sm3 } from "./sm3.js";

const text = new TextEncoder();

// What does not hold: which part (entry, seal, root, roots, file, format), the step's number, the day.
export class Wrong extends Error {
  constructor(part, seq = 0, day = "") {
    super(part);
    Object.assign(this, { part, seq, day });
  }
}

export async function digest(bytes, how) {
  if (how === "sm3") return sm3(bytes);
  if (how !== "sha256") throw new Wrong("format");
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

// Whether this browser can reckon at all: over an unsafe line it is not let.
export const able = () => Boolean(globalThis.crypto?.subtle);

// Every step with the day whose root proves it ("" while that is not published). Throws Wrong at the first that does not hold.
export async function verify(proof, roots) {
  const days = await daysOf(roots);
  if (proof?.format !== "huying-proof/1" || proof.district !== roots.district) throw new Wrong("format");
  const steps = [];
  for (const one of proof.cases) steps.push(...(await follow(one, days)));
  if (proof.check !== (await mark(proof, ["check"], proof.algorithm))) throw new Wrong("file");
  return steps;
}

async function daysOf(roots) {
  if (roots?.format !== "huying-roots/1") throw new Wrong("format");
  let link = null;
  for (const [at, day] of roots.days.entries()) {
    link ??= unhex(await mark(roots, ["days", "head"], day.algorithm));
    link = unhex(await mark(day, ["link"], day.algorithm, link));
    if (day.place !== at + 1 || day.link !== hex(link)) throw new Wrong("roots", at + 1, day.day);
  }
  if (roots.head !== (link ? hex(link) : "")) throw new Wrong("roots");
  return new Map(roots.days.map((day) => [day.day, day]));
}

async function follow(one, days) {
  const steps = [];
  let seal = new Uint8Array(32);
  for (const [at, entry] of one.entries.entries()) {
    const seq = at + 1;
    if (entry.check !== (await mark(entry, ["check"], entry.algorithm))) throw new Wrong("entry", seq);
    seal = await digest(joined(seal, unhex(entry.content)), entry.algorithm);
    if (entry.seq !== seq || entry.seal !== hex(seal)) throw new Wrong("seal", seq);
    steps.push({ number: one.number, seq, label: entry.label, at: entry.at, day: "" });
    const day = days.get(entry.day);
    if (!day) continue;
    if (hex(await rootFrom(seal, entry.path, day.algorithm)) !== day.root) throw new Wrong("root", seq, day.day);
    for (const step of steps) step.day ||= day.day;
  }
  return steps;
}

async function rootFrom(leaf, path, how) {
  let node = await digest(joined([0], leaf), how);
  for (const [side, other] of path) {
    node = await digest(side === "right" ? joined([1], node, unhex(other)) : joined([1], unhex(other), node), how);
  }
  return node;
}

// The first day on which an earlier file of roots says other than a later one; "" where the later only goes on.
export function differsFrom(kept, published) {
  if (kept.district !== published.district) throw new Wrong("format");
  const other = kept.days.find((day, at) => day.link !== published.days[at]?.link);
  return other ? other.day : "";
}

async function mark(record, without, how, before = new Uint8Array()) {
  const kept = Object.fromEntries(Object.entries(record).filter(([name]) => !without.includes(name)));
  return hex(await digest(joined(before, text.encode(JSON.stringify(sorted(kept)))), how));
}

function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.keys(value).sort().map((name) => [name, sorted(value[name])]));
}

function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) { whole.set(part, at); at += part.length; }
  return whole;
}

const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

function unhex(told) {
  if (typeof told !== "string" || !/^([0-9a-f]{2})*$/.test(told)) throw new Wrong("format");
  return Uint8Array.from(told.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}
