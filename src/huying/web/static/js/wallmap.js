// The points of the wall's map: read once, then moved by events.
import { mapOf } from "./map.js";

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

  function fit() {
    if (!map || fitted || points.size < 2) return;
    fitted = true;
    const lons = [...points.values()].map((one) => one.lon), lats = [...points.values()].map((one) => one.lat);
    // By all but the outermost: one far point must not make all others a dot.
    const [west, east] = ends(lons), [south, north] = ends(lats);
    map.fitBounds([[west, south], [east, north]], { padding: 56, maxZoom: 15, animate: false });
  }

  function take(told) {
    if (!told.open || told.lon === null) points.delete(told.case);
    else points.set(told.case, { lon: told.lon, lat: told.lat, urgency: told.urgency, tone: TONES[told.lamp], news: 1 });
    draw();
    setTimeout(() => { const point = points.get(told.case); if (point) { point.news = 0; draw(); } }, NEWS_FOR);
  }

  function pick(event) {
    const numbers = [...new Set(map.queryRenderedFeatures(event.point, { layers: ["points"] }).map((one) => one.properties.number))];
    picked.replaceChildren(...numbers.slice(0, SHOWN).map((number) => {
      const link = document.createElement("a");
      link.href = `/case/${number}`;
      link.textContent = number;
      return link;
    }));
    picked.hidden = numbers.length === 0;
  }

  function begin(figure) {
    map = mapOf(figure.dataset.map);
    const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
    map.setPaintProperty("points", "circle-radius", ["case", ["get", "urgent"], 8, 5]);
    map.setPaintProperty("points", "circle-stroke-width", 1);
    map.setLayoutProperty("points", "circle-sort-key", ["match", ["get", "tone"], "red", 3, "amber", 2, 1]);
    map.addLayer({ id: "news", type: "circle", source: "points", filter: ["==", ["get", "news"], 1], paint: {
      "circle-radius": 16, "circle-color": "transparent", "circle-stroke-color": token("--ink"), "circle-stroke-width": 2 } });
    map.on("click", pick);
    fit();
    draw();
  }

  const figure = document.querySelector(".wall-map [data-map]");
  if (figure.dataset.drawn !== undefined) begin(figure);
  else figure.addEventListener("map:drawn", () => begin(figure), { once: true });
  load();
  return { take, load };
}

function ends(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const cut = Math.floor(sorted.length * 0.01);
  return [sorted[cut], sorted[sorted.length - 1 - cut]];
}
