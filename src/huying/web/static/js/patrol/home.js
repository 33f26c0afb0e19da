// What the worker sees first: on duty or not, what waits nearby, the nearest first.
import { chip, el, one } from "./drawing.js";
import { lastKnown, metres } from "./place.js";
import { far, moment, say, term } from "./words.js";

export function drawHome({ held, pack, left, met, state }) {
  const on = Boolean(held) && !held.leaving;
  one("[data-duty]").textContent = on ? say("onDuty", moment(held.since)) : say("offDuty");
  one("[data-duty-note]").textContent = noted(held, left, met, state);
  one("[data-sign-on]").hidden = Boolean(held);
  one("[data-sign-off]").hidden = !on;
  one("[data-on-duty]").hidden = !on;
  const unread = one("[data-unread]");
  unread.hidden = !met?.unread;
  unread.textContent = met?.unread ?? "";
  drawTasks(on ? pack : null, on);
}

function noted(held, left, met, state) {
  if (state === "other") return say("other");
  if (held?.leaving) return [met?.tour?.ended_by ? say("endedBy", met.tour.ended_by) : "", say("leaving", left)].join(" ").trim();
  return state === "out" ? say("signedOut") : "";
}

function drawTasks(pack, on) {
  const list = one("[data-tasks]"), note = one("[data-pack-note]");
  if (!pack) {
    list.replaceChildren();
    note.textContent = on ? say("noPack") : say("signOnFirst");
    return;
  }
  const spot = lastKnown();
  const tasks = [...pack.checks.map(checkLine), ...pack.orders.map(orderLine)];
  for (const task of tasks) task.metres = spot && task.lon !== null ? metres(spot, task) : Infinity;
  tasks.sort((one_, other) => one_.metres - other.metres || (one_.due ?? "9").localeCompare(other.due ?? "9"));
  note.textContent = tasks.length ? say("packAt", moment(pack.at)) : say("noTasks");
  list.replaceChildren(...tasks.map(line));
}

const checkLine = (check) => ({ href: `#check/${check.id}`, kind: check.kind_words, title: check.words, where: check.where || check.title, due: check.due_at, lon: check.lon, lat: check.lat });
const orderLine = (order) => ({ href: order.href, kind: order.state, title: order.title, where: order.where, due: order.due_at, lon: order.lon, lat: order.lat });

function line(task) {
  const away = Number.isFinite(task.metres) ? chip(far(task.metres)) : null;
  const late = task.due && new Date(task.due) < new Date();
  const due = task.due ? chip(say("due", moment(task.due)), late ? "red" : "") : null;
  return el("li", {}, el("a", { href: task.href },
    chip(task.kind), el("strong", { textContent: task.title }), el("span", { className: "faint", textContent: task.where ?? "" }), away, due));
}

export function drawLog(log, finds) {
  const known = new Map(finds.map((find) => [find.number, find.state]));
  one("[data-log]").replaceChildren(...log.map((entry) => el("li", {}, el("div", { className: "stack stack-tight" },
    el("div", { className: "row" }, chip(entry.kind === "find" ? term(entry.found) : say(entry.kind === "check" ? "answer" : entry.kind)), entry.number ? el("span", { className: "number", textContent: entry.number }) : null, known.has(entry.number) ? chip(known.get(entry.number)) : null),
    entry.text ? el("strong", { textContent: entry.text }) : null,
    el("span", { className: "faint", textContent: say("arrived", moment(entry.at), moment(entry.arrived_at)) })))));
}
