// A voice note where the phone can record: one tap begins, one ends, a minute at most.
import { one, tellOnce } from "./drawing.js";
import { say } from "./words.js";

const LONGEST = 60_000;

export function offerRecording(button, done) {
  if (!navigator.mediaDevices?.getUserMedia || !window.MediaRecorder) return;
  const words = one("span", button);
  let running = null;
  words.textContent = say("record");
  button.hidden = false;
  button.addEventListener("click", async () => {
    if (running) return running.stop();
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true }).catch(() => null);
    if (!stream) return tellOnce(say("noMicrophone"), "red");
    running = new MediaRecorder(stream);
    const pieces = [];
    running.addEventListener("dataavailable", ({ data }) => pieces.push(data));
    running.addEventListener("stop", () => {
      for (const track of stream.getTracks()) track.stop();
      done(new Blob(pieces, { type: running.mimeType }));
      running = null;
      words.textContent = say("record");
      button.removeAttribute("aria-pressed");
    });
    running.start();
    words.textContent = say("recording");
    button.setAttribute("aria-pressed", "true");
    setTimeout(() => running?.stop(), LONGEST);
    return undefined;
  });
}
