// What the desk keeps in this browser: its state by name, and the journal of what was let in and not yet handed over.

const NAME = "desk", VERSION = 1;
let opened;

function open() {
  opened ??= new Promise((done, failed) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("state");
      request.result.createObjectStore("journal", { keyPath: ["device", "seq"] });
    };
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
  return opened;
}

/** Do `work` on the stores in one transaction; what it returns (a request or a value) once all of it is on the disk. */
async function within(stores, mode, work) {
  const database = await open();
  return new Promise((done, failed) => {
    const transaction = database.transaction(stores, mode, { durability: "strict" });
    const result = work(...stores.map((name) => transaction.objectStore(name)));
    transaction.oncomplete = () => done(result instanceof IDBRequest ? result.result : result);
    transaction.onabort = transaction.onerror = () => failed(transaction.error);
  });
}

export const get = (name) => within(["state"], "readonly", (state) => state.get(name));
export const put = (name, value) => within(["state"], "readwrite", (state) => state.put(value, name));

/** The lines of a device that wait, in their order, at most so many. */
export const waiting = (device, most = undefined) =>
  within(["journal"], "readonly", (journal) => journal.getAll(IDBKeyRange.bound([device, 0], [device, Infinity]), most));

/** One more line, and the head of the journal after it: both, or neither. */
export const append = (line, head) =>
  within(["journal", "state"], "readwrite", (journal, state) => {
    journal.add(line);
    state.put(head, "head");
  });

/** The server holds a device's lines up to this number without a gap: they may go. */
export const forget = (device, gapless) =>
  within(["journal"], "readwrite", (journal) => journal.delete(IDBKeyRange.bound([device, 0], [device, gapless])));
