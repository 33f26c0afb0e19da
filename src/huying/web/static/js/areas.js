// Borders redrawn on the map. The map only fills in the form beside it and ticks the list: everything it does can be typed.
import { isTyping } from "./dialog.js";
import { cornerNear, linesOf, moved, readPairs, shapeOf } from "./areas_shapes.js";
import { maplibre, openMap, token } from "./ground.js";

const REACH = 12; // pixels within which a border is meant
const figure = document.querySelector("[data-area-editor]");
if (figure) open(figure);

async function open(figure) {
  const answer = await fetch(figure.dataset.areaEditor, { headers: { Accept: "application/json" } });
  if (!answer.ok) return;
  const areas = await answer.json();
  const map = openMap(figure.querySelector(".map-canvas"), {
    ground: figure.dataset.ground, draw: () => drawnFrom(areas), doubleClickZoom: false,
    bounds: boxOf(areas), fitBoundsOptions: { padding: 40, animate: false, maxZoom: 17 },
  });
  map.on("load", () => {
    if (figure.hasAttribute("data-drafting")) edit(map, figure, areas);
    // The form beside it gives the frame its height and has just folded its hints: fitted anew, no border is cut off.
    map.resize();
    map.fitBounds(boxOf(areas), { padding: 40, animate: false, maxZoom: 17 });
    figure.map = map;
    figure.dataset.drawn = "";
  });
}

function boxOf(areas) {
  const box = new maplibre.LngLatBounds();
  for (const line of areas.features.flatMap((area) => linesOf(area.geometry))) for (const pair of line) box.extend(pair);
  return box;
}

const collection = (features) => ({ type: "FeatureCollection", features });

function drawnFrom(areas) {
  const picked = ["boolean", ["feature-state", "picked"], false];
  return {
    sources: {
      areas: { type: "geojson", data: areas, promoteId: "code" },
      drawn: { type: "geojson", data: collection([]) },
    },
    layers: [
      { id: "fill", type: "fill", source: "areas", paint: { "fill-color": ["case", picked, token("--accent"), token("--surface")], "fill-opacity": ["case", picked, 0.28, 0.8] } },
      { id: "edge", type: "line", source: "areas", layout: { "line-join": "round" }, paint: { "line-color": token("--edge"), "line-width": 2 } },
      { id: "corners", type: "circle", source: "areas", minzoom: 13, paint: { "circle-radius": 3, "circle-color": token("--surface"), "circle-stroke-color": token("--edge"), "circle-stroke-width": 1.5 } },
      { id: "names", type: "symbol", source: "areas", layout: { "text-field": ["get", "name"], "text-size": 13, "text-max-width": 7 }, paint: { "text-color": token("--ink"), "text-halo-color": token("--surface"), "text-halo-width": 2 } },
      { id: "drawn-fill", type: "fill", source: "drawn", filter: ["==", "$type", "Polygon"], paint: { "fill-color": token("--accent"), "fill-opacity": 0.18 } },
      { id: "drawn-line", type: "line", source: "drawn", paint: { "line-color": token("--accent"), "line-width": 3, "line-dasharray": [2, 1] } },
      { id: "drawn-points", type: "circle", source: "drawn", filter: ["==", "$type", "Point"], paint: { "circle-radius": 6, "circle-color": token("--accent"), "circle-stroke-color": token("--surface"), "circle-stroke-width": 2 } },
    ],
  };
}

