// What lies on the phone is sealed. The key is made when its owner goes on duty, cannot be taken out of the browser,
// and is thrown away when they go off duty and all has been sent: what was left on the phone cannot be read then.
import { get, put } from "./base.js";

const KIND = "AES-GCM";

// Kept by whoever notes the beginning, in the same stroke (outbox.js).
export async function begin(owner) {
  const key = await crypto.subtle.generateKey({ name: KIND, length: 256 }, false, ["encrypt", "decrypt"]);
  return { id: "duty", key, leaving: false, ...owner };
}

export const holder = () => get("keys", "duty");

export async function sealBytes(key, bytes) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv, data: await crypto.subtle.encrypt({ name: KIND, iv }, key, bytes) };
}

export const openBytes = (key, { iv, data }) => crypto.subtle.decrypt({ name: KIND, iv }, key, data);

export const seal = (key, thing) => sealBytes(key, new TextEncoder().encode(JSON.stringify(thing)));

export const open = async (key, sealed) => JSON.parse(new TextDecoder().decode(await openBytes(key, sealed)));

export async function keep(key, id, thing) {
  await put("sealed", { id, ...(await seal(key, thing)) });
}

export async function kept(key, id) {
  const found = await get("sealed", id);
  return found ? open(key, found).catch(() => null) : null;
}
