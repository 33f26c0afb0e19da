// "Just here": the phone's position into the form's hidden fields. Refused or failed, the address field is still there.
export function offerLocation(root) {
  if (!navigator.geolocation) return;
  for (const button of root.querySelectorAll("[data-locate]")) {
    button.hidden = false;
    button.addEventListener("click", () => ask(button));
  }
}

function ask(button) {
  const form = button.form ?? button.closest("form");
  const note = form.querySelector("[data-place-note]");
  note.textContent = button.dataset.wordsBusy;
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      putPlace(form, coords.longitude, coords.latitude, coords.accuracy);
      note.textContent = button.dataset.wordsFound;
      form.dataset.placed = "point";
    },
    () => { note.textContent = button.dataset.wordsFailed; },
    { enableHighAccuracy: true, timeout: 10000, maximumAge: 60000 },
  );
}

export function putPlace(form, lon, lat, accuracy) {
  form.elements.lon.value = lon.toFixed(6);
  form.elements.lat.value = lat.toFixed(6);
  form.elements.accuracy.value = accuracy === null ? "" : Math.round(accuracy);
  form.dispatchEvent(new Event("place:found"));
}
