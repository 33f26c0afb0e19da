// Buttons marked data-open="id" open that <dialog>; data-close closes the one they stand in; ? opens the keyboard help, Alt / also while somebody types.
export function openDialogs(root) {
  for (const button of root.querySelectorAll("[data-open]")) button.hidden = false;
  root.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-open]");
    if (opener) show(document.getElementById(opener.dataset.open));
    const closer = event.target.closest("[data-close]");
    if (closer) closer.closest("dialog")?.close();
  });
  root.addEventListener("keydown", (event) => {
    const asked = event.key === "?" ? !isTyping(event.target) : event.altKey && event.code === "Slash";
    if (!asked) return;
    event.preventDefault();
    show(document.getElementById("keyboard-help"));
  });
}

// What a line of it speaks of must be on the page: the keyboard help lists the keys that do something here, and no other.
function show(dialog) {
  if (!dialog || dialog.open) return;
  for (const line of dialog.querySelectorAll("[data-needs]")) line.hidden = !document.querySelector(line.dataset.needs);
  dialog.showModal();
}

export function isTyping(element) {
  return element instanceof Element && element.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]") !== null;
}
