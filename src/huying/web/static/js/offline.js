// Without a signal: a page that opens all the same, and what becomes of the reports that wait on this phone.
import { forget } from "./autosave.js";
import { put } from "./keeping.js";
import { forgetPhotos } from "./uploads.js";

// Without it a browser sends nothing while the page is closed: then the page says that it has to be opened again.
const byHand = !("SyncManager" in window);
const KEY = "huying:report-key";

// Every form kept in the shell is the same page: each gets a key of its own, before photos are sent under it.
export function renewOffline(root) {
  const form = root.querySelector("form[data-offline]");
  if (!form) return;
  const waiting = root.querySelector("[data-no-signal]");
  if (byHand) waiting.querySelector("[data-when]").textContent = waiting.dataset.byHand;
  form.elements.key.value = crypto.randomUUID();
  if (!new URLSearchParams(location.search).has("kept")) return;
  forget("report");
  forgetPhotos();
  const kept = root.querySelector("[data-kept]");
  kept.hidden = false;
  if (byHand) kept.querySelector("span").textContent = kept.dataset.byHand;
  root.querySelector("[data-no-signal]").hidden = true;
  history.replaceState(null, "", location.pathname);
}

export async function keepOffline(root) {
  const box = root.querySelector("[data-outbox]");
  if (!box || !navigator.serviceWorker) return;
  navigator.serviceWorker.addEventListener("message", ({ data }) => { if (data.outbox) show(box, data.outbox); });
  // What the page itself needs comes first.
  if (document.readyState !== "complete") await new Promise((done) => addEventListener("load", done, { once: true }));
  const ready = await navigator.serviceWorker.register(box.dataset.outbox).then(() => navigator.serviceWorker.ready).catch(() => null);
  const send = () => ready?.active.postMessage({ say: "send" });
  addEventListener("online", send);
  send();
}

function show(box, outbox) {
  box.replaceChildren(...outbox.map((one) => line(box, one)));
}

function line(box, one) {
  const words = box.dataset;
  const notice = Object.assign(document.createElement("p"), { className: `notice ${one.receipt ? "notice-green" : ""}` });
  const text = document.createElement("span");
  notice.append(text);
  if (one.receipt) {
    text.textContent = `${words.sent} ${one.receipt.replace(/(\d{4})(?=\d)/g, "$1-")} `;
    notice.append(Object.assign(document.createElement("a"), { href: one.address, textContent: words.see, onclick: () => say("forget", one.id) }));
  } else if (one.refused) {
    text.textContent = `${words.refused}${one.refused} `;
    notice.append(Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: words.mend, onclick: () => mend(one) }));
  } else text.textContent = byHand ? words.waitingByHand : words.waiting;
  return notice;
}

const say = (word, id) => navigator.serviceWorker.controller?.postMessage({ say: word, id });

// A report that was refused goes back into the form whole, its photos too.
async function mend(one) {
  const found = {};
  const key = one.fields.find(([name]) => name === "key")[1];
  for (const [name, value] of one.fields) {
    if (value instanceof Blob) await put("photos", { id: `${key}:${Math.random()}`, key, blob: value });
    else if (["text", "place"].includes(name)) found[name] = value;
  }
  localStorage.setItem("huying:draft:report", JSON.stringify({ at: Date.now(), found }));
  localStorage.setItem(KEY, JSON.stringify({ key, at: Date.now() }));
  say("forget", one.id);
  location.assign(new URL("report", location.origin));
}
