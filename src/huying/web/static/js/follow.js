// The track comes up to date by itself: the page asks for its version, seldom while nothing happens and not at all
// while nobody looks. What somebody is writing is never taken away: then a button says that there is news.

const SOON = 10_000;
const LATE = 300_000;

export function followTrack(root) {
  const track = root.querySelector("[data-follow]");
  if (!track) return;
  let wait = SOON;
  let timer = 0;
  const again = () => { clearTimeout(timer); timer = setTimeout(look, wait); };
  const look = async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(location.href, { headers: { Accept: "application/json" } });
      if (answer.status === 404) return;
      const news = answer.ok && (await answer.json()).version !== track.dataset.follow;
      wait = news ? SOON : Math.min(wait * 1.5, LATE);
      if (news) await show(root, track);
    } catch {
      wait = Math.min(wait * 2, LATE);
    }
    again();
  };
  document.addEventListener("visibilitychange", () => { if (!document.hidden) { wait = SOON; look(); } });
  again();
}

async function show(root, track) {
  const page = new DOMParser().parseFromString(await (await fetch(location.href, { headers: { Accept: "text/html" } })).text(), "text/html");
  const fresh = page.querySelector("[data-follow]");
  if (!fresh) return;
  const button = root.querySelector("[data-follow-show]");
  const put = () => {
    const open = openOnes(track);
    track.replaceChildren(...fresh.childNodes);
    for (const one of openOnes(track, "details")) one.open ||= open.some((other) => nameOf(other) === nameOf(one));
    track.dataset.follow = fresh.dataset.follow;
    button.hidden = true;
    document.title = page.title;
    const told = root.querySelector("[data-follow-news]");
    told.textContent = told.dataset.words + track.querySelector("h1").textContent;
  };
  if (!busy(track)) return put();
  button.hidden = false;
  button.onclick = () => { put(); track.querySelector("h1").tabIndex = -1; track.querySelector("h1").focus(); };
}

// What somebody has opened stays open.
const openOnes = (track, which = "details[open]") => [...track.querySelectorAll(which)];
const nameOf = (details) => details.querySelector("summary")?.textContent.trim();

const busy = (track) => track.contains(document.activeElement) ||
  [...track.querySelectorAll("input")].some((field) => field.checked || (field.type === "text" && field.value));
