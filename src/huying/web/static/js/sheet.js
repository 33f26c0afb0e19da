// The list as a spreadsheet: arrows walk the cells, typing or Enter opens one, Tab and Enter keep it and go on,
// Esc leaves it as it was, a block copied from a spreadsheet is pasted at once, Ctrl+Z takes the last edit back.
const place = document.querySelector("[data-sheet]");
const state = place?.querySelector("[data-sheet-state]");
const rows = () => [...place.querySelectorAll("tr[data-code]")].map((row) => [...row.querySelectorAll("td[data-field]")]);
const textOf = (cell) => cell.dataset.text ?? cell.textContent.trim();
const undone = [];
let sending = Promise.resolve();

const lineOf = (cell) => cell.closest("tr").dataset;
const field = (cell) => ({ code: lineOf(cell).code, place: lineOf(cell).place, field: cell.dataset.field });

function where(cell) {
  const all = rows(), y = all.findIndex((row) => row.includes(cell));
  return [all, y, all[y].indexOf(cell)];
}

function go(cell, down, across) {
  const [all, y, x] = where(cell);
  let next = all[y + down]?.[x + across];
  if (!next && across) next = across > 0 ? all[y + 1]?.[0] : all[y - 1]?.at(-1);
  if (!next) return false;
  focus(next);
  return true;
}

function focus(cell) {
  for (const other of place.querySelectorAll('td[tabindex="0"]')) other.tabIndex = -1;
  cell.tabIndex = 0;
  cell.focus();
}

function show(cell, text) {
  cell.dataset.text = text;
  cell.replaceChildren(text.replaceAll("\n", "、"));
}

function send(edits) {
  const left = edits.filter(({ cell, text }) => text !== textOf(cell));
  if (!left.length) return;
  for (const edit of left) { edit.was = textOf(edit.cell); show(edit.cell, edit.text); edit.cell.dataset.kept = "sending"; }
  state.textContent = place.dataset.saving;
  sending = sending.then(async () => {
    const body = new FormData();
    body.set("csrfmiddlewaretoken", place.querySelector("[name=csrfmiddlewaretoken]").value);
    for (const { cell, was, text } of left) for (const [name, value] of Object.entries({ ...field(cell), was, text })) body.append(name, value);
    const answer = await fetch(place.dataset.sheet, { method: "POST", body, headers: { Accept: "application/json" }, redirect: "manual" }).catch(() => null);
    const told = answer?.ok ? (await answer.json()).cells : left.map(() => ({ wrong: place.dataset.failed }));
    told.forEach((one, n) => took(left[n], one));
    const wrong = told.filter((one) => one.wrong);
    state.textContent = wrong.length ? [...new Set(wrong.map((one) => one.wrong))].slice(0, 3).join(" ") : place.dataset.saved;
    state.dataset.tone = wrong.length ? "red" : "";
    const kept = left.filter((edit, n) => !told[n].wrong);
    if (kept.length && !left.undo) undone.push(kept.map(({ cell, was }) => ({ cell, text: was })));
  });
}

// What was typed and not taken stays in the cell, marked, so that it can be put right.
function took({ cell, was, text }, told) {
  if (!told.wrong) { show(cell, told.text); delete cell.dataset.kept; cell.removeAttribute("aria-invalid"); cell.title = ""; return; }
  cell.dataset.kept = "wrong";
  cell.dataset.text = told.text ?? was;
  cell.dataset.typed = text;
  cell.setAttribute("aria-invalid", "true");
  cell.title = told.wrong;
}

function boxFor(cell) {
  const choices = document.getElementById(`choices-${cell.dataset.field}`);
  if (choices?.tagName === "TEMPLATE") {
    const box = choices.content.firstElementChild.cloneNode(true);
    return box;
  }
  const box = document.createElement(cell.dataset.long === undefined ? "input" : "textarea");
  if (choices) box.setAttribute("list", choices.id);
  return box;
}

function open(cell, typed) {
  if (cell.querySelector(".sheet-box")) return;
  const held = cell.dataset.kept === "wrong" ? cell.dataset.typed : textOf(cell);
  const box = boxFor(cell);
  box.classList.add("sheet-box");
  box.setAttribute("aria-label", `${cell.dataset.label} ${lineOf(cell).code}`);
  box.value = typed ?? held;
  cell.replaceChildren(box);
  box.focus();
  if (typed === undefined) box.select?.();
  let over = false;
  const close = (keep, down = 0, across = 0) => {
    if (over) return;
    over = true;
    const text = box.value.trim();
    cell.replaceChildren(textOf(cell).replaceAll("\n", "、"));
    if (keep) send([{ cell, text }]);
    focus(cell);
    if (down || across) go(cell, down, across);
  };
  box.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.isComposing) return;
    const longer = box.tagName === "TEXTAREA" && (event.shiftKey || event.altKey);
    if (event.key === "Enter" && !longer) close(true, 1);
    else if (event.key === "Tab") close(true, 0, event.shiftKey ? -1 : 1);
    else if (event.key === "Escape") close(false);
    else return;
    event.preventDefault();
  });
  box.addEventListener("blur", () => { if (!over) { over = true; const text = box.value.trim(); cell.replaceChildren(textOf(cell).replaceAll("\n", "、")); send([{ cell, text }]); } });
}

function paste(cell, text) {
  const [all, y, x] = where(cell);
  const block = text.replace(/\r\n/g, "\n").replace(/\n$/, "").split("\n").map((line) => line.split("\t"));
  send(block.flatMap((line, down) => line.map((part, across) => ({ cell: all[y + down]?.[x + across], text: part.trim() })).filter((edit) => edit.cell)));
}

const moves = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] };

place?.addEventListener("keydown", (event) => {
  const cell = event.target;
  if (!cell.matches?.("td[data-field]")) return undefined;
  // The first letter goes into the box that opens for it, also where it begins a word of an input method.
  if (event.key === "Process" || event.keyCode === 229 || (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey)) { event.stopPropagation(); return open(cell, ""); }
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
  if (plain && moves[event.key]) go(cell, ...moves[event.key]);
  else if (plain && (event.key === "Enter" || event.key === "F2")) open(cell);
  else if (plain && (event.key === "Delete" || event.key === "Backspace")) send([{ cell, text: "" }]);
  else if ((event.ctrlKey || event.metaKey) && event.key === "z") { const last = undone.pop(); if (last) send(Object.assign(last, { undo: true })); }
  else return undefined;
  event.preventDefault();
  event.stopPropagation();
  return undefined;
});
place?.addEventListener("dblclick", (event) => { const cell = event.target.closest("td[data-field]"); if (cell) open(cell); });
place?.addEventListener("click", (event) => { const cell = event.target.closest("td[data-field]"); if (cell && !cell.querySelector(".sheet-box")) { if (document.activeElement === cell && matchMedia("(pointer: coarse)").matches) open(cell); else focus(cell); } });
place?.addEventListener("copy", (event) => { if (event.target.matches?.("td[data-field]")) { event.clipboardData.setData("text/plain", textOf(event.target)); event.preventDefault(); } });
place?.addEventListener("paste", (event) => { if (event.target.matches?.("td[data-field]")) { paste(event.target, event.clipboardData.getData("text/plain")); event.preventDefault(); } });
const first = place?.querySelector("td[data-field]");
if (first) first.tabIndex = 0;
