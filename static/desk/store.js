// What the desk keeps in this browser: its state by name, the journal of what was not yet handed over, and what was
// spent of the held visits since the bundle that is kept here was made.

const NAME = "desk", VERSION = 1;
let opened;

function open() {
  opened ??= new Promise((done, failed) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("state");
      request.result.createObjectStore("journal", { keyPath: ["device", "seq"] });
      request.result.createObjectStore("spent", { keyPath: "no", autoIncrement: true });
    };
    request.onsuccess = () => done(request.result);
    request.onerror = request.onblocked = () => failed(request.error ?? new Error("blocked"));
  });
  return opened.then(watched, (fault) => { opened = undefined; throw fault; });
}

/** A store that the browser closed or another page wants to renew is opened anew the next time. */
function watched(database) {
  database.onclose = () => { opened = undefined; };
  database.onversionchange = () => { database.close(); opened = undefined; };
  return database;
}

/** Do `work` on the stores in one transaction; what it returns (a request or a value) once all of it is on the disk. */
async function within(stores, mode, work) {
  const database = await open();
  return new Promise((done, failed) => {
    const transaction = database.transaction(stores, mode, { durability: "strict" });
    let result;
    transaction.oncomplete = () => done(result instanceof IDBRequest ? result.result : result);
    transaction.onabort = () => failed(transaction.error ?? new DOMException("Aborted", "UnknownError"));
    try {
      result = work(...stores.map((name) => transaction.objectStore(name)));
    } catch (fault) {
      // Half of it must not reach the disk.
      transaction.abort();
      failed(fault);
    }
  });
}

export const get = (name) => within(["state"], "readonly", (state) => state.get(name));
export const put = (name, value) => within(["state"], "readwrite", (state) => state.put(value, name));

/** Change a value by a function of what it is now, so that two windows do not undo each other. */
export const change = (name, made) =>
  within(["state"], "readwrite", (state) => {
    state.get(name).onsuccess = ({ target }) => state.put(made(target.result), name);
  });

const NAMES = ["device", "bundle", "list", "keys", "clock", "verdicts"];

/** All that a judgement stands on, as it is at one moment: the state by name, and the rows of what was spent. */
export const snapshot = () =>
  within(["state", "spent"], "readonly", (state, spent) => {
    const found = {};
    for (const name of NAMES) state.get(name).onsuccess = ({ target }) => { found[name] = target.result; };
    spent.getAll().onsuccess = ({ target }) => { found.spent = target.result; };
    return found;
  });

/** A new device begins with an empty journal, and holds nothing before its first bundle. */
export const begin = (device) =>
  within(["state", "spent"], "readwrite", (state, spent) => {
    for (const name of ["bundle", "head", "verdicts"]) state.delete(name);
    spent.clear();
    state.put(device, "device");
  });

/** The lines that wait, of all devices that this browser has been, in their order. */
export const waiting = () => within(["journal"], "readonly", (journal) => journal.getAll());

/** One more line, the head of the journal after it, and what it spends: all, or nothing. */
export const append = (line, head, spends) =>
  within(["journal", "state", "spent"], "readwrite", (journal, state, spent) => {
    journal.add(line);
    state.put(head, "head");
    spent.add(spends);
  });

/** The server holds a device's lines up to this number without a gap: they may go. What they spent stays. */
export const forget = (device, gapless) =>
  within(["journal"], "readwrite", (journal) => journal.delete(IDBKeyRange.bound([device, 0], [device, gapless])));

/** A visit that the house is asked for: it may be spent from the moment at which it is sent. Gives its number. */
export const addSpent = (row) => within(["spent"], "readwrite", (spent) => spent.add(row));
export const putSpent = (row) => within(["spent"], "readwrite", (spent) => spent.put(row));
export const dropSpent = (no) => within(["spent"], "readwrite", (spent) => spent.delete(no));
export const allSpent = () => within(["spent"], "readonly", (spent) => spent.getAll());

/**
 * A new bundle, and with it alone goes what it already counts: this device's lines up to its `gapless`, and the visits
 * `answered` by the house before the bundle was asked for. Emergency visits stay for their day, one a person.
 */
export const takeBundle = (bundle, clock, answered, today) =>
  within(["state", "spent"], "readwrite", (state, spent) => {
    state.put(bundle, "bundle");
    state.put(clock, "clock");
    spent.openCursor().onsuccess = ({ target }) => {
      const cursor = target.result;
      if (!cursor) return;
      if (isCounted(cursor.value, bundle.device, answered, today)) cursor.delete();
      cursor.continue();
    };
  });

function isCounted(row, device, answered, today) {
  if (row.seq === undefined) return answered.has(row.no);
  return row.device !== device.id || (row.seq <= device.gapless && !(row.tier === "T3" && row.day >= today));
}
