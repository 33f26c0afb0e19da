// The public board on a map: one mark a community, as large as what was answered there. The list below is its equal.
import { openMap, token, written } from "./ground.js";
import { boundsOf, layersOf, linkStyles } from "./pin.js";

export async function showBoard(button) {
  const place = document.querySelector("[data-board-map]");
  button.hidden = true;
  place.hidden = false;
  linkStyles();
  const areas = await (await fetch(button.dataset.boardShow)).json();
  const spots = { type: "FeatureCollection", features: [...document.querySelectorAll("[data-spot]")].map(feature) };
  const close = "closeUp" in button.dataset;
  const around = areas.features.length && !close ? areas : spots;
  const map = openMap(place, {
    ground: button.dataset.ground,
    draw: () => ({ sources: { areas: { type: "geojson", data: areas }, spots: { type: "geojson", data: spots } }, layers: besides(layersOf(), marks(close, button.dataset.closeUp === "numbers")) }),
    ...(around.features.length ? { bounds: boundsOf(around), fitBoundsOptions: { padding: close ? 48 : 24, maxZoom: 14 } } : {}),
  });
  map.on("click", "spots", (event) => { location.assign(event.features[0].properties.open); });
  map.on("load", () => { place.dataset.drawn = ""; });
}

const feature = (line) => ({
  type: "Feature",
  properties: { n: Number(line.dataset.spot), label: line.dataset.spot, name: line.dataset.name, open: line.querySelector("a").href },
  geometry: { type: "Point", coordinates: [Number(line.dataset.lon), Number(line.dataset.lat)] },
});

// Names lie over the marks and make way for the numbers, which are placed first.
const besides = ([fill, edges, names], [spots, ...written]) => [fill, edges, spots,
  { ...names, layout: { ...names.layout, "text-variable-anchor": ["center", "top", "bottom", "left", "right"], "text-radial-offset": 1.4, "text-allow-overlap": true } },
  ...written];

// Numbers of a list are all of one size, and their names stand in the list.
const marks = (named, numbers) => [
  { id: "spots", type: "circle", source: "spots", paint: {
    "circle-radius": numbers ? 14 : ["interpolate", ["linear"], ["sqrt", ["get", "n"]], 1, 14, 10, 32], "circle-color": token("--accent"),
    "circle-opacity": 0.9, "circle-stroke-color": token("--surface"), "circle-stroke-width": 2 } },
  { id: "counts", type: "symbol", source: "spots", layout: { "text-field": ["get", "label"], "text-size": 14, "text-allow-overlap": true, "text-padding": 12 },
    paint: { "text-color": token("--on-accent") } },
  ...(named && !numbers ? [{ id: "called", type: "symbol", source: "spots", layout: { "text-field": ["get", "name"], "text-size": 14, "text-offset": [0, 2.2], "text-allow-overlap": true }, paint: written("--ink") }] : []),
];
