// 上岗、下岗. Going on duty makes the key; going off takes the tasks from the phone at once, and all else once it is sent.
import { act, put, remove } from "./base.js";
import { ask } from "./asking.js";
import { add } from "./outbox.js";
import { unwatch, watch, whereNow } from "./place.js";
import { begin, holder, keep } from "./sealing.js";

export async function signOn(me) {
  const tour = crypto.randomUUID();
  // Asked so that the browser does not clear it away when the phone is full.
  await navigator.storage?.persist?.().catch(() => undefined);
  const at = new Date().toISOString();
  const held = await begin({ account: me.account, name: me.name, tour, since: at });
  await add(held, "on", { key: tour, at, spot: await whereNow() });
  watch(held);
  return held;
}

export async function signOff() {
  const held = await holder();
  const at = new Date().toISOString();
  unwatch();
  await add(held, "off", { key: held.tour, at, spot: await whereNow() });
  await leave(held);
}

// Another has ended it: tasks go from the phone, what was found is still sent.
export async function leave(held) {
  await put("keys", { ...held, leaving: true });
  await remove("sealed", "pack");
}

export async function fetchPack(held) {
  const answer = await ask("/patrol/pack");
  if (answer.state !== "ok") return null;
  const { items, ...pack } = answer.body;
  // The list of items speaks of nobody, and is wanted before the next signal.
  await act(["plain"], "readwrite", (store) => store("plain").put({ id: "items", items, mayFix: pack.may_fix }));
  await keep(held.key, "pack", pack);
  return pack;
}
