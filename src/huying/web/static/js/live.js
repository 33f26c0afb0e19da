// The stream of what happens: opened while the page is looked at, resumed after every break from the last event heard.

const LONGEST_WAIT = 30000;
// A sign of life comes every 15 s: after two that did not come the line is dead, whatever the browser says.
const SILENT_FOR = 40000;

// `path` with its query, `since` the place the page was drawn at. `on`: case(told), reset(), said("on" | "off" | "out").
export function listen(path, since, on) {
  let source = null, last = since, failures = 0, waiting = 0, watch = 0;

  function heard(event) {
    if (event.lastEventId) last = event.lastEventId;
    clearTimeout(watch);
    watch = setTimeout(() => { on.said("off"); open(); }, SILENT_FOR);
    on.said("on");
  }

  function open() {
    clearTimeout(waiting);
    source?.close();
    const address = new URL(path, location.href);
    address.searchParams.set("since", last);
    source = new EventSource(address);
    source.addEventListener("open", (event) => { failures = 0; heard(event); });
    source.addEventListener("beat", heard);
    source.addEventListener("case", (event) => { heard(event); on.case(JSON.parse(event.data)); });
    source.addEventListener("reset", (event) => { heard(event); on.reset(); });
    source.addEventListener("error", broken);
  }

  // The browser comes again by itself while it is "connecting"; a refusal is final for it, and not for us.
  function broken() {
    clearTimeout(watch);
    on.said("off");
    if (source.readyState !== EventSource.CLOSED) return;
    failures += 1;
    waiting = setTimeout(ask, Math.min(LONGEST_WAIT, 1000 * 2 ** failures) * (0.5 + Math.random()));
  }

  // Why it was refused is not told to scripts: a plain question tells whether the session has ended.
  async function ask() {
    const answer = await fetch(path, { method: "GET", headers: { Accept: "text/event-stream" }, cache: "no-store" }).catch(() => null);
    await answer?.body?.cancel();
    if (answer?.status === 401 || answer?.status === 403) { on.said("out"); return; }
    open();
  }

  // Six pages that nobody looks at must not use up the browser's connections to this host.
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) { open(); return; }
    clearTimeout(waiting);
    clearTimeout(watch);
    source?.close();
  });
  addEventListener("pagehide", () => source?.close());
  if (!document.hidden) open();
}
