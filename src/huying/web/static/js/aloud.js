// Reads the page's main part aloud with the browser's own voice.
export function offerReading(root) {
  const voice = window.speechSynthesis;
  const button = root.querySelector("[data-read-aloud]");
  if (!voice || !button) return;
  const words = button.querySelector("span");
  const resting = words.textContent;
  const rest = () => { words.textContent = resting; button.removeAttribute("aria-pressed"); };
  button.hidden = false;
  button.addEventListener("click", () => {
    if (voice.speaking) { voice.cancel(); return rest(); }
    const speech = new SpeechSynthesisUtterance(document.getElementById("main").innerText);
    speech.lang = document.documentElement.lang.startsWith("zh") ? "zh-CN" : "en";
    speech.rate = 0.9;
    speech.onend = rest;
    words.textContent = button.dataset.wordsStop;
    button.setAttribute("aria-pressed", "true");
    voice.speak(speech);
  });
  addEventListener("pagehide", () => voice.cancel());
}
