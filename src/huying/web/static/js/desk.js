// Every staff page. Each part looks for its own marks in the page and stays away when there are none.
import { keepDrafts } from "./autosave.js";
import { ringBell } from "./bell.js";
import { runClocks } from "./clock.js";
import { openDialogs } from "./dialog.js";
import { sendFilters } from "./filters.js";
import { focusFirstWrong } from "./forms.js";
import { askLine, mayAsk, watchLine } from "./line_lost.js";
import { walkLists } from "./list.js";
import { shrinkPhotos } from "./photos.js";
import { guardPosts } from "./posts.js";
import { within } from "./within.js";

function start(root) {
  keepDrafts(root);
  sendFilters(root);
  shrinkPhotos(root);
  focusFirstWrong(root);
  if (within(root, "[data-uploads]").length) import("./uploads.js").then((island) => island.sendPhotosEarly(root));
  if (within(root, "[data-chart]").length) import("./chart.js").then((island) => island.drawCharts(root));
  if (within(root, "[data-map]").length) import("./map.js").then((island) => island.drawMaps(root));
}

openDialogs(document);
walkLists(document);
runClocks(document);
watchLine(document);
guardPosts(mayAsk() ? askLine : null);
ringBell(document);
start(document);
// htmx says so for the whole page once, and then for every part that it has put in.
document.addEventListener("htmx:after:process", (event) => {
  if (event.target instanceof Element && event.target !== document.body) start(event.target);
});
