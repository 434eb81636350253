// One card at the door. What this desk holds for it is judged and written down here, with a network or without; for the
// rest the house is asked.

import { readCode } from "./card_code.js";
import { momentOf, timeBy } from "./clock.js";
import { write } from "./journal.js";
import { judge } from "./judge.js";
import * as store from "./store.js";
import { handOver, sendJson } from "./sync.js";

const SHOW_WITHIN = 1000, WORD_WITHIN = 3000;
const TRIES = 2, TRY_WITHIN = 4000, PAUSE = 600;
const MINUTE = 60000;
// What this desk knows as well as the house: it is not asked, for nothing must be spent by a refusal.
const CERTAIN = new Set(["guardian_needed", "womens_session", "other_family"]);
const STRANGE = new Set(["prefix", "version", "type"]);

/** `{outcome, sentence, name, left, offline}` for what was scanned or typed: `{code | number, family, guardian}`. */
export async function take(asked, { device, venue, urls }) {
  if (asked.number && !isNumber(asked.number)) return { outcome: "bad_number" };
  const { keys } = await store.snapshot();
  const read = asked.code ? await readCode(asked.code, keys?.cards ?? new Map()) : {};
  if (read.refused && read.refused !== "key") return { outcome: wordOf(read.refused) };
  const person = { ...asked, card: read.card };
  const here = device && !read.refused ? await judgeHere(person, device, false) : { outcome: read.refused ? "no_key" : "no_network" };
  if (here.outcome === "ok") return withWord(here, device, urls);
  if (CERTAIN.has(here.outcome)) return here;
  const house = await askHouse(person, here, device, venue, urls);
  if (house.outcome) return house;
  return house.cut && device && !read.refused ? afterSilence(person, house, device) : here;
}

/** An emergency visit, where one is open; the house will learn of both, and a person has one such visit a day. */
async function afterSilence(person, { row }, device) {
  const here = await judgeHere(person, device, true);
  if (here.outcome === "ok" && row) await store.putSpent({ ...row, over: true });
  return here;
}

/** What a code is refused for, as it is told at a door. */
const wordOf = (reason) => (reason === "test_card" ? reason : STRANGE.has(reason) ? "not_a_card" : "damaged");

/** ISO 7064 mod 97-10 with an 8 in front: what is no number is not asked for. */
const isNumber = (text) => /^8\d{11}$/.test(text) && BigInt(text) % 97n === 1n;

const shown = ({ code, number, guardian }) => ({ ...(code ? { code } : { number }), ...(guardian ? { guardian: true } : {}) });

/**
 * Judged and written under one lock, on what is kept at that moment: two windows of one desk do not give the same visit
 * away. Nobody is let in before the line is on the disk.
 */
function judgeHere(person, device, cut) {
  return navigator.locks.request("desk-door", async () => {
    const { bundle, list, clock, spent } = await store.snapshot();
    if (!bundle || !clock || bundle.device.id !== device.id) return { outcome: "no_network" };
    const say = (outcome, of, more = {}) => ({ outcome, sentence: bundle.words[outcome], name: of?.name, index: of?.index ?? null, ...more });
    const now = timeBy(clock, bundle.clock_minutes);
    if (now === null) return say("clock_wrong");
    await seenNow();
    const moment = momentOf(now);
    const said = judge({ ...person, ...moment }, { bundle, list, spent, cut });
    if (said.outcome !== "ok") return say(said.outcome, said.of);
    const line = await write(device, {
      id: crypto.randomUUID(), ...shown(person), service: person.family, at: new Date(now).toISOString(), tier: said.tier,
      list: list.seq, index: said.of.index, day: moment.today, name: said.of.name,
    });
    return say("ok", said.of, { id: line.id, offline: true });
  });
}

/** The time of this device has come so far: a clock that goes back behind it is wrong. */
export const seenNow = () => store.change("clock", (clock) => clock && { ...clock, seen: Math.max(clock.seen, Date.now()) });

/**
 * What was written is handed over at once, and the house's word is shown. Where it takes longer than a second the desk's
 * own is shown; `later` is the house's, if it comes soon and is another one.
 */
async function withWord(here, device, urls) {
  if (!navigator.onLine) return here;
  const word = handOver(device, urls).then(({ said }) => said.get(here.id), () => undefined);
  const heard = word.then((said) => said && said.outcome !== "waiting" ? { ...here, ...spoken(said), offline: false } : undefined);
  const soon = await Promise.race([heard, after(SHOW_WITHIN)]);
  if (soon) return soon;
  const later = Promise.race([heard, after(WORD_WITHIN - SHOW_WITHIN)]);
  return { ...here, later: later.then((said) => (said && said.outcome !== "ok" ? said : undefined)) };
}

const spoken = ({ outcome, sentence }) => ({ outcome, sentence });
const after = (time) => new Promise((done) => setTimeout(done, time));

/**
 * What the house says of a card for which nothing is held here. `{cut, row}` when it does not answer: then the visit
 * may have been taken, so it counts as spent, and the same card asked again sends the same body.
 */
async function askHouse(person, here, device, venue, urls) {
  if (!navigator.onLine || !venue) return { cut: true };
  const row = await rowFor(person, here, device, venue);
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const answer = await sendJson(urls.visits, row.body, { wait: TRY_WITHIN }).catch(() => undefined);
    const said = answer && answer.status < 500 ? await answer.json().catch(() => undefined) : undefined;
    if (said) return answered(answer, said, row);
    if (attempt < TRIES) await after(PAUSE);
  }
  return { cut: true, row };
}

async function answered(answer, said, row) {
  if (answer.ok && said.outcome === "ok" && row.device) await store.putSpent({ ...row, open: false });
  else await store.dropSpent(row.no);
  if (answer.ok) return { ...said, name: row.name, offline: false };
  return answer.status === 401 ? { outcome: "signed_out" } : { outcome: "error", sentence: said.error };
}

/** The row of a visit that is asked for: the one whose answer is still missing, or a new one. */
async function rowFor(person, here, device, venue) {
  const { bundle, clock } = await store.snapshot();
  const fresh = Date.now() - (bundle?.clock_minutes ?? 10) * MINUTE / 2;
  const isSame = ({ body }) => body.service === person.family && body.venue === venue && body.code === person.code &&
    body.number === person.number && Boolean(body.guardian) === Boolean(person.guardian);
  const open = (await store.allSpent()).find((row) => row.open && !row.over && row.begun > fresh && isSame(row));
  if (open) return open;
  const now = Date.now() + (clock?.ahead ?? 0);
  const body = { id: crypto.randomUUID(), ...shown(person), service: person.family, at: new Date(now).toISOString(), tier: "online", venue };
  const row = {
    device: device?.id ?? 0, tier: "online", index: person.card?.index ?? here.index ?? null, number: person.number ?? "",
    family: person.family, day: momentOf(now).today, name: person.card?.name ?? here.name ?? "", body, begun: Date.now(), open: true,
  };
  return { ...row, no: await store.addSpent(row) };
}
