// The patrol app without a signal: its page and scripts are kept, and nothing that speaks of a person. What waits to be
// sent is the page's business: it lies sealed in the phone's own store, and only the page holds what opens it.
// SHELL, NAME, APP and KEPT stand above, written by the server.
/* global SHELL, NAME, APP, KEPT */
const PATIENCE = 6000;

addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(NAME);
    await cache.addAll(SHELL.map((address) => new Request(address, { cache: "reload" })));
    await skipWaiting();
  })());
});

addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (name.startsWith("patrol-") && name !== NAME) await caches.delete(name);
    await clients.claim();
  })());
});

addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (address.origin !== location.origin || request.method !== "GET") return;
  if (request.mode === "navigate" && address.pathname === APP) event.respondWith(opened(request));
  else if (SHELL.includes(address.pathname) && address.pathname !== KEPT) {
    event.respondWith(caches.match(request.url, { cacheName: NAME }).then((kept) => kept ?? fetch(request)));
  }
});

// A signal that only seems to be one must not keep the page from opening.
async function opened(request) {
  const kept = () => caches.match(KEPT, { cacheName: NAME });
  const answer = fetch(request).then((found) => (found.status < 500 ? found : null)).catch(() => null);
  const late = new Promise((done) => { setTimeout(done, PATIENCE, null); });
  return (await Promise.race([answer, late])) ?? (await kept()) ?? (await answer) ?? Response.error();
}
