// 上岗、下岗. Going on duty makes the key; going off takes the tasks from the phone at once, and all else once it is sent.
import { act } from "./base.js";
import { ask } from "./asking.js";
import { add } from "./outbox.js";
import { unwatch, watch, whereNow } from "./place.js";
import { begin, holder, seal } from "./sealing.js";

export async function signOn(me) {
  const tour = crypto.randomUUID();
  // Asked so that the browser does not clear it away when the phone is full.
  await navigator.storage?.persist?.().catch(() => undefined);
  const at = new Date().toISOString();
  const held = await begin({ account: me.account, name: me.name, tour, since: at });
  await add(held, "on", { key: tour, at, spot: await whereNow() }, { beginning: true });
  watch(held);
  return held;
}

export async function signOff() {
  const held = await holder();
  const at = new Date().toISOString();
  unwatch();
  await add(held, "off", { key: held.tour, at, spot: await whereNow() }, { leaving: true });
}

export async function fetchPack(held) {
  const answer = await ask("/patrol/pack");
  if (answer.state !== "ok") return null;
  const { items, ...pack } = answer.body;
  const sealed = await seal(held.key, pack);
  // Whoever went off duty meanwhile is brought nothing any more.
  await act(["plain", "sealed", "keys"], "readwrite", (store) => {
    // The list of items speaks of nobody, and is wanted before the next signal.
    store("plain").put({ id: "items", items, mayFix: pack.may_fix });
    store("keys").get("duty").onsuccess = ({ target: { result } }) => {
      if (result && !result.leaving && result.tour === held.tour) store("sealed").put({ id: "pack", ...sealed });
    };
  });
  return pack;
}
