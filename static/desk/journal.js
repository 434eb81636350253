// The journal of this device: each line names the hash of the one before it and is signed with the device's key.

import { fromText, sha256, toHex } from "./bytes.js";
import { sign } from "./ed25519.js";
import * as store from "./store.js";

const DOMAIN = "RefahVisit/1";
const SIGNED = ["device", "seq", "prev", "id", "code", "number", "service", "at", "tier", "guardian", "list"];
export const FIRST = "0".repeat(64);

/** The bytes that are signed: the domain and the fields in their order; what is absent is null. */
export const signedBytes = (line) => fromText(`${DOMAIN}\n${JSON.stringify(SIGNED.map((name) => line[name] ?? null))}`);

/**
 * Write a visit down, signed and on the disk, before anybody is let in. One window writes at a time, so that no number
 * is given twice. `device` is `{id, secret}`.
 */
export function write(device, visit) {
  return navigator.locks.request("desk-journal", async () => {
    const head = (await store.get("head")) ?? { device: device.id, seq: 0, hash: FIRST };
    const line = { ...visit, device: device.id, seq: head.seq + 1, prev: head.hash };
    const message = signedBytes(line);
    line.signature = toHex(await sign(device.secret, message));
    await store.append(line, { device: device.id, seq: line.seq, hash: toHex(await sha256(message)) });
    return line;
  });
}
