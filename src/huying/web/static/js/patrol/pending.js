// What has not arrived yet, each with its state; and where both sides changed the same, both beside each other, to be
// put together by the person: nothing is written over by itself.
import { button, chip, el, one, tellOnce } from "./drawing.js";
import { drop, entries, replace } from "./outbox.js";
import { moment, say, term } from "./words.js";

const STATES = { waiting: "stateWaiting", refused: "stateRefused", conflict: "stateConflict" };

export async function drawPending(held, sending, mend) {
  const rows = held ? await entries(held) : [];
  one("[data-outbox-note]").textContent = rows.length ? "" : say("allSent");
  one("[data-outbox]").replaceChildren(...rows.map((row) => line(row, sending, mend)));
}

function line(row, sending, mend) {
  const { body } = row;
  const title = row.kind === "find" ? term(body.kind) : row.kind === "check" ? body.check.kind_words : say(row.kind);
  const state = row.seq === sending ? "stateSending" : STATES[row.state];
  const buttons = [];
  if (row.state === "conflict") buttons.push(el("a", { className: "button button-first", href: `#merge/${row.seq}`, textContent: say("compare") }));
  if (row.state === "refused" && row.kind === "find") buttons.push(button(say("mend"), () => mend(row)));
  if (row.state === "refused") buttons.push(button(say("drop"), () => confirm(say("confirmDrop")) && drop(row), "button-warn"));
  return el("li", {}, el("div", { className: "stack stack-tight" },
    el("div", { className: "row" }, chip(title), chip(say(state), row.state === "waiting" ? "" : "amber"), body.files?.length ? chip(say("photos", body.files.length)) : null),
    el("strong", { textContent: body.text ?? body.check?.words ?? "" }),
    el("span", { className: "faint", textContent: moment(body.found_at ?? body.seen_at ?? body.at) }),
    row.why ? el("p", { className: "notice notice-red", textContent: row.why }) : null,
    buttons.length ? el("div", { className: "row" }, ...buttons) : null));
}

export async function drawMerge(held, seq, done) {
  const row = (await entries(held)).find((one_) => String(one_.seq) === seq && one_.state === "conflict");
  const box = one("[data-merge]");
  if (!row) return done();
  const { body } = row, { theirs, check } = body;
  const over = theirs.withdrawn;
  const sides = [
    pair(say("look"), check.words, theirs.words),
    pair(say("answer"), term(body.answer), theirs.answer ? term(theirs.answer) : say("none")),
    pair(say("note"), body.note || say("none"), theirs.note || say("none")),
    pair(say("who"), held.name, theirs.answered_by || theirs.asked_by),
  ];
  const settle = async (chosen) => {
    if (chosen) await replace(held, row, { ...body, key: crypto.randomUUID(), base: theirs.version, ...chosen, check: theirs, theirs: undefined });
    else await drop(row);
    tellOnce(say("kept"));
    done();
  };
  const mine = () => settle({ answer: body.answer, note: body.note });
  const both = () => settle({ answer: body.answer, note: [body.note, theirs.note].filter(Boolean).join("\n") });
  box.replaceChildren(
    over ? el("p", { className: "notice", textContent: say("withdrawn") }) : "", ...sides.flat(),
    el("div", { className: "stack" },
      over ? "" : button(say("useMine"), mine, "button-first patrol-wide"),
      over || !theirs.note ? "" : button(say("both"), both, "patrol-wide"),
      button(say("useTheirs"), () => settle(null), "patrol-wide")));
  return undefined;
}

function pair(name, mine, theirs) {
  const side = (whose, text) => {
    const made = el("div", {}, el("h3", { textContent: say(whose) }), el("p", { textContent: text }));
    if (mine !== theirs) made.dataset.differs = "";
    return made;
  };
  return [el("h2", { textContent: name }), el("div", { className: "patrol-sides" }, side("mine", mine), side("theirs", theirs))];
}
