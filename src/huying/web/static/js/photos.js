// Photos are made small before they are sent: 1600 px on the long side, JPEG, where the browser can.
// A picture that cannot be read is sent as it is. Marks: input[type=file][data-photos], [data-photo-row] beside it.
import { within } from "./within.js";

const LONG_SIDE = 1600;
const QUALITY = 0.82;
const SMALL_ENOUGH = 400 * 1024;

export function shrinkPhotos(root) {
  for (const input of within(root, "input[type=file][data-photos]")) {
    // Those that go up by themselves are made small on the way (uploads.js).
    if (input.closest("[data-uploads]")) continue;
    input.addEventListener("change", () => replace(input));
    offer(input);
  }
}

// A button of ours opens the picker: the browser's own speaks the browser's language, not the page's.
function offer(input) {
  const box = input.closest(".photos");
  const pick = box?.querySelector("[data-pick-photos]");
  if (!pick) return;
  pick.hidden = false;
  box.dataset.early = "";
  pick.addEventListener("click", () => input.click());
}

async function replace(input) {
  const limit = Number(input.dataset.photos) || 6;
  const note = input.closest(".photos")?.querySelector("[data-photo-note]");
  if (note) note.textContent = input.files.length > limit ? input.closest(".photos").dataset.wordsFull ?? "" : "";
  const files = [...input.files].slice(0, limit);
  input.setAttribute("aria-busy", "true");
  const small = await Promise.all(files.map(shrink));
  const basket = new DataTransfer();
  for (const file of small) basket.items.add(file);
  input.files = basket.files;
  input.removeAttribute("aria-busy");
  show(input, small);
}

export async function shrink(file) {
  if (!file.type.startsWith("image/") || file.size < SMALL_ENOUGH) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONG_SIDE / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
    if (!blob || blob.size >= file.size) return file;
    return new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg", lastModified: file.lastModified });
  } catch {
    return file;
  }
}

function show(input, files) {
  const row = input.closest(".photos")?.querySelector("[data-photo-row]");
  if (!row) return;
  row.replaceChildren(...files.map((file) => {
    const image = document.createElement("img");
    image.src = URL.createObjectURL(file);
    image.alt = file.name;
    image.onload = () => URL.revokeObjectURL(image.src);
    return image;
  }));
}
