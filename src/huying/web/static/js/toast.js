// A short word at the foot of the screen, spoken by screen readers; it may carry one act (undo).
const SHOWN_FOR = 6000;

export function toast(words, { tone = "plain", act = "", onAct = null } = {}) {
  const place = document.querySelector("[data-toasts]");
  if (!place) return;
  const box = document.createElement("div");
  box.className = "toast";
  box.dataset.tone = tone;
  box.append(words);
  if (act) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = act;
    button.addEventListener("click", () => { onAct?.(); box.remove(); });
    box.append(button);
  }
  place.append(box);
  setTimeout(() => box.remove(), act ? SHOWN_FOR * 2 : SHOWN_FOR);
}
