// Reads the page's main part aloud with the browser's own voice, sentence by sentence: a long text in one piece falls
// silent half-way in some browsers. What is being read is marked and brought into sight; a second tap stops.
const LONGEST = 80;

export function offerReading(root) {
  const voice = window.speechSynthesis;
  const button = root.querySelector("[data-read-aloud]");
  if (!voice || !button) return;
  const words = button.querySelector("span");
  const resting = words.textContent;
  const lang = document.documentElement.lang.startsWith("zh") ? "zh-CN" : "en";
  let reading = 0;
  const mark = (element) => {
    document.querySelector("[data-being-read]")?.removeAttribute("data-being-read");
    if (!element) return;
    element.dataset.beingRead = "";
    element.scrollIntoView({ block: "nearest" });
  };
  const rest = (said = resting) => { reading += 1; mark(null); words.textContent = said; button.removeAttribute("aria-pressed"); };
  const read = (pieces, turn) => {
    if (turn !== reading) return;
    if (!pieces.length) return rest();
    const [{ text, element }, ...others] = pieces;
    const speech = new SpeechSynthesisUtterance(text);
    speech.lang = lang;
    speech.rate = 0.9;
    speech.voice = voice.getVoices().find((one) => one.lang.replace("_", "-").startsWith(lang)) ?? null;
    speech.onstart = () => { if (turn === reading) mark(element); };
    speech.onend = () => read(others, turn);
    speech.onerror = () => { if (turn === reading) rest(); };
    voice.speak(speech);
  };
  button.hidden = false;
  button.addEventListener("click", () => {
    if (button.hasAttribute("aria-pressed")) { rest(); return voice.cancel(); }
    const voices = voice.getVoices();
    if (voices.length && !voices.some((one) => one.lang.startsWith(lang.slice(0, 2)))) return rest(button.dataset.wordsNone);
    voice.cancel();
    words.textContent = button.dataset.wordsStop;
    button.setAttribute("aria-pressed", "true");
    return read(piecesOf(document.getElementById("main")), (reading += 1));
  });
  addEventListener("pagehide", () => voice.cancel());
}

// What can be seen, as sentences short enough for any voice, each with the block it stands in.
export function piecesOf(main) {
  const found = [];
  const walk = document.createTreeWalker(main, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const text = node.nodeType === Node.TEXT_NODE ? node.data.trim() : typed(node);
    const parent = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
    if (!text || (node !== parent && parent.matches("textarea")) || !seen(parent)) continue;
    const block = blockOf(parent);
    if (found.at(-1)?.element === block) found.at(-1).text += ` ${text}`;
    else found.push({ text, element: block });
  }
  return found.flatMap(({ text, element }) => sentences(text).map((each) => ({ text: each, element })));
}

const typed = (node) => (node.matches("textarea, select, input:not([type=hidden], [type=radio], [type=checkbox], [type=file])") ? node.value.trim() : "");

const seen = (element) => element.getClientRects().length > 0 &&
  !element.closest("[hidden], [aria-hidden=true], dialog, script, option, details:not([open]) > :not(summary)");

function blockOf(element) {
  let block = element;
  while (getComputedStyle(block).display.startsWith("inline") && block.parentElement) block = block.parentElement;
  return block;
}

// A receipt is read digit by digit. A point within a number ends nothing.
const sentences = (text) => (text.replace(/\d{4}-\d{4}-\d{4}/g, (number) => number.replace(/-/g, "").split("").join(" "))
  .match(/(?:[^。！？；!?.\n]|\.(?!\s|$))+[。！？；!?.]*/g) ?? []).map((each) => each.trim()).filter(Boolean).flatMap(cut);

const cut = (sentence) => (sentence.length <= LONGEST ? [sentence] : [sentence.slice(0, LONGEST), ...cut(sentence.slice(LONGEST))]);
