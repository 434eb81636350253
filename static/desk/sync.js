// Handing over: the journal goes out, lists and holdings come in, and only what the server surely has is forgotten.

import { fromHex } from "./bytes.js";
import { momentOf, timeBy } from "./clock.js";
import { seen } from "./journal.js";
import { readKeyList } from "./key_list.js";
import { readStatusList } from "./status_list.js";
import * as store from "./store.js";

const BATCH = 100;
const WAIT = 8000;
const MINUTE = 60000;
const KEPT_WORDS = 50;

/** fetch that gives up after some seconds, because a weak network often neither answers nor refuses. */
export const ask = (url, init = {}, wait = WAIT) =>
  fetch(url, { credentials: "same-origin", signal: AbortSignal.timeout(wait), ...init });

export const sendJson = (url, body, { headers = {}, wait = WAIT } = {}) =>
  ask(url, { method: "POST", headers: { "Content-Type": "application/json", ...headers }, body: JSON.stringify(body) }, wait);

const isAway = (fault) => fault instanceof TypeError || ["TimeoutError", "AbortError", "SyntaxError"].includes(fault.name);

/** Bring everything up to date; `{state}` is `done`, `offline`, `signed_out`, `no_door`, `blocked` or `forked`. */
export function sync(device, urls) {
  return navigator.locks.request("desk-sync", async () => {
    try {
      const { state } = await handOver(device, urls);
      if (state !== "done") return { state };
      await settleAsked(urls);
      await fetchLists(urls);
      const said = await fetchBundle(device, urls);
      await sayInStep(device, urls);
      return { state: said };
    } catch (fault) {
      if (isAway(fault)) return { state: "offline" };
      throw fault;
    }
  });
}

/**
 * Send what waits in its order, also of a device that this browser was before; `{state, said}` with the house's answers
 * by id. A refusal as a whole means that another journal goes under the name of this device.
 */
export function handOver(device, urls) {
  return navigator.locks.request("desk-hand", async () => {
    const said = new Map();
    let state = "done";
    const lines = await store.waiting();
    for (const one of new Set(lines.map((line) => line.device))) {
      const handed = await handOverOf(lines.filter((line) => line.device === one), urls, said);
      if (one === device.id) state = handed;
    }
    return { state, said };
  });
}

async function handOverOf(lines, urls, said) {
  for (let from = 0; from < lines.length; from += BATCH) {
    const part = lines.slice(from, from + BATCH);
    const answer = await sendJson(urls.visits, part.map(recordOf));
    if (answer.status >= 500 || answer.status === 429) return "offline";
    const given = await answer.json();
    if (!answer.ok) return answer.status === 403 || given.field === "device" ? "blocked" : "forked";
    for (const visit of given.visits) said.set(visit.id, visit);
    await keepWords(given.visits.map((visit, place) => ({ ...visit, name: part[place].name })));
    await store.forget(part[0].device, given.gapless);
    if (given.gapless < part.at(-1).seq) return "forked";
  }
  return "done";
}

/** A line as it was signed, without what only this desk knows of it. */
function recordOf(line) {
  const { index, day, name, ...record } = line;
  return record;
}

/** What the house said otherwise than the desk, newest first: the people of the desk must see it. */
async function keepWords(visits) {
  const other = visits.filter((visit) => !["ok", "waiting"].includes(visit.outcome));
  if (!other.length) return;
  const rows = other.map(({ id, outcome, name }) => ({ id, outcome, name }));
  await store.change("verdicts", (before = []) =>
    [...rows, ...before.filter((row) => rows.every(({ id }) => id !== row.id))].slice(0, KEPT_WORDS));
}

/** Where this browser is no desk of this venue, what waits from elsewhere is handed over all the same. */
export const syncGuest = async (urls) => {
  try {
    await handOver({ id: 0 }, urls);
    await settleAsked(urls);
  } catch (fault) {
    if (!isAway(fault)) throw fault;
  }
};

/**
 * Learn what became of visits that the house was asked for and whose answer was lost. Only when they are too old to be
 * taken any more: asking again must not take a visit for somebody who has gone away.
 */
async function settleAsked(urls) {
  const { bundle } = await store.snapshot();
  const old = Date.now() - ((bundle?.clock_minutes ?? 60) + 2) * MINUTE;
  for (const row of await store.allSpent()) {
    if (!row.open || row.begun > old) continue;
    const answer = await sendJson(urls.visits, row.body);
    if (answer.status >= 500 || [401, 403, 429].includes(answer.status)) return;
    const { outcome } = await answer.json();
    if (outcome === "ok") {
      await keepWords([{ id: row.body.id, outcome: "taken_unseen", name: row.name }]);
      if (row.device) await store.putSpent({ ...row, open: false });
    }
    if (outcome !== "ok" || !row.device) await store.dropSpent(row.no);
  }
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
  // What the house had answered before it was asked for the bundle is counted in it.
  const answered = new Set((await store.allSpent()).filter((row) => row.seq === undefined && !row.open).map((row) => row.no));
  const begun = Date.now();
  const answer = await ask(`${urls.bundle}?device=${device.id}`, { cache: "no-store", redirect: "manual" });
  if (answer.type === "opaqueredirect" || answer.status === 401) return "signed_out";
  if (answer.status === 403) return "no_door";
  if (answer.status === 404) return "blocked";
  if (!answer.ok) return "offline";
  const bundle = await answer.json(), now = Date.parse(bundle.now);
  // The server's clock, as far as the way there and back lets it be known.
  const clock = { ahead: now - (begun + Date.now()) / 2, seen: Date.now() };
  await store.takeBundle(bundle, clock, answered, momentOf(now).today);
  return bundle.device.blocked ? "blocked" : "done";
}

/** Where nothing waits, say so under the device's key: what is held for days that are over can then be given back. */
async function sayInStep(device, urls) {
  const { clock, bundle } = await store.snapshot();
  const now = clock && bundle && timeBy(clock, bundle.clock_minutes);
  if (!now || (await store.waiting()).some((line) => line.device === device.id)) return;
  const moment = async () => timeBy(clock, bundle.clock_minutes) ?? now;
  const word = await navigator.locks.request("desk-door", () => seen(device, moment));
  await sendJson(`${urls.devices}${device.id}/seen/`, word).catch(() => undefined);
}

const text = async (url) => (await ask(url, { cache: "no-store" })).text();
