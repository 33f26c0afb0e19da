// Buttons marked data-open="id" open that <dialog>; data-close closes the one they stand in; ? opens the keyboard help.
export function openDialogs(root) {
  for (const button of root.querySelectorAll("[data-open]")) button.hidden = false;
  root.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-open]");
    if (opener) document.getElementById(opener.dataset.open)?.showModal();
    const closer = event.target.closest("[data-close]");
    if (closer) closer.closest("dialog")?.close();
  });
  root.addEventListener("keydown", (event) => {
    if (event.key === "?" && !isTyping(event.target)) document.getElementById("keyboard-help")?.showModal();
  });
}

export function isTyping(element) {
  return element instanceof Element && element.closest("input:not([type=checkbox]), textarea, select, [contenteditable]") !== null;
}
