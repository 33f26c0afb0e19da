// Voice to text where the browser has it; the button stays away where it has not. What is said is written
// at the end while it is still being heard; what cannot be heard is told, and what was typed is never touched.
export function offerDictation(root) {
  const Recognition = window.SpeechRecognition ?? window.webkitSpeechRecognition;
  if (!Recognition) return;
  for (const button of root.querySelectorAll("[data-dictate]")) tie(button, Recognition);
}

// What each error of the browser means to whoever holds the phone.
const TOLD = { "not-allowed": "wordsRefused", "service-not-allowed": "wordsRefused", "audio-capture": "wordsRefused", "no-speech": "wordsNothing", aborted: "" };

function tie(button, Recognition) {
  const field = document.getElementById(button.dataset.dictate);
  const note = button.closest("form").querySelector("[data-dictate-note]");
  const words = button.querySelector("span");
  const resting = words.textContent;
  let listening = null;
  const rest = () => { listening = null; words.textContent = resting; button.removeAttribute("aria-pressed"); };
  button.hidden = false;
  button.addEventListener("click", () => {
    if (listening) return listening.stop();
    listening = new Recognition();
    listening.lang = document.documentElement.lang === "en" ? "en" : "zh-CN";
    listening.continuous = true;
    listening.interimResults = true;
    const hear = writer(field);
    listening.onresult = (event) => hear(joined([...event.results].map((each) => each[0].transcript)));
    listening.onerror = ({ error }) => { note.textContent = button.dataset[TOLD[error] ?? "wordsFailed"] ?? ""; };
    listening.onend = rest;
    note.textContent = "";
    words.textContent = button.dataset.wordsStop;
    button.setAttribute("aria-pressed", "true");
    try {
      listening.start();
    } catch {
      note.textContent = button.dataset.wordsFailed;
      rest();
    }
  });
  addEventListener("pagehide", () => listening?.stop());
}

// Everything heard since the start is written anew each time, in place of what was written before: a browser corrects
// itself while it listens. What was typed meanwhile begins a new place.
function writer(field) {
  let at = field.value.length;
  let written = "";
  let passed = 0;
  return (heard) => {
    if (field.value.slice(at) !== written) {
      passed += written.length;
      at = field.value.length;
      written = "";
    }
    const fresh = heard.slice(passed);
    field.setRangeText(fresh, at, at + written.length, "end");
    written = fresh;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
}

// Some browsers begin each result anew with the words of the one before.
function joined(pieces) {
  let before = "";
  return pieces.reduce((text, piece) => {
    const again = before && piece.startsWith(before);
    const whole = again ? text.slice(0, text.length - before.length) + piece : text + piece;
    before = piece;
    return whole;
  }, "");
}
