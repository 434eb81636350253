// What the desk says when no network helps it. Pure: the same facts give the same word, the words are the server's.

import { FAMILIES, GUARDIAN_NEEDED, WOMAN, WOMENS_SESSIONS_ONLY } from "./card_code.js";
import { isBlocked } from "./status_list.js";

const HOUR = 3600000;

/** `fresh`, `amber`, `rosters` or `last`: how far a list of this age may be trusted; no list at all is too old. */
export function ageOf(list, now, hours) {
  if (!list) return "last";
  const age = (now - list.issuedAt) / HOUR;
  if (age <= hours.fresh) return "fresh";
  if (age <= hours.amber) return "amber";
  return age <= hours.last ? "rosters" : "last";
}

/**
 * `{outcome, tier, of}` for a card at the door.
 *
 * `asked` is `{card}` or `{number}` with `family`, `guardian`, `now` (ms) and `today`, `clock` ("HH:MM") and `weekday`
 * of the province; `known` is the bundle, the status list, the rows of what was spent since that bundle, and whether
 * this desk is `cut` off from the house, without which there is no emergency. Caps are the house's to keep.
 */
export function judge(asked, { bundle, list, spent, cut }) {
  const of = subjectOf(asked, bundle.held);
  const no = (outcome) => ({ outcome, of });
  if (asked.card && !(asked.card.validFrom <= asked.today && asked.today < asked.card.validTo)) return no("expired");
  if (!bundle.venue.families.includes(asked.family)) return no("other_family");
  if (asked.card && !(asked.card.families & FAMILIES[asked.family])) return no("other_family");
  const age = ageOf(list, asked.now, bundle.list_hours);
  if (age === "last") return no("list_too_old");
  if (of.index !== null && isBlocked(list, of.index)) return no("blocked");
  const womens = bundle.womens_hours.some((hours) => isWithin(hours, asked));
  if ((womens && of.woman === false) || (!womens && of.womensOnly)) return no("womens_session");
  if (of.guardian && !asked.guardian) return no("guardian_needed");
  return pay(asked, of, age, { bundle, spent, cut });
}

/** Who stands there, by the code on the card, or by what is held under the number that was typed. */
function subjectOf({ card, number }, held) {
  if (card) {
    const flags = card.flags;
    return {
      index: card.index, generation: card.generation, name: card.name, woman: Boolean(flags & WOMAN),
      guardian: Boolean(flags & GUARDIAN_NEEDED), womensOnly: Boolean(flags & WOMENS_SESSIONS_ONLY),
    };
  }
  const row = held.find((one) => one.number === number);
  if (!row) return { index: null, generation: null, name: "", guardian: false, womensOnly: false };
  return { index: row.index, generation: row.generation, name: row.name, woman: row.woman, guardian: row.guardian, womensOnly: row.women_only };
}

/** What pays: a booked visit of today, then a lease, then the emergency that a manager opened; each so often as held. */
function pay(asked, of, age, { bundle, spent, cut }) {
  const held = bundle.held.filter((row) => row.index === of.index && row.generation === of.generation && row.family === asked.family);
  const isOf = (row) => (row.index === null ? held.some((one) => one.number === row.number) : row.index === of.index);
  const own = spent.filter((row) => row.family === asked.family && isOf(row));
  // A visit that the house was asked for may have taken the booked one; one that it gave counts for a lease as well.
  const isUse = (row, tier) => row.tier === tier || (row.tier === "online" && (tier === "T1" || !row.open));
  const used = (tier, rows = own) => rows.filter((row) => isUse(row, tier)).length;
  const booked = held.filter((row) => row.tier === "T1" && row.on === asked.today).reduce((sum, row) => sum + row.left, 0);
  if (booked > used("T1", own.filter((row) => row.day === asked.today))) return { outcome: "ok", tier: "T1", of };
  const leases = held.filter((row) => row.tier === "T2" && asked.now < Date.parse(row.until));
  if (leases.length && age === "rosters") return { outcome: "list_too_old", of };
  if (leases.reduce((sum, row) => sum + row.left, 0) > used("T2")) return { outcome: "ok", tier: "T2", of };
  if (leases.length) return { outcome: "no_visits_left", of };
  if (booked) return { outcome: "already_used", of };
  if (age === "rosters") return { outcome: "list_too_old", of };
  return cut ? emergency(asked, of, bundle, spent) : { outcome: "no_lease", of };
}

/** An emergency visit needs the code: a number alone could be anybody's. A person has one a day. */
function emergency(asked, of, bundle, spent) {
  const opened = bundle.emergency?.on === asked.today ? bundle.emergency : null;
  if (!opened || !asked.card) return { outcome: "no_lease", of };
  const today = spent.filter((row) => row.tier === "T3" && row.day === asked.today);
  if (today.some((row) => row.index === of.index)) return { outcome: "already_used", of };
  const since = today.filter((row) => row.seq > bundle.device.gapless);
  return opened.left > since.length ? { outcome: "ok", tier: "T3", of } : { outcome: "no_emergency", of };
}

const isWithin = (hours, asked) =>
  hours.weekday === asked.weekday && hours.opens <= asked.clock && asked.clock < hours.closes && (!hours.family || hours.family === asked.family);
