// Lists walked by keyboard: j and k move, Enter opens, e acts, x picks, / searches. Marks: table[data-list], tr[data-href][data-act];
// a row that says no address of its own opens by its first link.
import { isTyping } from "./dialog.js";

export function walkLists(root) {
  root.addEventListener("keydown", onKey);
  root.addEventListener("change", (event) => {
    if (event.target.matches("[data-pick-all]")) pickAll(event.target);
    if (event.target.matches("[data-pick], [data-pick-all]")) showBulk();
  });
  showBulk();
}

const rows = () => [...document.querySelectorAll("[data-list] tbody tr:not([hidden])")];
const chosen = () => document.querySelector('[data-list] tr[aria-selected="true"]');

const acts = {
  j: () => move(1),
  k: () => move(-1),
  Enter: () => act("open", address(chosen())),
  e: () => act("act", chosen()?.dataset.act ?? chosen()?.dataset.href),
  x: () => chosen()?.querySelector("[data-pick]")?.click(),
  "/": search,
};

const address = (row) => row?.dataset.href ?? row?.querySelector("a[href]")?.href;

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (document.querySelector("dialog[open]") || !(event.key in acts)) return;
  if (event.key === "Enter" && event.target.closest("a, button, summary, input:not([data-pick])")) return;
  if (event.key !== "/" && rows().length === 0) return;
  event.preventDefault();
  acts[event.key]();
}

function move(step) {
  const all = rows();
  const at = all.indexOf(chosen());
  const next = all[Math.min(all.length - 1, Math.max(0, at === -1 ? (step > 0 ? 0 : all.length - 1) : at + step))];
  chosen()?.removeAttribute("aria-selected");
  next.setAttribute("aria-selected", "true");
  next.tabIndex = -1;
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
  next.dispatchEvent(new CustomEvent("row:chosen", { bubbles: true, detail: { href: address(next) } }));
}

// A desk, which has the case beside the list, takes it into its own hand.
function act(how, href) {
  const row = chosen();
  if (row?.dispatchEvent(new CustomEvent(`row:${how}`, { bubbles: true, cancelable: true }))) go(row, href);
}

function search() {
  const field = document.querySelector("[data-search]");
  const fold = field?.closest("details");
  if (fold) fold.open = true;
  field?.focus();
  field?.select();
}

function go(row, href) {
  if (!href) return;
  const opener = row.querySelector("[data-opens]");
  if (opener) opener.click();
  else location.assign(href);
}

function pickAll(box) {
  for (const pick of box.closest("table").querySelectorAll("[data-pick]")) pick.checked = box.checked;
}

function showBulk() {
  for (const bar of document.querySelectorAll("[data-bulk]")) {
    const picked = document.querySelectorAll("[data-pick]:checked").length;
    bar.hidden = picked === 0;
    const count = bar.querySelector("[data-bulk-count]");
    if (count) count.textContent = String(picked);
  }
}
