// The resident's page without a signal: a shell that opens, and reports that wait on the phone until they can go.
// SHELL and NAME stand above, written by the server. Nothing that speaks of a person is cached; a report waits in the
// phone's own store until it has arrived, and its key makes it one appeal however often it is sent.
/* global SHELL, NAME, OFFLINE, REPORT */
const PAGES = /^\/(report|track|public|mine|offline|questions\/[^/]*|receipt\/[^/]+|track\/[^/]+)?$/;

addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(NAME);
    await cache.addAll(SHELL.map((address) => new Request(address, { cache: "reload" })));
    await skipWaiting();
  })());
});

addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (name.startsWith("shell-") && name !== NAME) await caches.delete(name);
    await clients.claim();
  })());
});

addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (address.origin !== location.origin) return;
  if (request.mode === "navigate" && PAGES.test(address.pathname)) {
    if (request.method === "GET") event.respondWith(opened(event, address));
    else if (request.method === "POST" && address.pathname === REPORT) event.respondWith(sentOrKept(event));
  } else if (request.method === "GET" && SHELL.includes(address.pathname) && address.pathname !== OFFLINE) {
    event.respondWith(caches.match(request.url, { cacheName: NAME }).then((kept) => kept ?? fetch(request)));
  }
});

async function opened(event, address) {
  try {
    const answer = await fetch(event.request);
    // Its language and size of type follow those of the page.
    if (address.pathname === REPORT) event.waitUntil(refresh());
    return answer;
  } catch {
    return (await caches.match(OFFLINE, { cacheName: NAME })) ?? Response.error();
  }
}

async function refresh() {
  const answer = await fetch(OFFLINE).catch(() => null);
  if (answer?.ok) await (await caches.open(NAME)).put(OFFLINE, answer);
}

async function sentOrKept(event) {
  const copy = event.request.clone();
  try {
    return await fetch(event.request);
  } catch {
    const fields = [...(await copy.formData())].filter(([name, value]) => name !== "csrfmiddlewaretoken" && !(value instanceof File && !value.size));
    await store("readwrite", (place) => place.put({ id: crypto.randomUUID(), at: Date.now(), fields }));
    await registration.sync?.register("outbox").catch(() => undefined);
    return Response.redirect(new URL(`${OFFLINE}?kept=1`, location.href), 303);
  }
}

addEventListener("sync", (event) => { if (event.tag === "outbox") event.waitUntil(sendAll()); });

addEventListener("message", (event) => {
  const { say, id } = event.data ?? {};
  if (say === "send") event.waitUntil(sendAll());
  if (say === "forget") event.waitUntil(store("readwrite", (place) => place.delete(id)).then(tell));
});

async function sendAll() {
  await navigator.locks.request("outbox", async () => {
    const waiting = (await store("readonly", (place) => place.getAll())).filter((one) => one.fields && !one.refused);
    for (const one of waiting) if (!(await sendOne(one))) break;
  });
  await tell();
}

// Whether to go on with the next: not while there is no signal or the server is busy.
async function sendOne(one) {
  try {
    const page = await (await fetch(OFFLINE, { cache: "no-store" })).text();
    const given = new FormData();
    for (const [name, value] of one.fields) given.append(name, value);
    given.set("csrfmiddlewaretoken", /name="csrfmiddlewaretoken" value="([^"]+)"/.exec(page)[1]);
    const answer = await fetch(REPORT, { method: "POST", body: given, headers: { Accept: "application/json" } });
    if (answer.status === 201) {
      const { receipt, at } = await answer.json();
      await store("readwrite", (place) => place.put({ id: one.id, at: one.at, receipt, address: at }));
    } else if (answer.status === 400) {
      const { errors } = await answer.json();
      await store("readwrite", (place) => place.put({ ...one, refused: Object.values(errors).flat().join(" ") }));
    } else return false;
    return true;
  } catch {
    return false;
  }
}

async function tell() {
  const outbox = await store("readonly", (place) => place.getAll());
  for (const page of await clients.matchAll({ type: "window" })) page.postMessage({ outbox });
}

async function store(mode, work) {
  const base = await new Promise((done, failed) => {
    const asked = indexedDB.open("huying", 2);
    asked.onupgradeneeded = () => {
      for (const name of ["photos", "outbox"]) {
        if (!asked.result.objectStoreNames.contains(name)) asked.result.createObjectStore(name, { keyPath: "id" });
      }
    };
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
  try {
    return await new Promise((done, failed) => {
      const asked = work(base.transaction("outbox", mode).objectStore("outbox"));
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => failed(asked.error);
    });
  } finally {
    base.close();
  }
}
