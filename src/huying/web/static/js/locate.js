// "Just here": the phone's position into the form's hidden fields. Refused or failed, the address field is still there.
// Where the form names an address for it (data-here beside the note), the place is said in words, so that a wrong one
// is seen; a point can be taken away again.
export function offerLocation(root) {
  for (const button of root.querySelectorAll("[data-unplace]")) {
    const form = button.closest("form");
    form.addEventListener("place:found", () => say(form));
    button.addEventListener("click", () => { unplace(form); form.elements.place.focus(); });
    if (form.elements.lon.value) known(form);
  }
  if (!navigator.geolocation) return;
  for (const button of root.querySelectorAll("[data-locate]")) {
    button.hidden = false;
    button.addEventListener("click", () => ask(button));
  }
}

const noteOf = (form) => form.querySelector("[data-place-note]");

export function note(form, words, wrong = false) {
  noteOf(form).textContent = words;
  noteOf(form).toggleAttribute("data-wrong", wrong);
}

function ask(button) {
  const form = button.form ?? button.closest("form");
  note(form, button.dataset.wordsBusy);
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      note(form, button.dataset.wordsFound);
      putPlace(form, coords.longitude, coords.latitude, coords.accuracy);
      placedBy(form, "point");
      if ("thenSend" in button.dataset) form.requestSubmit();
    },
    () => note(form, button.dataset.wordsFailed, true),
    { enableHighAccuracy: true, timeout: 10000, maximumAge: 60000 },
  );
}

export function putPlace(form, lon, lat, accuracy) {
  form.elements.lon.value = lon.toFixed(6);
  form.elements.lat.value = lat.toFixed(6);
  form.elements.accuracy.value = accuracy === null ? "" : Math.round(accuracy);
  form.dispatchEvent(new Event("place:found"));
}

// By "point" or by "name": a draft keeps it as well, so that a name typed anew takes the old one's point away.
export function placedBy(form, how) {
  form.dataset.placed = how;
  if (form.elements.placed) form.elements.placed.value = how;
}

// The point of a draft, or of a form that came back.
function known(form) {
  placedBy(form, form.elements.placed?.value || "point");
  note(form, noteOf(form).textContent || noteOf(form).dataset.wordsChosen);
  say(form);
}

export function unplace(form) {
  placedBy(form, "");
  for (const name of ["lon", "lat", "accuracy"]) form.elements[name].value = "";
  note(form, "");
  const button = form.querySelector("[data-unplace]");
  if (button) button.hidden = true;
  form.dispatchEvent(new Event("input"));
}

// Which street and community the point lies in, and how sure that is; no answer leaves the note as it was.
async function say(form) {
  form.querySelector("[data-unplace]").hidden = false;
  // A draft keeps the point as well.
  form.dispatchEvent(new Event("input"));
  const given = new FormData();
  for (const name of ["csrfmiddlewaretoken", "lon", "lat", "accuracy"]) given.set(name, form.elements[name].value);
  const answer = await fetch(noteOf(form).dataset.here, { method: "POST", body: given }).catch(() => null);
  if (!answer?.ok || form.elements.lon.value !== given.get("lon")) return;
  const { words, ours } = await answer.json();
  if (!ours) unplace(form);
  if (words) note(form, words, !ours);
}
