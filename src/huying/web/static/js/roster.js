// The roster as a sheet: arrows and Enter walk the squares, each is kept as soon as it is left, a block is pasted at once.
const AGAIN = 5000;

export function keepRoster(form) {
  const rows = [...form.querySelectorAll("tbody tr")].map((row) => [...row.querySelectorAll("[data-square]")]);
  const state = form.querySelector("[data-state]");
  const boxOf = (square) => square?.querySelector("input[name^='c-']");
  const wasOf = (square) => square.querySelector("input[name^='w-']");
  const placeOf = (square) => { const y = rows.findIndex((row) => row.includes(square)); return [y, rows[y].indexOf(square)]; };
  let waiting = 0, sending = Promise.resolve();

  const changed = (square) => boxOf(square) && boxOf(square).value.trim() !== wasOf(square).value;

  function go(square, down, across) {
    let [y, x] = placeOf(square);
    do { y += down; x += across; } while (rows[y]?.[x] && !boxOf(rows[y][x]));
    const next = boxOf(rows[y]?.[x]);
    if (next) { next.focus(); next.select(); }
    return Boolean(next);
  }

  function keep(squares) {
    const left = squares.filter(changed);
    if (!left.length) return;
    sending = sending.then(() => send(left.filter(changed)));
  }

  async function send(squares) {
    if (!squares.length) return;
    clearTimeout(waiting);
    const body = new FormData();
    body.set("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value);
    for (const square of squares) {
      body.set(boxOf(square).name, boxOf(square).value.trim());
      body.set(wasOf(square).name, wasOf(square).value);
    }
    state.textContent = form.dataset.saving;
    const answer = await fetch(form.getAttribute("action"), { method: "POST", body, headers: { Accept: "application/json" }, redirect: "manual" }).catch(() => null);
    if (!answer?.ok) {
      // Nothing is lost: what was typed stands, and goes again.
      state.textContent = form.dataset.failed;
      waiting = setTimeout(() => keep(rows.flat()), AGAIN);
      return;
    }
    const told = await answer.json();
    for (const square of squares) show(square, told.cells[boxOf(square).name.slice(2)], body.get(boxOf(square).name));
    const gaps = document.querySelector("[data-gaps]");
    gaps.hidden = told.gaps === 0;
    gaps.querySelector("[data-gap-count]").textContent = told.gaps;
    state.textContent = Object.values(told.cells).some((one) => one.wrong) ? "" : form.dataset.saved;
  }

  function show(square, told, sent) {
    if (!told) return;
    const box = boxOf(square), say = square.querySelector("[data-say]");
    wasOf(square).value = told.text;
    if (!told.wrong && box.value.trim() === sent) box.value = told.text;
    square.classList.toggle("roster-wrong", Boolean(told.wrong));
    square.classList.toggle("roster-gap", told.lacks > 0);
    if (told.wrong) box.setAttribute("aria-invalid", "true");
    else box.removeAttribute("aria-invalid");
    say.textContent = told.wrong || (told.lacks ? say.dataset.lacks.replace("{n}", told.lacks) : "");
  }

  const atEdge = (box, end) => box.selectionStart === box.selectionEnd ? box.selectionStart === (end ? box.value.length : 0) : box.selectionEnd - box.selectionStart === box.value.length;
  const moves = {
    ArrowDown: (square) => go(square, 1, 0),
    ArrowUp: (square) => go(square, -1, 0),
    ArrowRight: (square, box) => atEdge(box, true) && go(square, 0, 1),
    ArrowLeft: (square, box) => atEdge(box, false) && go(square, 0, -1),
  };

  form.addEventListener("keydown", (event) => {
    const square = event.target.closest("[data-square]");
    if (!square || event.isComposing) return;
    if (event.ctrlKey && event.key.toLowerCase() === "d") {
      const [y, x] = placeOf(square), above = rows[y - 1]?.[x];
      if (above) { boxOf(square).value = boxOf(above)?.value ?? above.querySelector("span").textContent.replace("—", ""); keep([square]); }
      event.preventDefault();
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (!go(square, 1, 0)) keep([square]);
    } else if (event.key === "Escape") {
      event.target.value = wasOf(square).value;
      event.target.select();
    } else if (event.key in moves && !event.shiftKey && !event.altKey && !event.ctrlKey && moves[event.key](square, event.target)) {
      event.preventDefault();
    }
  });

  form.addEventListener("focusout", (event) => {
    const square = event.target.closest("[data-square]");
    if (square) keep([square]);
  });

  form.addEventListener("paste", (event) => {
    const square = event.target.closest("[data-square]");
    const text = event.clipboardData.getData("text/plain").replace(/\r/g, "").replace(/\n$/, "");
    if (!square || !/[\t\n]/.test(text)) return;
    event.preventDefault();
    const [top, left] = placeOf(square), filled = [];
    text.split("\n").forEach((line, down) => line.split("\t").forEach((cell, across) => {
      const one = rows[top + down]?.[left + across];
      if (boxOf(one)) { boxOf(one).value = cell.trim(); filled.push(one); }
    }));
    keep(filled);
  });

  addEventListener("beforeunload", (event) => { if (rows.flat().some(changed)) event.preventDefault(); });
  form.addEventListener("submit", (event) => { event.preventDefault(); keep(rows.flat()); });
}

const form = document.querySelector("[data-roster]");
if (form) keepRoster(form);
