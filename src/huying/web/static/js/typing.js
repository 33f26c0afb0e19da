// While a report is typed: who said the same close by, and places of our own whose name is being typed. The lists
// stand where they are asked for and never take the focus; a slow or missing answer leaves the form as it was.
import { note, placedBy, putPlace, unplace } from "./locate.js";

const PAUSE = 600;
const SEND = ["csrfmiddlewaretoken", "text", "place", "area", "lon", "lat"];

export function offerWhileTyping(root) {
  for (const form of root.querySelectorAll("form[data-report]")) {
    watch(form, form.querySelector("[data-neighbours]"), ["text", "place", "lon"], "neighbours");
    watch(form, form.querySelector("[data-places]"), ["place"], "places");
    form.addEventListener("click", (event) => chosen(form, event));
    form.elements.place.addEventListener("input", (event) => event.isTrusted && forgetChosen(form));
  }
}

function watch(form, list, fields, mark) {
  if (!list) return;
  let timer = 0;
  let asking = null;
  const ask = async () => {
    asking?.abort();
    asking = new AbortController();
    const given = new FormData();
    for (const name of SEND) if (form.elements[name]) given.set(name, form.elements[name].value);
    try {
      const answer = await fetch(list.dataset[mark], { method: "POST", body: given, signal: asking.signal });
      if (answer.ok) put(list, await answer.text());
    } catch { /* No signal, or overtaken by the next question. */ }
  };
  form.addEventListener("input", (event) => {
    if (!fields.includes(event.target.name)) return;
    // A place that was tapped is chosen: to offer it again would look as if the tap had not counted.
    if (mark === "places" && (form.dataset.placed || !event.isTrusted)) return;
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  form.addEventListener("place:found", () => { if (mark === "neighbours") ask(); });
}

function put(list, part) {
  if (list.dataset.shown === part) return;
  list.dataset.shown = part;
  const page = new DOMParser().parseFromString(part, "text/html");
  list.replaceChildren(...page.body.childNodes);
}

function chosen(form, event) {
  // Pressed by hand, the form is sent by itself, whatever was tapped before it came back.
  if (event.isTrusted && event.target.closest("[data-send]")) form.elements.join.value = "";
  const join = event.target.closest("[data-join]");
  if (join) {
    form.elements.join.value = join.dataset.join;
    return form.requestSubmit(form.querySelector("[data-send]"));
  }
  const place = event.target.closest("[data-place]");
  if (!place) return undefined;
  form.elements.place.value = place.dataset.place;
  if (place.dataset.lon) {
    putPlace(form, Number(place.dataset.lon), Number(place.dataset.lat), null);
    placedBy(form, "name");
  }
  form.querySelector("[data-places]").replaceChildren();
  delete form.querySelector("[data-places]").dataset.shown;
  form.elements.place.dispatchEvent(new Event("input", { bubbles: true }));
  if (place.dataset.lon) note(form, form.querySelector("[data-place-note]").dataset.wordsChosen);
  form.elements.place.focus();
  return undefined;
}

// Another address is typed: the point that came with the name before is not its.
function forgetChosen(form) {
  if (form.dataset.placed !== "name") return;
  unplace(form);
}
