// What every map stands on: our own roads, water and names, online tiles where a setting names them, and the colours of day and night.
import * as maplibre from "../vendor/maplibre-gl.mjs";
import { tilesOf } from "./tiles.js";

maplibre.setWorkerUrl(new URL("../vendor/maplibre-gl-worker.mjs", import.meta.url).href);

export { maplibre };
export const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

// `draw()` gives the sources and layers above the ground in the colours of this moment; it is asked again when night falls.
export function openMap(container, { ground = "", draw, ...options }) {
  const style = () => {
    const drawn = draw(), tiles = tilesOf(maplibre);
    return { version: 8, sources: { ...tiles.sources, ...sourcesOf(ground), ...drawn.sources },
      layers: [{ id: "ground", type: "background", paint: { "background-color": token("--sunken") } },
        ...tiles.layers, ...between(drawn.layers, ground && !tiles.layers.length ? waysOf(ground) : [], tiles.layers.length > 0)] };
  };
  const map = new maplibre.Map({
    container, style: style(), locale: words(), attributionControl: false, dragRotate: false, pitchWithRotate: false, fadeDuration: 0,
    localIdeographFontFamily: token("--sans"), ...options });
  const credit = tilesOf(maplibre).credit;
  if (credit) map.addControl(new maplibre.AttributionControl({ compact: false, customAttribution: credit }));
  map.addControl(new maplibre.NavigationControl({ showCompass: false }));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => recolour(map, style().layers));
  return map;
}

// Ways lie over the fill of the areas and under everything that is written; over tiles an area is hardly more than its border.
function between(layers, ways, tiled) {
  const first = layers.findIndex((layer) => layer.type !== "fill");
  const at = first === -1 ? layers.length : first;
  const fills = layers.slice(0, at).map((layer) => (tiled ? { ...layer, paint: { ...layer.paint, "fill-opacity": thin(layer.paint["fill-opacity"]) } } : layer));
  return [...fills, ...ways, ...layers.slice(at)];
}

// What is picked stays to be seen.
const thin = (opacity) => (Array.isArray(opacity) ? [...opacity.slice(0, -1), 0.12] : 0.12);

// What was drawn since stays: only the colours change.
function recolour(map, layers) {
  for (const { id, paint = {} } of layers) {
    if (!map.getLayer(id)) continue;
    for (const [name, value] of Object.entries(paint)) if (/-color$|^raster-/.test(name)) map.setPaintProperty(id, name, value);
  }
}

// What the map itself says to whoever listens, in the language of the page.
function words() {
  const { title, nearer, farther } = document.querySelector('meta[name="huying:map"]')?.dataset ?? {};
  return title ? { "Map.Title": title, "NavigationControl.ZoomIn": nearer, "NavigationControl.ZoomOut": farther } : {};
}

// One file, or tiles where the address has places for their numbers.
const tiled = (ground) => ground.includes("{z}");
const sourcesOf = (ground) => (!ground ? {} : { ways: tiled(ground)
  ? { type: "vector", tiles: [location.origin + ground], minzoom: 8, maxzoom: 15 }
  : { type: "geojson", data: new URL(ground, location.href).href } });
export const written = (colour = "--ink-soft") => ({ "text-color": token(colour), "text-halo-color": token("--surface"), "text-halo-width": 2 });

const waysOf = (ground) => drawnWays().map((layer) => (tiled(ground) ? { ...layer, "source-layer": "ways" } : layer));

const drawnWays = () => [
  { id: "waters", type: "fill", source: "ways", filter: ["==", ["get", "kind"], "water"], paint: { "fill-color": token("--water") } },
  { id: "roads", type: "line", source: "ways", filter: ["==", ["get", "kind"], "road"],
    paint: { "line-color": token("--line"), "line-width": ["interpolate", ["linear"], ["zoom"], 11, 1, 17, 10] } },
  { id: "rivers", type: "line", source: "ways", filter: ["==", ["get", "kind"], "river"],
    paint: { "line-color": token("--water"), "line-width": ["interpolate", ["linear"], ["zoom"], 11, 3, 17, 16] } },
  { id: "road-names", type: "symbol", source: "ways", minzoom: 12.5, filter: ["==", ["get", "kind"], "road"],
    layout: { "symbol-placement": "line", "text-field": ["get", "name"], "text-size": 12 }, paint: written() },
  { id: "river-names", type: "symbol", source: "ways", minzoom: 12, filter: ["==", ["get", "kind"], "river"],
    layout: { "symbol-placement": "line", "text-field": ["get", "name"], "text-size": 12 }, paint: written("--accent") },
  { id: "water-names", type: "symbol", source: "ways", minzoom: 12, filter: ["==", ["get", "kind"], "water"],
    layout: { "text-field": ["get", "name"], "text-size": 12 }, paint: written("--accent") },
  { id: "spots-named", type: "symbol", source: "ways", minzoom: 13.5, filter: ["==", ["geometry-type"], "Point"],
    layout: { "text-field": ["get", "name"], "text-size": 12 }, paint: written("--ink") },
];
