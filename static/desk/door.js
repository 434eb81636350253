// One card at the door: the house is asked, and where it does not answer, this desk judges and writes down.

import { readCode } from "./card_code.js";
import { momentOf, timeBy } from "./clock.js";
import { write } from "./journal.js";
import { judge } from "./judge.js";
import * as store from "./store.js";
import { sendJson } from "./sync.js";

/**
 * `{outcome, sentence, name, left, offline}` for what was scanned or typed: `{code | number, family, guardian}`.
 *
 * The same id goes to the house and into the journal, so a visit whose answer was lost on the way counts once.
 */
export async function take(asked, { device, venue, urls }) {
  const id = crypto.randomUUID();
  return (await askHouse(id, asked, venue, urls)) ?? judgeHere(id, asked, device);
}

const shown = ({ code, number, guardian }) => ({ ...(code ? { code } : { number }), ...(guardian ? { guardian: true } : {}) });

async function askHouse(id, asked, venue, urls) {
  if (!navigator.onLine || !venue) return null;
  const clock = await store.get("clock");
  const at = new Date(Date.now() + (clock?.ahead ?? 0)).toISOString();
  try {
    const body = { id, ...shown(asked), service: asked.family, at, tier: "online", venue };
    const answer = await sendJson(urls.visits, body);
    if (answer.status === 403 || answer.status >= 500) return null;
    const said = await answer.json();
    return answer.ok ? { ...said, name: await nameOf(asked), offline: false } : { outcome: "error", sentence: said.error };
  } catch {
    return null;
  }
}

async function nameOf({ code, number }) {
  const [keys, bundle] = [await store.get("keys"), await store.get("bundle")];
  if (number) return bundle?.held.find((row) => row.number === number)?.name ?? "";
  return keys ? ((await readCode(code, keys.cards)).card?.name ?? "") : "";
}

async function judgeHere(id, asked, device) {
  const [bundle, list, keys, clock] = await Promise.all(["bundle", "list", "keys", "clock"].map(store.get));
  if (!device || !bundle || !clock) return { outcome: "no_network" };
  const say = (outcome, more = {}) => ({ outcome, sentence: bundle.words[outcome], offline: true, ...more });
  const now = timeBy(clock, bundle.clock_minutes);
  if (now === null) return say("clock_wrong");
  await store.put("clock", { ...clock, seen: Math.max(clock.seen, Date.now()) });
  const read = asked.code ? await readCode(asked.code, keys?.cards ?? new Map()) : {};
  if (read.refused) return say("unknown_key");
  // Judged and written under one lock: two windows of one desk do not give the same booking away.
  return navigator.locks.request("desk-door", async () => {
    const moment = momentOf(now), lines = await store.waiting(device.id);
    const said = judge({ ...asked, ...moment, card: read.card }, { bundle, list, lines });
    if (said.outcome !== "ok") return say(said.outcome, { name: said.of.name });
    await write(device, {
      id, ...shown(asked), service: asked.family, at: new Date(now).toISOString(), tier: said.tier, list: list.seq,
      index: said.of.index, day: moment.today, name: said.of.name,
    });
    return say("ok", { name: said.of.name });
  });
}
