// A sheet of paper: the button opens the browser's own dialogue; without scripts there is the browser's menu.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
