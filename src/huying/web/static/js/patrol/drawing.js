// Small parts of a page, put together without a template: text is always text.
export function el(name, given = {}, ...inside) {
  const { data, ...rest } = given;
  const made = Object.assign(document.createElement(name), rest);
  for (const [key, value] of Object.entries(data ?? {})) made.dataset[key] = value;
  made.append(...inside.filter((one) => one !== null && one !== ""));
  return made;
}

export const one = (selector, root = document) => root.querySelector(selector);
export const chip = (text, tone = "") => el("span", { className: `chip ${tone && `chip-${tone}`}`, textContent: text });
export const button = (text, onclick, more = "") => el("button", { type: "button", className: `button ${more}`, textContent: text, onclick });

export function tellOnce(text, tone = "green") {
  const box = one("[data-told]");
  box.replaceChildren(el("p", { className: `notice notice-${tone}`, textContent: text }));
}

export function wrong(form, text) {
  const box = one("[data-wrong]", form);
  box.textContent = text;
  box.hidden = !text;
  if (text) box.scrollIntoView({ block: "center" });
}
