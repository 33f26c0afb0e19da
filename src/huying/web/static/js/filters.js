// A filter is its address. Choices apply at once; named ones are kept in this browser under the list's name.
import { within } from "./within.js";

export function rememberFilters(root) {
  for (const form of within(root, "form[data-filters]")) {
    form.addEventListener("change", (event) => {
      if (event.target.matches("select, input[type=date]")) form.requestSubmit();
    });
    form.addEventListener("submit", () => {
      for (const field of form.elements) if (field.name && !field.value) field.disabled = true;
    });
    if (form.dataset.saved) showSaved(form);
  }
}

const keyOf = (form) => `huying:filters:${form.dataset.saved}`;
const read = (form) => JSON.parse(localStorage.getItem(keyOf(form)) ?? "[]");
const write = (form, all) => localStorage.setItem(keyOf(form), JSON.stringify(all));

function showSaved(form) {
  const button = form.querySelector("[data-save-filter]");
  const place = form.querySelector("[data-saved-filters]");
  if (!button || !place) return;
  button.hidden = !location.search;
  button.addEventListener("click", () => {
    const name = describe(form);
    write(form, [...read(form).filter((one) => one.name !== name), { name, query: location.search }]);
    draw(form, place);
  });
  draw(form, place);
}

function describe(form) {
  const words = [...form.elements].filter((field) => field.name && field.value && field.type !== "hidden").map((field) =>
    field.selectedOptions ? field.selectedOptions[0].textContent.replace(/（\d+）$/, "") : field.value);
  return words.join(" · ");
}

function draw(form, place) {
  place.replaceChildren(...read(form).flatMap((one) => {
    const link = document.createElement("a");
    link.className = "chip";
    link.href = one.query;
    link.textContent = one.name;
    const drop = document.createElement("button");
    drop.type = "button";
    drop.className = "button button-small button-quiet";
    drop.textContent = "×";
    drop.setAttribute("aria-label", `${place.getAttribute("aria-label")} ${one.name} ×`);
    drop.addEventListener("click", () => {
      write(form, read(form).filter((other) => other.name !== one.name));
      draw(form, place);
    });
    return [link, drop];
  }));
}
