// 发现上报 and 随手处置: one form. What is typed and photographed is on the phone at once, sealed; saving moves it to the
// outbox in one stroke. The moment it was found is that of the first photo, else of saving.
import { button, el, one, tellOnce, wrong } from "./drawing.js";
import { get } from "./base.js";
import { dropFile, shownFile, takeFile } from "./files.js";
import { add } from "./outbox.js";
import { lastKnown, whereNow } from "./place.js";
import { keep, kept } from "./sealing.js";
import { say, term } from "./words.js";
import { offerRecording } from "./voice.js";

const form = () => one("form[data-find]");
// A form has a method called "item": the field is called otherwise.
const FIELDS = ["text", "done", "matter", "place"];
const PHOTOS = { scene: 6, before: 3, after: 3, voice: 1 };
let desk = null;
let writing = Promise.resolve();

export async function openForm(held, kind, done) {
  const id = `draft:${kind}`;
  const draft = (await kept(held.key, id)) ?? { kind, files: [] };
  const list = await get("plain", "items");
  desk = { held, id, draft, items: list?.items ?? [], done, taking: Promise.resolve() };
  for (const name of FIELDS) form().elements[name].value = draft[name] ?? "";
  wrong(form(), "");
  drawKind(kind);
  await drawFiles();
  findPlace();
}

function drawKind(kind) {
  const title = one("[data-find-title]"), fixed = kind === "fixed";
  title.textContent = title.dataset[kind];
  one('[data-shots="scene"]').hidden = fixed;
  for (const shots of ["before", "after"]) one(`[data-shots="${shots}"]`).hidden = !fixed;
  one("[data-only-fixed]").hidden = !fixed;
  one("[data-only-report]").hidden = fixed;
  if (one("#patrol-items").children.length !== desk.items.length) {
    one("#patrol-items").replaceChildren(...desk.items.map(([, group, name]) => el("option", { value: name, label: group })));
  }
}

export function listenToForm() {
  form().addEventListener("input", () => desk && saveDraft().catch(() => wrong(form(), say("full"))));
  form().addEventListener("submit", (event) => { event.preventDefault(); save(); });
  for (const input of form().querySelectorAll("[data-take]")) {
    input.addEventListener("change", () => { const files = [...input.files]; input.value = ""; take(input.dataset.take, files); });
  }
  one("[data-place-again]").addEventListener("click", findPlace);
  offerRecording(one("[data-record]"), (blob) => take("voice", [blob]));
}

async function findPlace(event) {
  const at = desk, note = one("[data-place]", form());
  note.textContent = say("placing");
  const spot = await whereNow();
  if (event && spot) at.draft.spot = spot;
  note.textContent = spot ? say("placed", spot.accuracy) : say("unplaced");
}

// One after the other: what was typed first must not be written last.
function saveDraft(at = desk) {
  for (const name of FIELDS) at.draft[name] = form().elements[name].value;
  form().dataset.saving = "";
  const mine = writing.catch(() => undefined).then(() => keep(at.held.key, at.id, at.draft));
  writing = mine;
  mine.finally(() => { if (writing === mine) delete form().dataset.saving; }).catch(() => undefined);
  return mine;
}

// One after the other: two that are chosen at once keep their order, and saving waits for all.
function take(kind, files) {
  const at = desk;
  desk.taking = desk.taking.then(async () => {
    for (const file of files) {
      if (at.draft.files.filter((one_) => one_.kind === kind).length >= PHOTOS[kind]) break;
      try {
        at.draft.files.push(await takeFile(at.held, at.id, kind, file));
        await saveDraft();
      } catch {
        wrong(form(), say("full"));
      }
    }
    await drawFiles();
  });
  return desk.taking;
}

async function drawFiles() {
  for (const kind of Object.keys(PHOTOS)) {
    const files = desk.draft.files.filter((file) => file.kind === kind);
    one(`[data-photos="${kind}"]`, form()).replaceChildren(...(await Promise.all(files.map(frame))));
  }
}

async function frame(file) {
  const src = await shownFile(desk.held, file.id);
  const shown = file.kind === "voice" ? el("audio", { src, controls: true }) : el("img", { src, alt: term(file.kind) });
  return el("figure", { data: { file: file.id } }, shown, button(say("remove"), () => takeAway(file), "button-quiet"));
}

async function takeAway(file) {
  desk.draft.files = desk.draft.files.filter((other) => other.id !== file.id);
  await saveDraft();
  await dropFile(file.id);
  await drawFiles();
}

function missing(draft, code) {
  const have = (kind) => draft.files.some((file) => file.kind === kind);
  if (draft.kind === "fixed" && !have("before")) return "needBefore";
  if (draft.text.trim().length < 2) return "needText";
  if (draft.matter.trim() && !code) return "needItem";
  if (draft.kind !== "fixed") return "";
  if (!have("after")) return "needAfter";
  if (draft.done.trim().length < 2) return "needDone";
  return code ? "" : "needItem";
}

async function save() {
  const at = desk;
  if (!at) return;
  await at.taking;
  await saveDraft(at);
  const { draft, held } = at;
  const code = at.items.find(([, , name]) => name === draft.matter.trim())?.[0] ?? "";
  const lack = missing(draft, code);
  wrong(form(), lack ? say(lack) : "");
  if (lack) return;
  const first = draft.files.find((file) => file.kind !== "voice");
  desk = null;
  await add(held, "find", {
    key: crypto.randomUUID(), tour: held.tour, kind: draft.kind, text: draft.text.trim(), done: draft.kind === "fixed" ? draft.done.trim() : "",
    item: code, place_text: draft.place.trim(), found_at: draft.found_at ?? first?.taken_at ?? new Date().toISOString(), spot: draft.spot ?? first?.spot ?? lastKnown(), files: draft.files,
  }, { draft: at.id });
  tellOnce(say("kept"));
  at.done();
}

// What was refused goes back into the form, with its own time and place, and leaves the outbox.
export async function reopen(held, { body }) {
  const list = await get("plain", "items");
  const matter = list?.items.find(([code]) => code === body.item)?.[2] ?? "";
  await keep(held.key, `draft:${body.kind}`, {
    kind: body.kind, text: body.text, done: body.done, matter, place: body.place_text, found_at: body.found_at, spot: body.spot, files: body.files });
}
