// Residents' pages. Everything here is a convenience: reporting and tracking work without it.
import { forget, keepDrafts } from "./autosave.js";
import { countLeft } from "./count.js";
import { offerDictation } from "./dictate.js";
import { openDialogs } from "./dialog.js";
import { followTrack } from "./follow.js";
import { focusFirstWrong } from "./forms.js";
import { offerLocation } from "./locate.js";
import { keepOffline, renewOffline } from "./offline.js";
import { guardPosts } from "./posts.js";
import { offerReading } from "./aloud.js";
import { offerWhileTyping } from "./typing.js";
import { forgetPhotos, sendPhotosEarly } from "./uploads.js";

for (const mark of document.querySelectorAll("[data-forget-draft]")) {
  forget(mark.dataset.forgetDraft);
  forgetPhotos();
}
renewOffline(document);
openDialogs(document);
keepDrafts(document);
sendPhotosEarly(document);
guardPosts();
focusFirstWrong(document);
countLeft(document);
offerDictation(document);
offerLocation(document);
offerReading(document);
offerWhileTyping(document);
followTrack(document);
keepOffline(document);
for (const button of document.querySelectorAll("[data-board-show]")) {
  button.hidden = false;
  button.addEventListener("click", async () => (await import("./board.js")).showBoard(button));
}
for (const button of document.querySelectorAll("[data-pin]")) {
  button.hidden = false;
  button.addEventListener("click", async () => (await import("./pin.js")).pickPoint(button));
}
// For whoever measures: from here on every button does what it says.
performance.mark("huying:ready");
document.documentElement.dataset.ready = "";
