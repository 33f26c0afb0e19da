// A point picked on our own map; loaded only when somebody asks for it.
import { maplibre, openMap, token, written } from "./ground.js";
import { note, placedBy, putPlace } from "./locate.js";

const NEAR = 16;
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
    placedBy(form, "point");
    note(form, form.querySelector("[data-place-note]").dataset.wordsPinned);
    dialog.close();
  };
}

// What was found by position or by name is where the finger begins.
function showKnown(form, done) {
  const [lon, lat] = [form.elements.lon.value, form.elements.lat.value].map(Number);
  if (!form.elements.lon.value) return;
  map.jumpTo({ center: [lon, lat], zoom: NEAR });
  mark({ lng: lon, lat });
  done.disabled = false;
}

function mark(at) {
  marker ??= new maplibre.Marker({ color: token("--accent"), draggable: true });
  marker.setLngLat(at).addTo(map);
}

async function drawMap(place, { pin: address, ground }, done) {
  linkStyles();
  const areas = await (await fetch(address)).json();
  const drawn = openMap(place, {
    ground, draw: () => ({ sources: { areas: { type: "geojson", data: areas } }, layers: layersOf() }),
    ...(areas.features.length ? { bounds: boundsOf(areas), fitBoundsOptions: { padding: 16 } } : {}),
  });
  // In the whole district a finger is as broad as a block: the first tap comes closer, a further one mends it.
  const put = (at) => {
    mark(at);
    done.disabled = false;
    if (drawn.getZoom() < NEAR) drawn.jumpTo({ center: at, zoom: NEAR });
  };
  drawn.on("click", (event) => put(event.lngLat));
  // The arrow keys move the map; what lies in its middle is marked.
  drawn.getCanvas().addEventListener("keydown", (event) => { if (event.key === "Enter") put(drawn.getCenter()); });
  return drawn;
}

export function linkStyles() {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = new URL("../vendor/maplibre-gl.css", import.meta.url).href;
  document.head.append(link);
}

export const layersOf = () => [
  { id: "areas", type: "fill", source: "areas", paint: { "fill-color": token("--surface") } },
  { id: "edges", type: "line", source: "areas", paint: { "line-color": token("--edge"), "line-width": 1 } },
  { id: "names", type: "symbol", source: "areas", layout: { "text-field": ["get", "name"], "text-size": 13 }, paint: written() },
];

export function boundsOf(areas) {
  const box = new maplibre.LngLatBounds();
  const walk = (part) => (typeof part[0] === "number" ? box.extend(part) : part.forEach(walk));
  for (const feature of areas.features) walk(feature.geometry.coordinates);
  return box;
}
