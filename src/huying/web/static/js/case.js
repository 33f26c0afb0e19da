// The case page: naming another body ticks its radio button; a step's form opens in place and folds away again.
export function followCases(root) {
  root.addEventListener("input", (event) => {
    const other = event.target.closest("[data-other]");
    const radio = other?.parentElement.querySelector("input[type=radio]");
    if (radio) radio.checked = true;
  });
  root.addEventListener("click", (event) => {
    const fold = event.target.closest("[data-fold-step]");
    const place = fold?.closest("#step");
    if (place) {
      event.preventDefault();
      place.replaceChildren();
      root.querySelector("#actions a, #actions button")?.focus();
    }
    const menu = event.target.closest(".more-list a");
    if (menu) menu.closest("details").open = false;
  });
  root.addEventListener("htmx:after:swap", () => {
    const heading = root.querySelector("#step h2");
    heading?.scrollIntoView({ block: "nearest" });
    heading?.focus({ preventScroll: true });
  });
}

followCases(document);
