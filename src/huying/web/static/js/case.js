// The case page: naming another body ticks its radio button; a step's form opens in place and folds away again.
import { offerTemplates } from "./templates.js";
import { dragToSplit } from "./splitting.js";
import { followSteps } from "./steps.js";

export function followCases(root) {
  root.addEventListener("input", (event) => {
    const other = event.target.closest("[data-other]");
    const radio = other?.parentElement.querySelector("input[type=radio]");
    if (radio) radio.checked = true;
  });
  root.addEventListener("keydown", intoFound);
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

// From the words that are looked for straight to what was found: one of a group of radio buttons is reached by no Tab.
function intoFound(event) {
  if (!event.target.matches("input[type=search][name$='-words']") || !["Enter", "ArrowDown"].includes(event.key)) return;
  event.preventDefault();
  const first = event.target.closest(".offer-box")?.querySelector("[id^='found-'] input[type=radio]");
  first?.focus();
  first?.click();
}

followCases(document);
offerTemplates(document);
dragToSplit(document);
followSteps(document);
