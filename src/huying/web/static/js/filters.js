// A filter is its address: choices apply at once, and what was not asked does not stand in it.
import { within } from "./within.js";

export function sendFilters(root) {
  for (const form of within(root, "form[data-filters]")) {
    form.addEventListener("change", (event) => {
      if (event.target.matches("select, input[type=date]")) form.requestSubmit();
    });
    form.addEventListener("submit", () => {
      for (const field of form.elements) if (field.name && !field.value) field.disabled = true;
    });
  }
}
