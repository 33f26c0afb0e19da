// What is typed is not lost to a line that is down, a server that fails or a session that ended: before a form leaves
// its page the server is asked whether it is there and still knows who sits here; a part that did not come says so.
// Mark: template#line-lost (components/line_lost.html) holds the address to ask and the words.

const PATIENCE = 10_000;
const words = () => document.getElementById("line-lost")?.dataset;
const standing = () => document.querySelectorAll("[data-line-lost]");

export const mayAsk = () => words() !== undefined;

// "" when a form may leave, else the name of the words that say why it may not.
async function whatHolds() {
  const known = words();
  try {
    const answer = await fetch(known.here, { cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
    if (!answer.ok) return answer.status >= 500 ? "broken" : "lost";
    const { who, token } = await answer.json();
    if (String(who) !== known.who) return who ? "other" : "ended";
    for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
    return "";
  } catch {
    return "lost";
  }
}

// For a form about to leave: whether it may; why not is said beside its button.
export async function askLine(form, button) {
  const why = await whatHolds();
  if (why) sayLost(button?.closest(".row, p") ?? button ?? form.lastElementChild, why, { how: "before" });
  return !why;
}

// A notice in plain words, with a way on; one at a place.
export function sayLost(place, why, { how = "prepend", again = null } = {}) {
  const known = words();
  if (!known || !place) return;
  for (const old of place.parentElement.querySelectorAll("[data-line-lost]")) old.remove();
  const notice = document.createElement("div"), said = document.createElement("span");
  notice.className = "notice notice-amber";
  notice.dataset.lineLost = why;
  notice.setAttribute("role", "alert");
  said.className = "grow";
  said.textContent = known[why];
  notice.append(said, ...way(known, why, again, notice));
  if (how === "replace") place.replaceChildren(notice);
  else place[how](notice);
}

function way(known, why, again, notice) {
  const signIn = ["ended", "other"].includes(why);
  if (!signIn && !again) return [];
  const act = document.createElement(signIn ? "a" : "button");
  act.className = "button button-small";
  act.textContent = signIn ? known.signIn : known.again;
  if (signIn) Object.assign(act, { href: known.door, target: "_blank", rel: "noopener" });
  else Object.assign(act, { type: "button", onclick: () => { notice.remove(); again(); } });
  return [act];
}

// Whoever comes back to the page, or gets the line back, is told that it may go on.
async function lookAgain() {
  if (document.hidden || !standing().length || await whatHolds()) return;
  for (const notice of standing()) {
    if (notice.querySelector("button")) continue;
    notice.className = "notice notice-green";
    notice.firstElementChild.textContent = words().back;
    notice.querySelector("a")?.remove();
  }
}

const overlay = (context) => context?.sourceEvent?.type === "click" ? context.target : null;

// What htmx asked for and did not get. A refusal of our own (below 500) is a part of the page and stands where it was asked.
function watchParts(root) {
  const say = (context, why) => {
    const place = overlay(context);
    if (!place) return;
    const source = context.sourceElement;
    sayLost(place, why, { how: place.matches("#pane, #step") ? "replace" : "prepend", again: () => { place.closest("[tabindex]")?.focus({ preventScroll: true }); source.click(); } });
  };
  root.addEventListener("htmx:before:request", ({ detail }) => overlay(detail.ctx)?.setAttribute("aria-busy", "true"));
  root.addEventListener("htmx:finally:request", ({ detail }) => detail.ctx.target?.removeAttribute("aria-busy"));
  root.addEventListener("htmx:error", ({ detail }) => say(detail.ctx, "lostPart"));
  root.addEventListener("htmx:before:response", (event) => {
    const { ctx } = event.detail;
    const toDoor = ctx.hx?.redirect?.startsWith(words()?.door ?? "\n");
    if (!toDoor && ctx.response.status < 500) return;
    event.preventDefault();
    say(ctx, toDoor ? "ended" : "broken");
  });
}

export function watchLine(root) {
  watchParts(root);
  document.addEventListener("visibilitychange", lookAgain);
  addEventListener("focus", lookAgain);
  addEventListener("online", lookAgain);
}

