// 核实、核查: what to look at, three answers, a note. It goes by the same outbox, with the version that was looked at.
import { el, one, tellOnce, wrong } from "./drawing.js";
import { add } from "./outbox.js";
import { lastKnown, whereNow } from "./place.js";
import { keep, kept } from "./sealing.js";
import { answersTo, moment, say } from "./words.js";

const form = () => one("form[data-check]");
let desk = null;
let writing = Promise.resolve();

export async function openCheck(held, pack, id, done) {
  const check = pack?.checks.find((one_) => String(one_.id) === id);
  if (!check) return false;
  desk = { held, pack, check, done };
  one("[data-check-title]").textContent = check.kind_words;
  one("[data-check-about]").textContent = check.title;
  one("[data-check-words]").textContent = check.words;
  one("[data-check-where]").textContent = [check.where, say("due", moment(check.due_at)), check.asked_by].filter(Boolean).join(" · ");
  const route = one("[data-check-route]");
  route.hidden = check.lon === null;
  // Whichever map the phone has; positions are within centimetres of its own.
  route.href = `geo:${check.lat},${check.lon}?q=${check.lat},${check.lon}`;
  one("[data-answers]").replaceChildren(...answersTo(check.kind).map(([value, text]) =>
    el("label", {}, el("input", { type: "radio", name: "answer", value }), text)));
  const draft = await kept(held.key, `draft:check:${id}`);
  form().elements.note.value = draft?.note ?? "";
  if (draft?.answer) form().elements.answer.value = draft.answer;
  wrong(form(), "");
  const note = one("[data-place]", form());
  note.textContent = say("placing");
  whereNow().then((spot) => { note.textContent = spot ? say("placed", spot.accuracy) : say("unplaced"); });
  return true;
}

export function listenToChecks() {
  form().addEventListener("input", () => desk && saveDraft(desk));
  form().addEventListener("submit", (event) => { event.preventDefault(); save(); });
}

const typed = () => ({ answer: form().elements.answer?.value ?? "", note: form().elements.note.value });

function saveDraft({ held, check }) {
  const now = typed();
  writing = writing.catch(() => undefined).then(() => keep(held.key, `draft:check:${check.id}`, now));
  return writing;
}

async function save() {
  if (!desk) return;
  const { held, pack, check, done } = desk;
  const { answer, note } = typed();
  if (!answer) {
    wrong(form(), say("needAnswer"));
    return;
  }
  await saveDraft(desk);
  desk = null;
  await add(held, "check", {
    key: crypto.randomUUID(), base: check.version, answer, note: note.trim(), seen_at: new Date().toISOString(), spot: lastKnown(), check,
  }, { draft: `draft:check:${check.id}` });
  pack.checks = pack.checks.filter((one_) => one_.id !== check.id);
  await keep(held.key, "pack", pack);
  tellOnce(say("kept"));
  done();
}
