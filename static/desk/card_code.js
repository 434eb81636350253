// RK1: the code on a card, read offline. The layout and the order of refusals stand in the README of the card's app.

import { decode } from "./base45.js";
import { fromText, joined } from "./bytes.js";
import { verifies } from "./ed25519.js";

const PREFIX = "RK1:";
const LETTERS = 154;
const HEADER = 36;
const CONTEXT = fromText("RefahKart/1\0");
const NAME = "\0 آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیأؤئABCDEFGHIJKLMNOPQRSTUVWXYZ";
const FIRST_DAY = Date.UTC(2020, 0, 1);
const DAY = 86400000;
const TEST = 3;
export const WOMAN = 1, CHILD = 2, GUARDIAN_NEEDED = 4, WOMENS_SESSIONS_ONLY = 16;
export const FAMILIES = { sport: 1, culture: 2, learning: 4 };

/** `{card}` with the facts of a code that a known key has signed, or `{refused: reason}`; `keys` are raw, by id. */
export async function readCode(text, keys) {
  if (!text.startsWith(PREFIX)) return { refused: "prefix" };
  if (text.length !== LETTERS) return { refused: "length" };
  const bytes = decode(text.slice(PREFIX.length));
  if (!bytes) return { refused: "base45" };
  const header = bytes.slice(0, HEADER);
  const { card, refused } = unpack(header);
  if (refused) return { refused };
  const key = keys.get(card.key);
  if (!key) return { refused: "key" };
  if (!(await verifies(key, bytes.slice(HEADER), joined(CONTEXT, header)))) return { refused: "signature" };
  return card.type === TEST ? { refused: "test_card" } : { card };
}

function unpack(header) {
  const at = new DataView(header.buffer, header.byteOffset, header.length);
  const type = header[0] & 15, since = at.getUint16(7), until = at.getUint16(9), flags = header[14];
  if (header[0] >> 4 !== 1) return { refused: "version" };
  if (type > TEST) return { refused: "type" };
  if (until <= since || until - since > 730) return { refused: "validity" };
  if (flags & ~63) return { refused: "flags" };
  if (header[35]) return { refused: "reserved" };
  const name = nameOf(header.slice(16, 32));
  if (name === null) return { refused: "name" };
  const card = {
    type, key: header[1], index: at.getUint32(2), generation: header[6], validFrom: dayOf(since), validTo: dayOf(until),
    plan: header[11], county: at.getUint16(12), flags, birthYear: header[15] && 1280 + header[15], name,
    families: at.getUint16(32), offlineVisits: header[34],
  };
  return { card };
}

/** The short name of sixteen bytes; null unless they are the only spelling of it. */
function nameOf(bytes) {
  let bits = 0n;
  for (const byte of bytes) bits = (bits << 8n) | BigInt(byte);
  if (bits & 3n) return null;
  let letters = "";
  for (let shift = 122n; shift >= 2n; shift -= 6n) letters += NAME[Number((bits >> shift) & 63n)];
  const name = letters.replace(/\0+$/, "");
  return name.includes("\0") || name !== name.split(" ").filter(Boolean).join(" ") ? null : name;
}

const dayOf = (days) => new Date(FIRST_DAY + days * DAY).toISOString().slice(0, 10);
