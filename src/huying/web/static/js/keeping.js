// What must outlive the page and is too large for a draft: blobs, by store and id, in this browser alone.
const STORES = ["photos", "outbox"];

const opened = () => new Promise((done, failed) => {
  const asked = indexedDB.open("huying", 2);
  asked.onupgradeneeded = () => {
    for (const name of STORES) if (!asked.result.objectStoreNames.contains(name)) asked.result.createObjectStore(name, { keyPath: "id" });
  };
  asked.onsuccess = () => done(asked.result);
  asked.onerror = () => failed(asked.error);
});

async function run(store, mode, work) {
  const base = await opened();
  try {
    return await new Promise((done, failed) => {
      const asked = work(base.transaction(store, mode).objectStore(store));
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => failed(asked.error);
    });
  } finally {
    base.close();
  }
}

export const all = (store) => run(store, "readonly", (place) => place.getAll());
export const put = (store, thing) => run(store, "readwrite", (place) => place.put(thing));
export const remove = (store, id) => run(store, "readwrite", (place) => place.delete(id));
