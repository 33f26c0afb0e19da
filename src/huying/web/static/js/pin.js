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
  if (!map) map = await drawMap(dialog.querySelector("[data-pin-map]"), button.dataset, done);
  showKnown(form, done);
  done.onclick = () => {
    const at = marker.getLngLat();
    putPlace(form, at.lng, at.lat, null);
    form.dataset.placed = "point";
    const note = form.querySelector("[data-place-note]");
    note.textContent = note.dataset.wordsPinned;
    dialog.close();
  };
}

// What was found by position or by name is where the finger begins.
function showKnown(form, done) {
  const [lon, lat] = [form.elements.lon.value, form.elements.lat.value].map(Number);
  if (!form.elements.lon.value) return;
  map.jumpTo({ center: [lon, lat], zoom: 16 });
  mark({ lng: lon, lat });
  done.disabled = false;
}

function mark(at) {
  const style = getComputedStyle(document.documentElement);
  marker ??= new maplibre.Marker({ color: style.getPropertyValue("--accent").trim(), draggable: true });
  marker.setLngLat(at).addTo(map);
}

async function drawMap(place, { pin: address, ground }, done) {
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
    style: { version: 8, sources: { areas: { type: "geojson", data: areas }, ground: { type: "geojson", data: new URL(ground, location.href).href } },
      layers: [...layersOf(token).slice(0, 2), ...groundOf(token), ...layersOf(token).slice(2)] },
    ...(areas.features.length ? { bounds: boundsOf(areas), fitBoundsOptions: { padding: 16 } } : {}),
  });
  drawn.addControl(new maplibre.NavigationControl({ showCompass: false }));
  drawn.on("click", (event) => {
    mark(event.lngLat);
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

// Roads, water and names from our own gazetteer: by them people find where it was.
const groundOf = (token) => [
  { id: "roads", type: "line", source: "ground", filter: ["==", ["get", "kind"], "road"],
    paint: { "line-color": token("--line"), "line-width": ["interpolate", ["linear"], ["zoom"], 11, 1, 17, 10] } },
  { id: "rivers", type: "line", source: "ground", filter: ["==", ["get", "kind"], "river"],
    paint: { "line-color": token("--accent-wash"), "line-width": ["interpolate", ["linear"], ["zoom"], 11, 3, 17, 16] } },
  { id: "road-names", type: "symbol", source: "ground", minzoom: 12.5, filter: ["==", ["get", "kind"], "road"],
    layout: { "symbol-placement": "line", "text-field": ["get", "name"], "text-size": 12 },
    paint: { "text-color": token("--ink-soft"), "text-halo-color": token("--surface"), "text-halo-width": 2 } },
  { id: "spots", type: "symbol", source: "ground", minzoom: 13.5, filter: ["==", ["geometry-type"], "Point"],
    layout: { "text-field": ["get", "name"], "text-size": 12 },
    paint: { "text-color": token("--ink"), "text-halo-color": token("--surface"), "text-halo-width": 2 } },
];

export function boundsOf(areas) {
  const box = new maplibre.LngLatBounds();
  const walk = (part) => (typeof part[0] === "number" ? box.extend(part) : part.forEach(walk));
  for (const feature of areas.features) walk(feature.geometry.coordinates);
  return box;
}
