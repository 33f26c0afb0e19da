// A template chosen for a reply goes into the reply at once: into the empty field, or below what is written already.
// Mark: [data-templates="address with NAME"] around a select and the button that does the same without scripts.
import { sayLost } from "./line_lost.js";

export function offerTemplates(root) {
  const hideButtons = () => {
    for (const button of root.querySelectorAll("[data-templates] button")) button.hidden = true;
  };
  hideButtons();
  root.addEventListener("htmx:after:swap", hideButtons);
  root.addEventListener("change", async (event) => {
    const place = event.target.closest("[data-templates]");
    const field = event.target.form?.elements.reply;
    if (!place || !field || !event.target.value) return undefined;
    const answer = await fetch(place.dataset.templates.replace("NAME", event.target.value)).catch(() => null);
    if (!answer?.ok || answer.redirected) return sayLost(place, answer?.redirected ? "ended" : "lostPart");
    field.value = [field.value.trimEnd(), await answer.text()].filter(Boolean).join("\n");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    event.target.value = "";
    chooseBlank(field);
    return undefined;
  });
}

// The first blank is ready to be written over.
function chooseBlank(field) {
  const blank = /【填[：:][^【】\n]*】/.exec(field.value);
  field.focus();
  if (blank) field.setSelectionRange(blank.index, blank.index + blank[0].length);
}
