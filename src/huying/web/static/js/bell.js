// The number of unread notices comes up to date by itself while somebody looks at the page. It asks as nobody at the
// desk (X-Unattended): a page left open does not keep its session. Mark: [data-bell="address"].
const EVERY = 30_000;

export function ringBell(root) {
  const place = root.querySelector("[data-bell]");
  if (!place) return;
  let timer = 0;
  const look = async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(place.dataset.bell, { headers: { "X-Unattended": "1" } });
      // Signed out elsewhere, or too long idle: the next thing done here leads to the door.
      if (answer.redirected || answer.status === 403) return clearInterval(timer);
      if (answer.ok) put(place, await answer.text());
    } catch {
      // The line is down; the next round tries again.
    }
  };
  timer = setInterval(look, EVERY);
  document.addEventListener("visibilitychange", look);
  document.addEventListener("bell:look", look);
}

function put(place, drawn) {
  const fresh = new DOMParser().parseFromString(drawn, "text/html").querySelector(".bell");
  const held = place.querySelector(".bell");
  if (!fresh || fresh.dataset.unread === held?.dataset.unread) return;
  const more = Number(fresh.dataset.unread) > Number(held?.dataset.unread ?? 0);
  const focused = document.activeElement === held;
  place.replaceChildren(document.adoptNode(fresh));
  if (focused) fresh.focus();
  if (more) import("./toast.js").then(({ toast }) => toast(fresh.querySelector(".unseen").textContent));
}
