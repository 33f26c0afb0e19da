// The dispatch desk: walking the list opens each case beside it; "a" accepts the suggestion, "m" opens the map.
import { isTyping } from "./dialog.js";
import { keepPresence } from "./presence.js";

const PAUSE = 160;
const KEYS = {
  a: () => document.querySelector("[data-accept]")?.click(),
  m: () => document.querySelector("[data-desk-map]")?.toggleAttribute("open"),
};

export function runDesk(desk) {
  let timer = 0;
  desk.addEventListener("row:chosen", (event) => {
    clearTimeout(timer);
    const row = event.target;
    timer = setTimeout(() => row.querySelector("a[data-opens]")?.click(), PAUSE);
  });
  desk.addEventListener("click", (event) => {
    const opener = event.target.closest("a[data-opens]");
    if (!opener) return;
    for (const row of desk.querySelectorAll('tr[aria-selected="true"]')) row.removeAttribute("aria-selected");
    opener.closest("tr").setAttribute("aria-selected", "true");
    desk.dataset.chosen = "";
    history.replaceState(null, "", opener.href);
  });
  desk.addEventListener("map:chosen", (event) => {
    const here = [...desk.querySelectorAll("a[data-opens]")].find((link) => link.getAttribute("href") === new URL(event.detail.href, location.href).search);
    if (here) here.click();
    else location.assign(event.detail.href);
  });
  desk.addEventListener("click", (event) => {
    const back = event.target.closest(".desk-back a");
    if (!back || getComputedStyle(back.closest(".desk-back")).display === "none") return;
    event.preventDefault();
    delete desk.dataset.chosen;
  });
  keepPicked(desk);
  document.addEventListener("keydown", (event) => {
    if (!(event.key in KEYS) || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (document.querySelector("dialog[open]")) return;
    KEYS[event.key]();
  });
}

// Another item brings other units. Whoever has picked one while they were on their way keeps it.
function keepPicked(desk) {
  let picked = "", of = "";
  const open = () => desk.querySelector("#pane [data-case]")?.dataset.case;
  desk.addEventListener("change", (event) => {
    if (event.target.closest("[data-items]")) picked = "";
    else if (event.target.closest("#bodies")) [picked, of] = [event.target.value, open()];
  });
  desk.addEventListener("htmx:after:swap", () => {
    const bodies = desk.querySelector("#bodies");
    if (!picked || !bodies || open() !== of) return;
    const radio = bodies.querySelector(`input[type=radio][value="${CSS.escape(picked)}"]`);
    const other = bodies.querySelector("select");
    if (radio) radio.checked = true;
    else if (other && [...other.options].some((option) => option.value === picked)) {
      other.value = picked;
      other.dispatchEvent(new Event("input", { bubbles: true }));
    }
  });
}

const desk = document.querySelector("[data-desk]");
if (desk) runDesk(desk);
keepPresence();
