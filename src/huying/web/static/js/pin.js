// A point picked on our own map; loaded only when somebody asks for it.
import * as maplibre from "../vendor/maplibre-gl.mjs";
import { putPlace } from "./locate.js";

maplibre.setWorkerUrl(new URL("../vendor/maplibre-gl-worker.mjs", import.meta.url).href);

let map = null;
let marker = null;

export async function pickPoint(button) {
  const form = button.closest("form");
  const dialog = document.getElementById("pin-dialog");
  const done = dialog.querySelector("[data-pin-done]");
  dialog.showModal();
  if (!map) map = await drawMap(dialog.querySelector("[data-pin-map]"), button.dataset.pin, done);
  done.onclick = () => {
    const at = marker.getLngLat();
    putPlace(form, at.lng, at.lat, null);
    form.dataset.placed = "point";
    const note = form.querySelector("[data-place-note]");
    note.textContent = note.dataset.wordsPinned;
    dialog.close();
  };
}

async function drawMap(place, address, done) {
  linkStyles();
  const style = getComputedStyle(document.documentElement);
  const token = (name) => style.getPropertyValue(name).trim();
  const areas = await (await fetch(address)).json();
  const drawn = new maplibre.Map({
    container: place,
    attributionControl: false,
    dragRotate: false,
    fadeDuration: 0,
    localIdeographFontFamily: token("--sans"),
    style: { version: 8, sources: { areas: { type: "geojson", data: areas } }, layers: layersOf(token) },
    ...(areas.features.length ? { bounds: boundsOf(areas), fitBoundsOptions: { padding: 16 } } : {}),
  });
  drawn.addControl(new maplibre.NavigationControl({ showCompass: false }));
  drawn.on("click", (event) => {
    marker ??= new maplibre.Marker({ color: token("--accent"), draggable: true });
    marker.setLngLat(event.lngLat).addTo(drawn);
    done.disabled = false;
  });
  return drawn;
}

export function linkStyles() {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = new URL("../vendor/maplibre-gl.css", import.meta.url).href;
  document.head.append(link);
}

export const layersOf = (token) => [
  { id: "ground", type: "background", paint: { "background-color": token("--sunken") } },
  { id: "areas", type: "fill", source: "areas", paint: { "fill-color": token("--surface") } },
  { id: "edges", type: "line", source: "areas", paint: { "line-color": token("--edge"), "line-width": 1 } },
  { id: "names", type: "symbol", source: "areas", layout: { "text-field": ["get", "name"], "text-size": 13 },
    paint: { "text-color": token("--ink-soft"), "text-halo-color": token("--surface"), "text-halo-width": 2 } },
];

export function boundsOf(areas) {
  const box = new maplibre.LngLatBounds();
  const walk = (part) => (typeof part[0] === "number" ? box.extend(part) : part.forEach(walk));
  for (const feature of areas.features) walk(feature.geometry.coordinates);
  return box;
}
