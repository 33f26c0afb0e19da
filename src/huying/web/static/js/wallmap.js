// The points of the wall's map: read once, then moved by events.
import { fill, mapOf } from "./map.js";

const TONES = { red: "red", yellow: "amber", green: "green", still: "plain" };
const SHOWN = 5, NEWS_FOR = 8000, EVERYWHERE = "-180,-90,180,90";

export function keepPoints() {
  const note = document.querySelector("[data-points]");
  const picked = document.querySelector("[data-picked]");
  const points = new Map();
  let map = null, drawing = 0, full = false, fitted = false;

  const feature = (number, point) => ({
    type: "Feature", properties: { number, tone: point.tone, label: "", urgent: point.urgency >= 3, news: point.news ?? 0 },
    geometry: { type: "Point", coordinates: [point.lon, point.lat] } });

  function draw() {
    clearTimeout(drawing);
    drawing = setTimeout(() => {
      const features = [...points].map(([number, point]) => feature(number, point));
      map?.getSource("points").setData({ type: "FeatureCollection", features });
      note.textContent = full ? note.dataset.full : `${points.size} ${note.dataset.count}`;
    }, 120);
  }

  async function load() {
    const address = new URL(note.dataset.points, location.href);
    address.searchParams.set("bbox", EVERYWHERE);
    const answer = await fetch(address, { cache: "no-store" }).catch(() => null);
    if (!answer?.ok) return;
    const told = await answer.json();
    points.clear();
    for (const [at, id] of told.id.entries()) {
      points.set(`${told.district}-${String(id).padStart(9, "0")}`,
        { lon: told.lon[at], lat: told.lat[at], urgency: told.urgency[at], tone: TONES[told.lamps[told.lamp[at]]] });
    }
    full = told.full;
    fit();
    draw();
  }

  // The key lies over the map: what is north must not hide below it.
  const edges = () => { const side = Math.min(56, map.getContainer().clientWidth / 16); return { top: side / 2, bottom: side, left: side, right: side }; };

  const frame = () => ({ ...edges(), top: edges().top + note.parentElement.offsetHeight });

  // The whole of the area; where nobody drew it, what is known to lie in it.
  async function fit() {
    if (!map || fitted || points.size < 2) return;
    fitted = true;
    const { sources } = JSON.parse(document.getElementById(figure.dataset.map).textContent);
    if (await fill(map, sources.areas, frame())) return;
    const lons = [...points.values()].map((one) => one.lon), lats = [...points.values()].map((one) => one.lat);
    // By all but the outermost: one far point must not make all others a dot.
    const [west, east] = ends(lons), [south, north] = ends(lats);
    map.fitBounds([[west, south], [east, north]], { padding: frame(), maxZoom: 15, animate: false });
  }

  function take(told) {
    if (!told.open || told.lon === null) points.delete(told.case);
    else points.set(told.case, { lon: told.lon, lat: told.lat, urgency: told.urgency, tone: TONES[told.lamp], news: 1 });
    draw();
    setTimeout(() => { const point = points.get(told.case); if (point) { point.news = 0; draw(); } }, NEWS_FOR);
  }

  function pick(event) {
    const numbers = [...new Set(map.queryRenderedFeatures(event.point, { layers: ["points", "marks"] }).map((one) => one.properties.number))];
    picked.replaceChildren(...numbers.slice(0, SHOWN).map((number) => {
      const link = document.createElement("a");
      link.href = `/case/${number}`;
      link.textContent = number;
      return link;
    }));
    picked.hidden = numbers.length === 0;
  }

  // People on duty, where their area's name is written: squares, so that nobody takes them for a case.
  const duty = document.querySelector("[data-duty]");
  let people = { type: "FeatureCollection", features: [] };
  async function loadDuty() {
    if (!duty) return;
    const answer = await fetch(duty.dataset.duty, { cache: "no-store" }).catch(() => null);
    if (!answer?.ok) return;
    people = await answer.json();
    map?.getSource("duty")?.setData(people);
  }
  function showPeople(event) {
    const found = map.queryRenderedFeatures(event.point, { layers: ["duty"] })[0];
    if (!found) return;
    const link = document.createElement("a");
    link.href = found.properties.href;
    link.textContent = `■ ${found.properties.names}`;
    picked.append(link);
    picked.hidden = false;
  }

  function begin(figure) {
    map = mapOf(figure.dataset.map);
    const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
    const type = parseFloat(getComputedStyle(document.documentElement).fontSize);
    // Late and nearly late ones have the shapes of the lamps: nobody need tell red from green.
    const large = ["case", ["get", "urgent"], 1.5, 1], shape = ["match", ["get", "tone"], "red", "◆", "amber", "▲", ""];
    map.setFilter("points", ["!", ["in", ["get", "tone"], ["literal", ["red", "amber"]]]]);
    map.setPaintProperty("points", "circle-radius", ["*", 5, large]);
    map.setPaintProperty("points", "circle-stroke-width", 1);
    map.addLayer({ id: "marks", type: "symbol", source: "points", filter: ["in", ["get", "tone"], ["literal", ["red", "amber"]]], layout: {
      "text-field": shape, "text-size": ["*", 18, large], "text-allow-overlap": true, "text-ignore-placement": true,
      "symbol-sort-key": ["match", ["get", "tone"], "red", 2, 1] },
      paint: { "text-color": ["match", ["get", "tone"], "red", token("--red-mark"), token("--amber-mark")], "text-halo-color": token("--surface"), "text-halo-width": 1.5 } });
    map.addLayer({ id: "news", type: "circle", source: "points", filter: ["==", ["get", "news"], 1], paint: {
      "circle-radius": 16, "circle-color": "transparent", "circle-stroke-color": token("--ink"), "circle-stroke-width": 2 } });
    map.addSource("duty", { type: "geojson", data: people });
    map.addLayer({ id: "duty", type: "symbol", source: "duty", layout: { "text-field": "■", "text-size": 9, "text-allow-overlap": true, "text-ignore-placement": true },
      paint: { "text-color": token("--ink-faint"), "text-halo-color": token("--surface"), "text-halo-width": 1 } }, "points");
    // The names of the areas are read first, from across the room.
    map.setLayoutProperty("areas-names", "text-size", type * 1.1);
    map.setPaintProperty("areas-names", "text-color", token("--ink"));
    map.moveLayer("areas-names");
    map.on("click", (event) => { pick(event); showPeople(event); });
    fit();
    draw();
  }

  const figure = document.querySelector(".wall-map [data-map]");
  if (figure.dataset.drawn !== undefined) begin(figure);
  else figure.addEventListener("map:drawn", () => begin(figure), { once: true });
  load();
  loadDuty();
  return { take, load: () => { load(); loadDuty(); } };
}

function ends(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const cut = Math.floor(sorted.length * 0.01);
  return [sorted[cut], sorted[sorted.length - 1 - cut]];
}
