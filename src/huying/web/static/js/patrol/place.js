// Where the phone is: once for a report, and along the way while on duty. Off duty nobody asks.
import { act, some } from "./base.js";
import { open, seal } from "./sealing.js";
import { ask } from "./asking.js";

const FAR = 15;
const OFTEN = 20_000;
const BATCH = 300;
let watching = null;
let last = null;

const told = ({ coords }) => ({ lon: coords.longitude, lat: coords.latitude, accuracy: Math.round(coords.accuracy) });

export const whereNow = () => new Promise((done) => {
  if (!navigator.geolocation) return done(null);
  navigator.geolocation.getCurrentPosition(
    (found) => { last = told(found); done(last); }, () => done(null), { enableHighAccuracy: true, timeout: 8000, maximumAge: 15_000 });
  return undefined;
});

export const lastKnown = () => last;

export function watch(held) {
  if (watching !== null || !navigator.geolocation) return;
  let noted = null;
  watching = navigator.geolocation.watchPosition((found) => {
    last = told(found);
    const now = Date.now();
    if (noted && now - noted.at < OFTEN && metres(noted, last) < FAR) return;
    noted = { at: now, ...last };
    note(held, { at: new Date(now).toISOString(), ...last }).catch(() => undefined);
  }, () => undefined, { enableHighAccuracy: true });
}

export function unwatch() {
  if (watching !== null) navigator.geolocation.clearWatch(watching);
  watching = null;
}

async function note(held, step) {
  const sealed = await seal(held.key, step);
  await act(["steps"], "readwrite", (store) => store("steps").add({ tour: held.tour, ...sealed }));
}

// Steps go up in bundles, after what was found; sent twice they count once.
export async function sendSteps(held) {
  for (;;) {
    const rows = await some("steps", BATCH);
    if (!rows.length) return true;
    const steps = await Promise.all(rows.map((row) => open(held.key, row)));
    const answer = await ask(`/patrol/tours/${held.tour}/steps`, { method: "POST", json: { steps } });
    if (answer.state !== "ok" && answer.state !== "refused") return false;
    await act(["steps"], "readwrite", (store) => { for (const row of rows) store("steps").delete(row.seq); });
  }
}

export function metres(one, other) {
  const up = (other.lat - one.lat) * 111_195;
  const over = (other.lon - one.lon) * 111_195 * Math.cos((one.lat * Math.PI) / 180);
  return Math.hypot(up, over);
}
