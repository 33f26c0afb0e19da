// The phone's own store. What is written is on the disk before the page goes on: the app may be killed at any moment.
const STORES = {
  keys: { keyPath: "id" }, plain: { keyPath: "id" }, sealed: { keyPath: "id" }, files: { keyPath: "id" },
  outbox: { keyPath: "seq", autoIncrement: true }, steps: { keyPath: "seq", autoIncrement: true },
};

const opened = () => new Promise((done, failed) => {
  const asked = indexedDB.open("huying-patrol", 1);
  asked.onupgradeneeded = () => {
    for (const [name, shape] of Object.entries(STORES)) asked.result.createObjectStore(name, shape);
  };
  asked.onsuccess = () => done(asked.result);
  asked.onerror = () => failed(asked.error);
});

// One transaction: all of it or nothing. `work` gets the stores by name, and says what the whole answers.
export async function act(names, mode, work) {
  const base = await opened();
  try {
    return await new Promise((done, failed) => {
      const turn = base.transaction(names, mode, { durability: "strict" });
      let answer;
      turn.oncomplete = () => done(answer);
      turn.onerror = () => failed(turn.error);
      turn.onabort = () => failed(turn.error);
      work((name) => turn.objectStore(name), (request) => { request.onsuccess = () => { answer = request.result; }; });
    });
  } finally {
    base.close();
  }
}

export const get = (name, id) => act([name], "readonly", (store, answer) => answer(store(name).get(id)));
export const all = (name) => act([name], "readonly", (store, answer) => answer(store(name).getAll()));
export const some = (name, most) => act([name], "readonly", (store, answer) => answer(store(name).getAll(undefined, most)));
export const count = (name) => act([name], "readonly", (store, answer) => answer(store(name).count()));
export const put = (name, thing) => act([name], "readwrite", (store, answer) => answer(store(name).put(thing)));
export const remove = (name, id) => act([name], "readwrite", (store) => store(name).delete(id));

export const wipeAll = () => {
  const names = Object.keys(STORES).filter((name) => name !== "plain");
  return act(names, "readwrite", (store) => { for (const name of names) store(name).clear(); });
};
