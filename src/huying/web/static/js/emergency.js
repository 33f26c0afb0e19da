// The pages of an emergency: a card that follows by itself, a position before an alarm goes off, voice messages.
import { forget } from "./autosave.js";
import { offerLocation, putPlace } from "./locate.js";
import { mapOf } from "./map.js";

const AT_LEAST_EVERY = 10000, LONGEST_WAIT = 15000, FOR_POSITION = 3000, LONGEST_VOICE = 120000;

for (const card of document.querySelectorAll("[data-emergency]")) follow(card);
for (const form of document.querySelectorAll("form[data-alarm-here]")) placeFirst(form);
for (const box of document.querySelectorAll("[data-record]")) offerRecording(box);
offerLocation(document);
// A review that was kept is a draft no more.
if (document.querySelector(".notice-green")) for (const form of document.querySelectorAll("[data-autosave^='review:']")) forget(form.dataset.autosave);

// Whatever the stream tells, the page asks for the parts that change; without the stream it asks every ten seconds.
function follow(card) {
  let source = null, failures = 0, asking = false, again = false, timer = 0;

  async function refresh() {
    clearTimeout(timer);
    if (asking) { again = true; return; }
    asking = true;
    try {
      const answer = await fetch(card.dataset.now, { cache: "no-store", redirect: "manual", signal: AbortSignal.timeout(15000) });
      if (answer.ok) put(new DOMParser().parseFromString(await answer.text(), "text/html"));
      await movePoints();
    } catch { /* Asked again in its time. */ } finally {
      asking = false;
      timer = setTimeout(refresh, again ? 200 : AT_LEAST_EVERY);
      again = false;
    }
  }

  function put(fresh) {
    for (const part of card.querySelectorAll("[data-part]")) {
      const next = fresh.querySelector(`[data-part="${part.dataset.part}"]`);
      if (!next || bare(next) === bare(part)) continue;
      // A number that was just opened, a sound that plays: not taken out of somebody's hands.
      if ([...part.querySelectorAll("audio")].some((one) => !one.paused)) continue;
      const held = part.contains(document.activeElement) ? [...part.querySelectorAll("button, a")].indexOf(document.activeElement) : -1;
      part.replaceChildren(...next.childNodes);
      if (held >= 0) part.querySelectorAll("button, a")[held]?.focus({ preventScroll: true });
    }
  }

  // The token of a form is another one each time: what it says is not.
  const bare = (part) => part.innerHTML.replace(/name="csrfmiddlewaretoken" value="[^"]*"/g, "");

  async function movePoints() {
    const map = mapOf("card-map");
    if (!map?.getSource?.("points")) return;
    const answer = await fetch(card.dataset.points, { cache: "no-store" }).catch(() => null);
    if (!answer?.ok) return;
    const { points } = await answer.json();
    map.getSource("points").setData({ type: "FeatureCollection", features: points.map((point, index) => ({
      type: "Feature", id: index, properties: { label: point.label, tone: point.tone, mark: "", index },
      geometry: { type: "Point", coordinates: [point.lon, point.lat] } })) });
  }

  function open() {
    source?.close();
    source = new EventSource(card.dataset.emergency);
    source.addEventListener("hello", () => { failures = 0; refresh(); });
    source.addEventListener("emergency", refresh);
    source.addEventListener("error", () => {
      if (source.readyState !== EventSource.CLOSED) return;
      failures += 1;
      setTimeout(() => { if (!document.hidden) open(); }, Math.min(LONGEST_WAIT, 500 * 2 ** failures));
    });
  }

  document.addEventListener("visibilitychange", () => { if (document.hidden) { source?.close(); clearTimeout(timer); } else open(); });
  addEventListener("pagehide", () => source?.close());
  if (!document.hidden) open();
}

// On a phone the scene is where one stands: the position is asked for while the button is pressed, three seconds at most.
function placeFirst(form) {
  if (!navigator.geolocation || !matchMedia("(pointer: coarse)").matches) return;
  form.addEventListener("submit", (event) => {
    if (form.elements.lon.value || form.elements.place.value.trim() || form.dataset.asked) return;
    event.preventDefault();
    form.dataset.asked = "";
    const send = () => form.requestSubmit(event.submitter);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => { putPlace(form, coords.longitude, coords.latitude, coords.accuracy); send(); }, send,
      { enableHighAccuracy: true, timeout: FOR_POSITION, maximumAge: 60000 });
  }, true);
}

function offerRecording(box) {
  const input = box.querySelector("input[type=file]"), button = box.querySelector("[data-record-start]");
  const sound = box.querySelector("audio"), say = box.querySelector("[role=status]");
  if (!navigator.mediaDevices?.getUserMedia || !window.MediaRecorder) return;
  const words = button.querySelector("span"), start = words.textContent;
  let recorder = null, limit = 0;
  button.hidden = false;
  box.dataset.ready = "";
  button.addEventListener("click", async () => {
    if (recorder?.state === "recording") { recorder.stop(); return; }
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true }).catch(() => null);
    if (!stream) { say.textContent = box.dataset.wordsRefused; return; }
    recorder = new MediaRecorder(stream);
    const parts = [];
    recorder.addEventListener("dataavailable", (event) => parts.push(event.data));
    recorder.addEventListener("stop", () => {
      clearTimeout(limit);
      for (const track of stream.getTracks()) track.stop();
      words.textContent = start;
      const basket = new DataTransfer();
      basket.items.add(new File(parts, "voice", { type: recorder.mimeType }));
      input.files = basket.files;
      sound.src = URL.createObjectURL(input.files[0]);
      sound.hidden = false;
      say.textContent = box.dataset.wordsKept;
    });
    recorder.start();
    limit = setTimeout(() => recorder.stop(), LONGEST_VOICE);
    words.textContent = box.dataset.wordsStop;
  });
}
