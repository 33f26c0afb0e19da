// Words of an appeal dragged out of it, or marked and "s" pressed, become a part of a split: the same form, with the words put in.
import { isTyping } from "./dialog.js";

const LONGEST = 120;

export function dragToSplit(root) {
  const zone = () => root.querySelector("[data-split-zone]");
  const opener = () => root.querySelector('#actions [data-verb="split"]');
  const words = () => {
    const marked = getSelection();
    const from = marked.anchorNode?.parentElement?.closest(".appeal-text");
    return from ? marked.toString().replace(/\s+/g, " ").trim().slice(0, LONGEST) : "";
  };

  function put(text) {
    const fields = [...root.querySelectorAll('#step [name="parts-title"]')];
    const free = fields.find((field) => !field.value) ?? fields.at(-1);
    if (!free) return false;
    free.value ||= text;
    free.dispatchEvent(new Event("input", { bubbles: true }));
    free.focus();
    return true;
  }

  function split(text) {
    if (!text || put(text) || !opener()) return;
    root.addEventListener("htmx:after:swap", () => put(text), { once: true });
    opener().click();
  }

  root.addEventListener("dragstart", (event) => {
    if (words() && opener() && zone() && !event.target.closest?.("[draggable=true]")) zone().hidden = false;
  });
  root.addEventListener("dragend", () => { if (zone()) zone().hidden = true; });
  root.addEventListener("dragover", (event) => { if (event.target.closest?.("[data-split-zone]")) event.preventDefault(); });
  root.addEventListener("drop", (event) => {
    if (!event.target.closest?.("[data-split-zone]")) return;
    event.preventDefault();
    zone().hidden = true;
    split(event.dataTransfer.getData("text/plain").replace(/\s+/g, " ").trim().slice(0, LONGEST));
  });
  root.addEventListener("keydown", (event) => {
    if (event.key !== "s" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || !words()) return;
    event.preventDefault();
    split(words());
  });
}
