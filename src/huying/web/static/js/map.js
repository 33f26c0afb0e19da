// A map of our own areas, roads and points. The list beside it is its equal: choosing in one shows in the other.
import { maplibre, openMap, token, written } from "./ground.js";
import { within } from "./within.js";

const maps = new Map();
export const mapOf = (key) => maps.get(key);

export function drawMaps(root) {
  for (const figure of within(root, "[data-map]")) draw(figure);
}

function draw(figure) {
  const data = JSON.parse(document.getElementById(figure.dataset.map).textContent);
  const map = openMap(figure.querySelector(".map-canvas"), {
    ground: figure.dataset.ground, draw: () => drawn(data), center: data.centre ?? centreOf(data.points), zoom: data.zoom });
  maps.set(figure.dataset.map, map);
  map.on("load", () => { fit(map, data); tie(map, figure, data); figure.dataset.drawn = ""; figure.dispatchEvent(new Event("map:drawn")); });
}

const centreOf = (points) => points.length ? [points[0].lon, points[0].lat] : [113.94, 22.55];

function collection(points) {
  return { type: "FeatureCollection", features: points.map((point, index) => ({
    type: "Feature", id: index, properties: { label: point.label, tone: point.tone, mark: point.mark ?? "", index },
    geometry: { type: "Point", coordinates: [point.lon, point.lat] } })) };
}

function drawn(data) {
  const sources = { points: { type: "geojson", data: collection(data.points) } };
  const layers = [];
  for (const [name, address] of Object.entries(data.sources)) {
    sources[name] = { type: "geojson", data: new URL(address, location.href).href };
    layers.push(...outlines(name));
  }
  layers.sort((one, other) => (other.type === "fill") - (one.type === "fill"));
  const tone = ["match", ["get", "tone"], "red", token("--red-mark"), "amber", token("--amber-mark"), "green", token("--green-mark"), token("--accent")];
  layers.push(...onDuty("points"));
  layers.push({ id: "points", type: "circle", source: "points", filter: ["!=", ["get", "mark"], "duty"], paint: {
    "circle-radius": ["match", ["get", "tone"], "red", 8, 6], "circle-color": tone, "circle-stroke-color": token("--surface"), "circle-stroke-width": 2 } });
  // Where the points are the areas themselves, their words stand for the areas' names.
  const own = data.points.some((point) => point.mark === "area");
  layers.push({ id: "names", type: "symbol", source: "points", minzoom: own ? 0 : 14, layout: {
    "text-field": ["get", "label"], "text-size": 12, "text-offset": [0, 1.2], "text-anchor": "top" }, paint: written("--ink") });
  if (!own) layers.push(...Object.keys(data.sources).map(named));
  return { sources, layers };
}

// Somebody on duty: a square, so that it is told from a case by its shape and not by colour alone.
export const onDuty = (source) => [{ id: `${source}-duty`, type: "symbol", source, filter: ["==", ["get", "mark"], "duty"], layout: {
  "text-field": "■", "text-size": 10, "text-allow-overlap": true, "text-ignore-placement": true }, paint: written("--ink-soft") }];

const outlines = (name) => [
  { id: `${name}-fill`, type: "fill", source: name, paint: { "fill-color": token("--surface"), "fill-opacity": 0.7 } },
  { id: `${name}-edge`, type: "line", source: name, paint: { "line-color": token("--edge"), "line-width": name === "grids" ? 0.75 : 1.5 } },
];

// Over the points: no dot hides a name.
const named = (name) => ({ id: `${name}-names`, type: "symbol", source: name, minzoom: name === "grids" ? 15 : 11, layout: {
  "text-field": ["get", "name"], "text-size": 12 }, paint: written() });

function fit(map, data) {
  if (data.fit) { fill(map, new URL(data.sources[data.fit], location.href).href, 24); return; }
  if (data.points.length < 2 || data.centre) return;
  const box = new maplibre.LngLatBounds();
  for (const point of data.points) box.extend([point.lon, point.lat]);
  map.fitBounds(box, { padding: 48, maxZoom: 16, animate: false });
}

// By the outlines themselves: a district must not be a stamp in the middle of an empty frame.
export async function fill(map, address, padding) {
  const answer = await fetch(address, { headers: { Accept: "application/json" } }).catch(() => null);
  if (!answer?.ok) return false;
  const box = new maplibre.LngLatBounds();
  const widen = (part) => { if (typeof part[0] === "number") box.extend(part); else part.forEach(widen); };
  for (const area of (await answer.json()).features) widen(area.geometry.coordinates);
  if (box.isEmpty()) return false;
  map.resize();
  map.fitBounds(box, { padding, maxZoom: 16, animate: false });
  return true;
}

function tie(map, figure, data) {
  const lines = [...figure.querySelectorAll("[data-point]")];
  map.on("click", ["points", "points-duty"], (event) => {
    const line = lines[event.features[0].properties.index];
    for (const other of lines) other.toggleAttribute("data-here", other === line);
    line?.scrollIntoView({ block: "nearest" });
    line?.querySelector("a")?.focus({ preventScroll: true });
    figure.dispatchEvent(new CustomEvent("map:chosen", { bubbles: true, detail: { href: data.points[event.features[0].properties.index].href } }));
  });
  for (const [index, line] of lines.entries()) {
    line.addEventListener("focusin", () => {
      const point = data.points[index];
      map.easeTo({ center: [point.lon, point.lat], duration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 200 });
    });
  }
}
