// Voice to text where the browser has it; the button stays away where it has not.
export function offerDictation(root) {
  const Recognition = window.SpeechRecognition ?? window.webkitSpeechRecognition;
  if (!Recognition) return;
  for (const button of root.querySelectorAll("[data-dictate]")) tie(button, Recognition);
}

function tie(button, Recognition) {
  const field = document.getElementById(button.dataset.dictate);
  const words = button.querySelector("span");
  const resting = words.textContent;
  let listening = null;
  button.hidden = false;
  button.addEventListener("click", () => {
    if (listening) return listening.stop();
    listening = new Recognition();
    listening.lang = "zh-CN";
    listening.continuous = true;
    listening.onresult = (event) => {
      const said = event.results[event.results.length - 1][0].transcript;
      field.value = `${field.value}${said}`.slice(0, field.maxLength > 0 ? field.maxLength : undefined);
      field.dispatchEvent(new Event("input", { bubbles: true }));
    };
    listening.onend = () => { listening = null; words.textContent = resting; button.removeAttribute("aria-pressed"); };
    words.textContent = button.dataset.wordsStop;
    button.setAttribute("aria-pressed", "true");
    listening.start();
  });
}
