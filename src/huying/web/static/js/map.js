// A map of our own areas, roads and points, without a tile host. The list beside it is its equal: choosing in one shows in the other.
import { within } from "./within.js";
import * as maplibre from "../vendor/maplibre-gl.mjs";

maplibre.setWorkerUrl(new URL("../vendor/maplibre-gl-worker.mjs", import.meta.url).href);

const maps = new Map();
export const mapOf = (key) => maps.get(key);

export function drawMaps(root) {
  for (const figure of within(root, "[data-map]")) draw(figure);
}

async function draw(figure) {
  const data = JSON.parse(document.getElementById(figure.dataset.map).textContent);
  const style = getComputedStyle(document.documentElement);
  const token = (name) => style.getPropertyValue(name).trim();
  const map = new maplibre.Map({
    container: figure.querySelector(".map-canvas"),
    style: await styleOf(data, token),
    center: data.centre ?? centreOf(data.points),
    zoom: data.zoom,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    fadeDuration: 0,
    localIdeographFontFamily: token("--sans"),
  });
  map.addControl(new maplibre.NavigationControl({ showCompass: false }));
  maps.set(figure.dataset.map, map);
  map.on("load", () => { fit(map, data); tie(map, figure, data); figure.dataset.drawn = ""; figure.dispatchEvent(new Event("map:drawn")); });
}

const centreOf = (points) => points.length ? [points[0].lon, points[0].lat] : [113.94, 22.55];

function collection(points) {
  return { type: "FeatureCollection", features: points.map((point, index) => ({
    type: "Feature", id: index, properties: { label: point.label, tone: point.tone, index },
    geometry: { type: "Point", coordinates: [point.lon, point.lat] } })) };
}

async function styleOf(data, token) {
  const sources = { points: { type: "geojson", data: collection(data.points) } };
  const layers = [{ id: "ground", type: "background", paint: { "background-color": token("--sunken") } }];
  for (const [name, address] of Object.entries(data.sources)) {
    sources[name] = { type: "geojson", data: new URL(address, location.href).href };
    layers.push(...(name === "roads" ? roads(name, token) : areas(name, token)));
  }
  const tone = ["match", ["get", "tone"], "red", token("--red-mark"), "amber", token("--amber-mark"), "green", token("--green-mark"), token("--accent")];
  layers.push({ id: "points", type: "circle", source: "points", paint: {
    "circle-radius": ["match", ["get", "tone"], "red", 8, 6], "circle-color": tone, "circle-stroke-color": token("--surface"), "circle-stroke-width": 2 } });
  layers.push({ id: "names", type: "symbol", source: "points", minzoom: 14, layout: {
    "text-field": ["get", "label"], "text-size": 12, "text-offset": [0, 1.2], "text-anchor": "top" }, paint: {
    "text-color": token("--ink"), "text-halo-color": token("--surface"), "text-halo-width": 1.5 } });
  return { version: 8, sources, layers };
}

function areas(name, token) {
  return [
    { id: `${name}-fill`, type: "fill", source: name, paint: { "fill-color": token("--surface"), "fill-opacity": 0.7 } },
    { id: `${name}-edge`, type: "line", source: name, paint: { "line-color": token("--edge"), "line-width": name === "grids" ? 0.75 : 1.5 } },
    { id: `${name}-names`, type: "symbol", source: name, minzoom: name === "grids" ? 15 : 11, layout: { "text-field": ["get", "name"], "text-size": 12 },
      paint: { "text-color": token("--ink-faint"), "text-halo-color": token("--surface"), "text-halo-width": 1.5 } },
  ];
}

function roads(name, token) {
  return [{ id: name, type: "line", source: name, paint: { "line-color": token("--line"), "line-width": ["interpolate", ["linear"], ["zoom"], 11, 1, 16, 6] } }];
}

function fit(map, data) {
  if (data.points.length < 2 || data.centre) return;
  const box = new maplibre.LngLatBounds();
  for (const point of data.points) box.extend([point.lon, point.lat]);
  map.fitBounds(box, { padding: 48, maxZoom: 16, animate: false });
}

function tie(map, figure, data) {
  const lines = [...figure.querySelectorAll("[data-point]")];
  map.on("click", "points", (event) => {
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
