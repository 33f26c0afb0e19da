// A form is sent once, however often it is pressed; the button says that it is on its way. Where a gate is given, a form
// leaves only when that lets it through: else the page stays as it is (line_lost.js). Forms sent by htmx, and those
// marked data-again (a download), look after themselves.
const APART = "[hx-post], [data-hx-post], [data-again]";
const ours = (form) => form.matches("form[method=post]") && !form.matches(APART);

// Once for the page: a form that comes later is guarded too, and none of them twice.
export function guardPosts(gate = null) {
  document.addEventListener("submit", (event) => { if (ours(event.target)) send(event.target, event, gate); });
  addEventListener("pageshow", () => { for (const form of document.querySelectorAll("form[data-sent]")) rest(form); });
}

function send(form, event, gate) {
  if (event.defaultPrevented) return;
  if (form.dataset.sent === "once") return event.preventDefault();
  const asked = form.dataset.sent === "asked";
  const button = event.submitter ?? form.querySelector("button");
  form.dataset.sent = "once";
  button?.setAttribute("aria-busy", "true");
  if (!gate || asked) return;
  event.preventDefault();
  gate(form, button).then((through) => {
    if (!through) return rest(form);
    form.dataset.sent = "asked";
    // What was decided is sent, even where another case has taken the form's place meanwhile.
    if (!form.isConnected) document.body.append(form);
    form.requestSubmit(event.submitter);
  });
}

function rest(form) {
  delete form.dataset.sent;
  form.querySelector("[aria-busy]")?.removeAttribute("aria-busy");
}