function edit(map, figure, areas) {
  const form = document.getElementById("step");
  const points = form.elements.points;
  const picks = [...document.querySelectorAll("[data-area-pick]")];
  const say = figure.querySelector("[data-say]");
  const kind = () => form.elements.kind.value;
  const pairs = () => readPairs(points.value);
  let held = null; // the corner being moved

  const told = (text, values = {}) => { say.textContent = Object.entries(values).reduce((line, [name, value]) => line.replace(`{${name}}`, value), text); };
  const shown = () => map.getSource("drawn").setData(collection(shapeOf(pairs(), kind())));
  const marked = () => {
    for (const pick of picks) map.setFeatureState({ source: "areas", id: pick.value }, { picked: pick.checked });
    const names = picks.filter((pick) => pick.checked).map((pick) => pick.dataset.areaPick);
    told(names.length ? figure.dataset.sayPicked : "", { names: names.join("、") });
  };
  const written = (list) => {
    points.value = list.map(([lon, lat]) => `${lon.toFixed(7)},${lat.toFixed(7)}`).join("\n");
    shown();
    told(figure.dataset.sayPoint, { n: list.length });
  };
  const codeAt = (pixel) => map.queryRenderedFeatures(pixel, { layers: ["fill"] })[0]?.properties.code;
  const near = (pixel) => cornerNear(areas, pixel, (pair) => map.project(pair), REACH);

  // A line is meant for the area it runs through, unless one was chosen.
  function chosenByLine(list) {
    if (kind() !== "split" || list.length < 2 || picks.some((pick) => pick.checked)) return;
    const [start, end] = list.slice(-2);
    const code = codeAt(map.project([(start[0] + end[0]) / 2, (start[1] + end[1]) / 2]));
    const pick = picks.find((one) => one.value === code);
    if (pick) { pick.checked = true; marked(); told(figure.dataset.sayPicked, { names: pick.dataset.areaPick }); }
  }

  function pressed(pixel, pair) {
    if (kind() === "merge") {
      const pick = picks.find((one) => one.value === codeAt(pixel));
      if (pick) { pick.checked = !pick.checked; marked(); }
    } else if (kind() === "move") {
      if (held) return dropped(pair);
      held = near(pixel);
      told(held ? figure.dataset.sayHeld : figure.dataset.sayNone);
    } else {
      const list = [...pairs(), pair];
      written(list);
      chosenByLine(list);
    }
  }

  function dropped(pair) {
    written([held, pair]);
    told(figure.dataset.sayCorner);
    held = null;
    form.requestSubmit();
  }

  map.on("click", (event) => { if (kind() !== "move") pressed(event.point, event.lngLat.toArray()); });
  map.on("mousedown", (event) => {
    if (kind() !== "move" || !(held = near(event.point))) return;
    event.preventDefault();
    const start = held;
    const drag = (at) => map.getSource("areas").setData(moved(areas, start, at.lngLat.toArray()));
    map.on("mousemove", drag);
    map.once("mouseup", (at) => {
      map.off("mousemove", drag);
      const far = Math.hypot(at.point.x - event.point.x, at.point.y - event.point.y);
      if (far > 3) return dropped(at.lngLat.toArray());
      held = null;
      map.getSource("areas").setData(areas);
    });
  });
  map.getCanvas().addEventListener("keydown", (event) => {
    if (event.key === "Enter") { const middle = map.getCenter(); pressed(map.project(middle), middle.toArray()); }
    else if (event.key === "Backspace") written(pairs().slice(0, -1));
    else if (event.key === "Escape") { held = null; written([]); }
    else return;
    event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "z" || !(event.ctrlKey || event.metaKey) || isTyping(event.target)) return;
    event.preventDefault();
    if (pairs().length) written(pairs().slice(0, -1));
    else document.querySelector("[data-undo]")?.requestSubmit();
  });
  points.addEventListener("input", shown);
  for (const pick of picks) pick.addEventListener("change", marked);
  form.addEventListener("change", () => { hint(form, kind()); shown(); });
  const clear = form.querySelector("[data-clear]");
  clear.hidden = false;
  clear.addEventListener("click", () => { held = null; written([]); for (const pick of picks) pick.checked = false; marked(); });
  hint(form, kind());
  marked();
  shown();
}

function hint(form, kind) {
  const hints = form.querySelector("[data-hints]");
  hints.dataset.one = "";
  for (const line of hints.children) line.toggleAttribute("data-here", line.dataset.for === kind);
}
