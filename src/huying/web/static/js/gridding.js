// A plan of grids over today's on the map, tied to the list below it; and sliders that say how much they are.
import { maplibre, openMap, token } from "./ground.js";

function said(slider) {
  const told = document.createElement("output");
  told.className = "slider-said";
  told.htmlFor = slider.id;
  const tell = () => { told.value = slider.value; };
  slider.closest(".field").querySelector("label").append(told);
  slider.addEventListener("input", tell);
  tell();
}

const read = async (address) => (await fetch(address, { headers: { Accept: "application/json" } })).json();

async function open(figure) {
  const [plan, today] = await Promise.all([read(figure.dataset.gridPlan), read(figure.dataset.today)]);
  const box = boxOf(plan);
  const map = openMap(figure.querySelector(".map-canvas"), {
    ground: figure.dataset.ground, draw: () => drawn(plan, today, Number(figure.dataset.tolerance) / 100),
    bounds: box, fitBoundsOptions: { padding: 32, animate: false, maxZoom: 17 } });
  map.on("load", () => {
    map.resize();
    map.fitBounds(box, { padding: 32, animate: false, maxZoom: 17 });
    switches(map, figure);
    tie(map, plan);
    figure.map = map;
    figure.dataset.drawn = "";
  });
}

function boxOf(collection) {
  const box = new maplibre.LngLatBounds();
  const widen = (part) => { if (typeof part[0] === "number") box.extend(part); else part.forEach(widen); };
  for (const one of collection.features) widen(one.geometry.coordinates);
  return box;
}

// The further a grid's work is off the mean, the deeper its colour; beyond what was asked for it is deepest.
function drawn(plan, today, tolerance) {
  const off = ["abs", ["get", "off"]];
  const here = ["boolean", ["feature-state", "here"], false];
  return {
    sources: { plan: { type: "geojson", data: plan }, today: { type: "geojson", data: today } },
    layers: [
      { id: "plan-fill", type: "fill", source: "plan", paint: { "fill-color": token("--accent"),
        "fill-opacity": ["case", here, 0.6, ["interpolate", ["linear"], off, 0, 0.05, tolerance, 0.22, 2 * tolerance, 0.45]] } },
      { id: "plan-edge", type: "line", source: "plan", layout: { "line-join": "round" }, paint: { "line-color": token("--accent-deep"), "line-width": 2.5 } },
      { id: "today-edge", type: "line", source: "today", layout: { "line-join": "round" }, paint: { "line-color": token("--ink"), "line-width": 1.5, "line-dasharray": [2, 2] } },
      { id: "plan-names", type: "symbol", source: "plan", minzoom: 12.5, layout: { "text-field": ["get", "name"], "text-size": 12, "text-max-width": 7 },
        paint: { "text-color": token("--ink"), "text-halo-color": token("--surface"), "text-halo-width": 2 } },
    ],
  };
}

function switches(map, figure) {
  for (const box of figure.querySelectorAll("[data-layer]")) {
    const show = () => {
      for (const { id } of map.getStyle().layers)
        if (id.startsWith(`${box.dataset.layer}-`)) map.setLayoutProperty(id, "visibility", box.checked ? "visible" : "none");
    };
    box.addEventListener("change", show);
    show();
  }
}

function tie(map, plan) {
  const rows = new Map([...document.querySelectorAll("[data-plan-grid]")].map((row) => [Number(row.dataset.planGrid), row]));
  let last;
  const choose = (number) => {
    if (last !== undefined) map.setFeatureState({ source: "plan", id: last }, { here: false });
    for (const [one, row] of rows) row.toggleAttribute("data-here", one === number);
    map.setFeatureState({ source: "plan", id: number }, { here: true });
    last = number;
  };
  map.on("click", "plan-fill", (event) => {
    const number = event.features[0].id;
    choose(number);
    rows.get(number)?.scrollIntoView({ block: "center" });
  });
  for (const one of plan.features) {
    rows.get(one.id)?.addEventListener("click", (event) => {
      if (event.target.closest("a")) return;
      choose(one.id);
      map.fitBounds(boxOf({ features: [one] }), { padding: 80, maxZoom: 16, animate: !matchMedia("(prefers-reduced-motion: reduce)").matches });
    });
  }
}

for (const slider of document.querySelectorAll("[data-slider]")) said(slider);
const figure = document.querySelector("[data-grid-plan]");
if (figure) open(figure);
