// The public board on a map: one mark a community, as large as what was answered there. The list below is its equal.
import * as maplibre from "../vendor/maplibre-gl.mjs";
import { boundsOf, layersOf, linkStyles } from "./pin.js";

export async function showBoard(button) {
  const place = document.querySelector("[data-board-map]");
  button.hidden = true;
  place.hidden = false;
  linkStyles();
  const style = getComputedStyle(document.documentElement);
  const token = (name) => style.getPropertyValue(name).trim();
  const areas = await (await fetch(button.dataset.boardShow)).json();
  const spots = { type: "FeatureCollection", features: [...document.querySelectorAll("[data-spot]")].map(feature) };
  const around = areas.features.length ? areas : spots;
  const map = new maplibre.Map({
    container: place,
    attributionControl: false,
    dragRotate: false,
    fadeDuration: 0,
    localIdeographFontFamily: token("--sans"),
    style: { version: 8, sources: { areas: { type: "geojson", data: areas }, spots: { type: "geojson", data: spots } }, layers: [...layersOf(token), ...marks(token)] },
    ...(around.features.length ? { bounds: boundsOf(around), fitBoundsOptions: { padding: 24, maxZoom: 14 } } : {}),
  });
  map.addControl(new maplibre.NavigationControl({ showCompass: false }));
  map.on("click", "spots", (event) => { location.search = event.features[0].properties.open; });
  map.on("load", () => { place.dataset.drawn = ""; });
}

const feature = (line) => ({
  type: "Feature",
  properties: { n: Number(line.dataset.spot), label: line.dataset.spot, open: new URL(line.querySelector("a").href).search },
  geometry: { type: "Point", coordinates: [Number(line.dataset.lon), Number(line.dataset.lat)] },
});

const marks = (token) => [
  { id: "spots", type: "circle", source: "spots", paint: {
    "circle-radius": ["interpolate", ["linear"], ["sqrt", ["get", "n"]], 1, 14, 10, 32], "circle-color": token("--accent"),
    "circle-opacity": 0.9, "circle-stroke-color": token("--surface"), "circle-stroke-width": 2 } },
  { id: "counts", type: "symbol", source: "spots", layout: { "text-field": ["get", "label"], "text-size": 14, "text-allow-overlap": true },
    paint: { "text-color": token("--on-accent") } },
];
