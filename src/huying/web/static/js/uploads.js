// Photos go up one by one while the rest is still being written. What has not arrived is kept in the browser and
// tried again, after a break and after the page was closed; what has not arrived when the form is sent goes with it.
// A form of several boxes says data-uploads-store (where the browser notes it) and data-uploads-name (of the fields).
import { shrink } from "./photos.js";
import { all, put, remove } from "./keeping.js";
import { within } from "./within.js";

const KEY = "huying:report-key";
const DAY = 24 * 3600 * 1000;
const LONGEST = 60_000;

export async function sendPhotosEarly(root) {
  for (const box of within(root, "form [data-uploads]")) if (!("ready" in box.dataset)) await open(box);
}

async function open(box) {
  box.dataset.ready = "";
  const form = box.closest("form");
  const input = box.querySelector("input[type=file]");
  const store = box.dataset.uploadsStore ?? KEY;
  const name = box.dataset.uploadsName ?? "waiting";
  const desk = { box, form, input, store, name, limit: Number(input.dataset.photos) || 6, left: new Map(), busy: false };
  input.addEventListener("change", () => take(desk));
  box.addEventListener("click", (event) => { if (event.target.closest("[data-drop]")) drop(desk, event.target.closest("figure")); });
  addEventListener("online", () => work(desk));
  const pick = box.querySelector("[data-pick-photos]");
  pick.hidden = false;
  box.dataset.early = "";
  pick.addEventListener("click", () => input.click());
  for (const figure of box.querySelectorAll("figure")) addDrop(desk, figure);
  await resume(desk).catch(() => undefined);
}

export function forgetPhotos(store = KEY) {
  localStorage.removeItem(store);
  all("photos").then((kept) => kept.filter((one) => (one.store ?? KEY) === store).forEach((one) => remove("photos", one.id))).catch(() => undefined);
}

const address = (desk, name = "") => desk.box.dataset.uploads.replace(/[0-9a-f-]{36}/, desk.form.elements.key.value) + (name && `/${name}`);
const token = (desk) => desk.form.elements.csrfmiddlewaretoken.value;

// A page that was closed half-way goes on under the key that its photos were sent with.
async function resume(desk) {
  const stored = JSON.parse(localStorage.getItem(desk.store) ?? "null");
  if (!stored || Date.now() - stored.at > DAY) return forgetPhotos(desk.store);
  const own = desk.form.elements.key.value;
  if (desk.form.dataset.fresh === "no" && own !== stored.key) return undefined;
  const unsent = (await all("photos")).filter((one) => one.key === stored.key && (one.store ?? KEY) === desk.store);
  desk.form.elements.key.value = stored.key;
  const answer = await fetch(address(desk)).catch(() => null);
  const arrived = answer?.ok ? (await answer.json()).photos : [];
  if (!arrived.length && !unsent.length) {
    desk.form.elements.key.value = own;
    return localStorage.removeItem(desk.store);
  }
  for (const photo of arrived) if (!desk.box.querySelector(`[data-name="${photo.name}"]`)) settle(desk, frame(desk, photo.src), photo);
  for (const one of unsent) line(desk, new File([one.blob], "photo.jpg", { type: one.blob.type }), one.id);
  return work(desk);
}

async function take(desk) {
  const room = Math.max(0, desk.limit - desk.box.querySelectorAll("figure").length);
  const chosen = [...desk.input.files].filter((file) => ![...desk.left.values()].includes(file));
  const files = chosen.slice(0, room);
  note(desk, chosen.length > room ? desk.box.dataset.wordsFull : "");
  desk.input.setAttribute("aria-busy", "true");
  localStorage.setItem(desk.store, JSON.stringify({ key: desk.form.elements.key.value, at: Date.now() }));
  for (const file of files) {
    const small = await shrink(file);
    const id = `${desk.form.elements.key.value}:${Date.now()}:${Math.random()}`;
    await put("photos", { id, key: desk.form.elements.key.value, store: desk.store, blob: small }).catch(() => undefined);
    line(desk, small, id);
  }
  desk.input.removeAttribute("aria-busy");
  basket(desk);
  work(desk);
}

function line(desk, file, id) {
  const figure = frame(desk, URL.createObjectURL(file));
  figure.dataset.id = id;
  desk.left.set(figure, file);
  basket(desk);
}

// The file field holds exactly what has not arrived, so that the form by itself is always whole.
function basket(desk) {
  const files = new DataTransfer();
  for (const file of desk.left.values()) files.items.add(file);
  desk.input.files = files.files;
}

async function work(desk) {
  if (desk.busy) return;
  desk.busy = true;
  let wait = 1000;
  while (desk.left.size) {
    const [figure, file] = desk.left.entries().next().value;
    say(desk, figure, desk.box.dataset.wordsSending);
    const done = await send(desk, file);
    if (!figure.isConnected) {
      if (done?.name) undo(desk, done.name);
    } else if (done?.name) settle(desk, figure, done);
    else if (done?.message) refuse(desk, figure, done.message);
    else {
      say(desk, figure, desk.box.dataset.wordsLater);
      await new Promise((go) => { setTimeout(go, wait); addEventListener("online", go, { once: true }); });
      wait = Math.min(wait * 2, LONGEST);
      continue;
    }
    wait = 1000;
  }
  desk.busy = false;
}

async function send(desk, file) {
  const given = new FormData();
  given.set("photo", file, file.name);
  given.set("csrfmiddlewaretoken", token(desk));
  try {
    const answer = await fetch(address(desk), { method: "POST", body: given });
    return [201, 400, 429].includes(answer.status) ? await answer.json() : null;
  } catch {
    return null;
  }
}

function settle(desk, figure, photo) {
  figure.dataset.name = photo.name;
  const field = Object.assign(document.createElement("input"), { type: "hidden", name: desk.name, value: photo.name });
  figure.append(field);
  figure.querySelector("img").src = photo.src;
  leave(desk, figure);
  say(desk, figure, desk.box.dataset.wordsKept);
}

function refuse(desk, figure, message) {
  leave(desk, figure);
  figure.remove();
  note(desk, message);
}

function note(desk, words) {
  desk.box.querySelector("[data-photo-note]").textContent = words;
}

function leave(desk, figure) {
  desk.left.delete(figure);
  basket(desk);
  if (figure.dataset.id) remove("photos", figure.dataset.id).catch(() => undefined);
}

function drop(desk, figure) {
  leave(desk, figure);
  figure.remove();
  if (figure.dataset.name) undo(desk, figure.dataset.name);
  desk.box.querySelector("[data-pick-photos]").focus();
}

const undo = (desk, name) =>
  fetch(address(desk, name), { method: "DELETE", headers: { "X-CSRFToken": token(desk) } }).catch(() => undefined);

function frame(desk, src) {
  const row = desk.box.querySelector("[data-photo-row]");
  const figure = document.createElement("figure");
  const image = Object.assign(document.createElement("img"), { src, alt: `${desk.box.dataset.wordsPhoto} ${row.children.length + 1}` });
  figure.append(image, document.createElement("figcaption"));
  row.append(figure);
  addDrop(desk, figure);
  return figure;
}

function addDrop(desk, figure) {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "button button-quiet", textContent: desk.box.dataset.wordsDrop });
  button.dataset.drop = "";
  figure.append(button);
}

function say(desk, figure, words) {
  figure.querySelector("figcaption").textContent = words;
}
