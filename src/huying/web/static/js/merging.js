// One case dragged onto another is merged into it, after a question. By keys: x ticks, and the button in the bar does the same.
export function dragToMerge(desk) {
  const dialog = document.getElementById("merge-dialog");
  if (!dialog) return;
  const form = dialog.querySelector("form");
  const address = form.getAttribute("action");
  const numberOf = (row) => row?.querySelector("[data-pick]")?.value;
  const titleOf = (row) => row.querySelector(".list-title").textContent.trim();
  let dragged = null;

  const arm = () => { for (const row of desk.querySelectorAll("[data-list] tr[data-href]")) row.draggable = numberOf(row) !== undefined; };
  const targetOf = (event) => {
    const row = event.target.closest("[data-list] tr[data-href]");
    return dragged && row && row !== dragged ? row : null;
  };
  const mark = (row) => { for (const other of desk.querySelectorAll("tr[data-over]")) if (other !== row) delete other.dataset.over; };

  function ask(others, into, titles, title) {
    form.action = address.replace(form.dataset.any, into);
    form.elements.key.value = crypto.randomUUID?.() ?? String(Date.now());
    dialog.querySelector("[data-merge-from]").replaceChildren(...others.map((number, index) => {
      const line = document.createElement("li"), field = document.createElement("input");
      Object.assign(field, { type: "hidden", name: "other", value: number });
      line.append(titles[index], field);
      return line;
    }));
    dialog.querySelector("[data-merge-into]").textContent = title;
    dialog.showModal();
  }

  desk.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.("[data-list] tr[draggable=true]") ?? null;
    if (!dragged) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", titleOf(dragged));
  });
  desk.addEventListener("dragover", (event) => {
    const row = targetOf(event);
    mark(row);
    if (!row) return;
    event.preventDefault();
    row.dataset.over = "";
  });
  desk.addEventListener("dragend", () => { mark(null); dragged = null; });
  desk.addEventListener("drop", (event) => {
    const row = targetOf(event);
    if (!row) return;
    event.preventDefault();
    mark(null);
    ask([numberOf(dragged)], numberOf(row), [titleOf(dragged)], titleOf(row));
    dragged = null;
  });
  desk.querySelector("[data-merge-picked]")?.addEventListener("click", () => {
    const open = desk.querySelector("#pane [data-case]");
    const rows = [...desk.querySelectorAll("[data-pick]:checked")].map((pick) => pick.closest("tr")).filter((row) => numberOf(row) !== open?.dataset.case);
    if (open && rows.length) ask(rows.map(numberOf), open.dataset.case, rows.map(titleOf), open.querySelector("h1").textContent.trim());
  });
  arm();
  desk.addEventListener("htmx:after:swap", arm);
}
