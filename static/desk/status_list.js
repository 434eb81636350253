// The status list: one bit a card, set where it is blocked; whole, or as the way from the list that is held.

import { fromText, joined, same, sha256 } from "./bytes.js";
import { verifies } from "./ed25519.js";

const CONTEXT = fromText("RefahList/1\0");
const SIGNED = [8, 65], SIGNATURE = [65, 129], HEAD = 129;
const LARGEST = 2 ** 30;

/** The list `{seq, issuedAt, count, bits, statement}` in a file; null for a wrong, a foreign or a rolled-back one. */
export async function readStatusList(file, keys, held = null) {
  if (file.length < HEAD || new TextDecoder().decode(file.slice(0, 4)) !== "RKS1") return null;
  const at = new DataView(file.buffer, file.byteOffset, file.length);
  const statement = file.slice(...SIGNED), key = keys.get(file[8]);
  if (!key || !(await verifies(key, file.slice(...SIGNATURE), joined(CONTEXT, statement)))) return null;
  const base = at.getUint32(4), seq = at.getUint32(9), count = at.getUint32(29);
  if (held && (seq < held.seq || (seq === held.seq && !same(statement, held.statement)))) return null;
  if (count > LARGEST || (base && held?.seq !== base)) return null;
  const body = await inflated(file.slice(HEAD), Math.max(count * 4, 8));
  const bits = body && (base ? flipped(held.bits, body, count) : body);
  if (!bits || !same(await sha256(bits), file.slice(33, 65))) return null;
  return { seq, issuedAt: Number(at.getBigUint64(13)) * 1000, count, bits, statement };
}

/** Whether the card of an index is blocked; one beyond the list was issued later and is not. */
export const isBlocked = (list, index) => index < list.count && Boolean(list.bits[index >> 3] & (128 >> (index & 7)));

async function inflated(bytes, most) {
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate")).getReader();
  const parts = [];
  let length = 0;
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      length += part.value.length;
      if (length > most) return null;
      parts.push(part.value);
    }
  } catch {
    return null;
  }
  return joined(...parts);
}

function flipped(old, flips, count) {
  if (flips.length % 4) return null;
  const bits = new Uint8Array(Math.max((count + 7) >> 3, old.length));
  bits.set(old);
  const at = new DataView(flips.buffer, flips.byteOffset, flips.length);
  for (let place = 0; place < flips.length; place += 4) {
    const index = at.getUint32(place);
    if (index >= count) return null;
    bits[index >> 3] ^= 128 >> (index & 7);
  }
  return bits;
}
