// Photos and recordings: made small, bound by a digest to when and where they were taken, sealed, and sent in parts.
import { act, get, put, remove } from "./base.js";
import { ask } from "./asking.js";
import { lastKnown } from "./place.js";
import { openBytes, sealBytes } from "./sealing.js";
import { shrink } from "../photos.js";

const LEAST = 64 * 1024;
const MOST = 1024 * 1024;
let part = LEAST;

export async function takeFile(held, draft, kind, file) {
  const small = kind === "voice" ? file : await shrink(file);
  const bytes = await small.arrayBuffer();
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  const told = {
    id: crypto.randomUUID(), kind, sha256: [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join(""),
    taken_at: new Date().toISOString(), spot: lastKnown(),
  };
  await put("files", { id: told.id, draft, type: small.type, ...(await sealBytes(held.key, bytes)) });
  return told;
}

export async function shownFile(held, id) {
  const found = await get("files", id);
  return found ? URL.createObjectURL(new Blob([await openBytes(held.key, found)], { type: found.type })) : "";
}

export const dropFile = (id) => remove("files", id);

// Begins where the server says it stopped, whoever was killed meanwhile. A way that is good gets larger parts.
export async function sendFile(held, id) {
  const found = await get("files", id);
  if (!found) return "lost";
  const bytes = new Uint8Array(await openBytes(held.key, found));
  const asked = await ask(`/patrol/files/${id}`);
  if (asked.state !== "ok") return asked.state;
  let from = asked.body.bytes;
  while (from < bytes.length) {
    const answer = await ask(`/patrol/files/${id}?from=${from}`, { method: "PUT", bytes: bytes.subarray(from, from + part) });
    if (answer.state === "ok") part = Math.min(MOST, part * 2);
    else if (answer.status !== 409) {
      part = Math.max(LEAST, part / 2);
      return answer.state;
    }
    from = answer.body.bytes;
  }
  return "ok";
}

export const forgetFiles = (ids) => act(["files"], "readwrite", (store) => { for (const id of ids) store("files").delete(id); });
