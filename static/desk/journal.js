// The journal of this device: each line names the hash of the one before it and is signed with the device's key.

import { fromText, sha256, toHex } from "./bytes.js";
import { sign } from "./ed25519.js";
import * as store from "./store.js";

const DOMAIN = "RefahVisit/1", SEEN = "RefahSeen/1";
const SIGNED = ["device", "seq", "prev", "id", "code", "number", "service", "at", "tier", "guardian", "list"];
export const FIRST = "0".repeat(64);

/** The bytes that are signed: the domain and the fields in their order; what is absent is null. */
export const signedBytes = (line) => fromText(`${DOMAIN}\n${JSON.stringify(SIGNED.map((name) => line[name] ?? null))}`);

/** The end of a device's journal: the number and the hash of its last line. */
async function headOf(device) {
  const head = await store.get("head");
  return head?.device === device.id ? head : { device: device.id, seq: 0, hash: FIRST };
}

/**
 * Write a visit down, signed and on the disk, before anybody is let in. One window writes at a time, so that no number
 * is given twice. `device` is `{id, secret}`; what the line spends is kept beside it, longer than the line itself.
 */
export function write(device, visit) {
  return navigator.locks.request("desk-journal", async () => {
    const head = await headOf(device);
    const line = { ...visit, device: device.id, seq: head.seq + 1, prev: head.hash };
    const message = signedBytes(line);
    line.signature = toHex(await sign(device.secret, message));
    const spends = { device: device.id, seq: line.seq, tier: line.tier, index: line.index, family: line.service, day: line.day };
    await store.append(line, { device: device.id, seq: line.seq, hash: toHex(await sha256(message)) }, spends);
    return line;
  });
}

/** A signed word that the journal ends here at this moment; `moment` gives it in ms, and no line is written meanwhile. */
export function seen(device, moment) {
  return navigator.locks.request("desk-journal", async () => {
    const { seq } = await headOf(device), at = new Date(await moment()).toISOString();
    const message = fromText(`${SEEN}\n${JSON.stringify([device.id, seq, at])}`);
    return { device: device.id, seq, at, signature: toHex(await sign(device.secret, message)) };
  });
}
