// The keys that cards and lists are signed with, as the offline root key has signed them.

import { fromBase64, fromText, joined } from "./bytes.js";
import { verifies } from "./ed25519.js";

const CONTEXT = fromText("RefahKeys/1\0");

/** `{seq, cards, lists}` with raw keys by id; null for a list that the root has not signed, or an older one than `seq`. */
export async function readKeyList(text, root, seq = 0) {
  try {
    const { signature, ...content } = JSON.parse(text);
    const signed = joined(CONTEXT, fromText(plain(content)));
    if (!(await verifies(root, fromBase64(signature), signed)) || content.seq < seq) return null;
    const of = (use) => new Map(content.keys.filter((key) => key.use === use).map((key) => [key.id, fromBase64(key.public)]));
    return { seq: content.seq, cards: of("cards"), lists: of("lists") };
  } catch {
    return null;
  }
}

/** JSON with sorted names, no white space and ASCII alone, as the root key signs it. */
function plain(value) {
  if (Array.isArray(value)) return `[${value.map(plain).join(",")}]`;
  if (value && typeof value === "object") {
    return `{${Object.keys(value).sort().map((name) => `${plain(name)}:${plain(value[name])}`).join(",")}}`;
  }
  return JSON.stringify(value).replace(/[\u007f-\uffff]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
