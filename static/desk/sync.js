// Handing over: lists and holdings come in, the journal goes out, and only what the server surely has is forgotten.

import { fromHex } from "./bytes.js";
import { readKeyList } from "./key_list.js";
import { readStatusList } from "./status_list.js";
import * as store from "./store.js";

const BATCH = 100;
const WAIT = 8000;

/** fetch that gives up after some seconds, because a weak network often neither answers nor refuses. */
export const ask = (url, init = {}) => fetch(url, { credentials: "same-origin", signal: AbortSignal.timeout(WAIT), ...init });

export const sendJson = (url, body, headers = {}) =>
  ask(url, { method: "POST", headers: { "Content-Type": "application/json", ...headers }, body: JSON.stringify(body) });

/** Bring everything up to date; `{state}` is `done`, `offline`, `signed_out`, `blocked` or `forked`. */
export function sync(device, urls) {
  return navigator.locks.request("desk-sync", async () => {
    try {
      const handed = await handOver(device, urls);
      if (handed !== "done") return { state: handed };
      await fetchLists(urls);
      return { state: await fetchBundle(device, urls) };
    } catch (fault) {
      if (fault instanceof TypeError || fault.name === "TimeoutError" || fault.name === "AbortError") return { state: "offline" };
      throw fault;
    }
  });
}

/** Send what waits in its order; a refusal as a whole means that another journal goes under this device's name. */
async function handOver(device, urls) {
  for (;;) {
    const lines = await store.waiting(device.id, BATCH);
    if (!lines.length) return "done";
    const answer = await sendJson(urls.visits, lines.map(recordOf));
    if (answer.status >= 500) return "offline";
    const said = await answer.json();
    if (!answer.ok) return answer.status === 403 || said.field === "device" ? "blocked" : "forked";
    await keepVerdicts(said.visits);
    await store.forget(device.id, said.gapless);
    if (said.gapless < lines[0].seq) return "forked";
  }
}

/** A line as it was signed, without what only this desk knows of it. */
function recordOf(line) {
  const { index, day, name, ...record } = line;
  return record;
}

/** What the server said otherwise than the desk, newest first: the people of the desk must see it. */
async function keepVerdicts(visits) {
  const other = visits.filter((visit) => !["ok", "waiting"].includes(visit.outcome));
  if (!other.length) return;
  const before = (await store.get("verdicts")) ?? [];
  await store.put("verdicts", [...other.map(({ id, outcome }) => ({ id, outcome })), ...before].slice(0, 50));
}

async function fetchLists(urls) {
  const root = fromHex(urls.root), known = await store.get("keys");
  const keys = await readKeyList(await text(urls.keys), root, known?.seq);
  if (keys) await store.put("keys", keys);
  const held = await store.get("list"), trusted = keys ?? known;
  if (!trusted) return;
  const answer = await ask(held ? `${urls.list}?since=${held.seq}` : urls.list, { cache: "no-store" });
  if (!answer.ok) return;
  const list = await readStatusList(new Uint8Array(await answer.arrayBuffer()), trusted.lists, held);
  if (list) await store.put("list", list);
}

async function fetchBundle(device, urls) {
  const begun = Date.now();
  const answer = await ask(`${urls.bundle}?device=${device.id}`, { cache: "no-store", redirect: "manual" });
  if (answer.type === "opaqueredirect" || answer.status === 403) return "signed_out";
  if (!answer.ok) return "offline";
  const bundle = await answer.json();
  await store.put("bundle", bundle);
  // The server's clock, as far as the way there and back lets it be known.
  await store.put("clock", { ahead: Date.parse(bundle.now) - (begun + Date.now()) / 2, seen: Date.now() });
  return bundle.device.blocked ? "blocked" : "done";
}

const text = async (url) => (await ask(url, { cache: "no-store" })).text();
