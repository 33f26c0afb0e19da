// A form is sent once, however often it is pressed; the button says that it is on its way. Forms sent by htmx,
// and those marked data-again (a download), look after themselves.
import { within } from "./within.js";

export function guardPosts(root) {
  for (const form of within(root, "form[method=post]")) {
    if (form.matches("[hx-post], [data-hx-post], [data-again]")) continue;
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) return event.preventDefault();
      form.dataset.sent = "1";
      (event.submitter ?? form.querySelector("button"))?.setAttribute("aria-busy", "true");
    });
  }
  addEventListener("pageshow", () => {
    for (const form of within(root, "form[data-sent]")) {
      delete form.dataset.sent;
      form.querySelector("[aria-busy]")?.removeAttribute("aria-busy");
    }
  });
}
