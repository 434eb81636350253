// Ed25519: the browser's own where it has it, else a library; a key that the browser makes cannot be read out of it.

let own;

/** Whether the browser itself knows Ed25519. */
async function isOwn() {
  own ??= crypto.subtle.generateKey("Ed25519", false, ["sign", "verify"]).then(() => true, () => false);
  return own;
}

const library = () => import("../vendor/noble-ed25519.js");

/** Whether the raw public key has signed these bytes. */
export async function verifies(publicKey, signature, message) {
  if (publicKey.length !== 32 || signature.length !== 64) return false;
  try {
    if (!(await isOwn())) return await (await library()).verifyAsync(signature, message, publicKey);
    const key = await crypto.subtle.importKey("raw", publicKey, "Ed25519", false, ["verify"]);
    return await crypto.subtle.verify("Ed25519", key, signature, message);
  } catch {
    return false;
  }
}

/** A new key: `secret` to be kept in this browser, `shown` its 32 public bytes. */
export async function newKey() {
  if (await isOwn()) {
    const pair = await crypto.subtle.generateKey("Ed25519", false, ["sign", "verify"]);
    return { secret: pair.privateKey, shown: new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey)) };
  }
  const secret = crypto.getRandomValues(new Uint8Array(32));
  return { secret, shown: await (await library()).getPublicKeyAsync(secret) };
}

/** The 64 bytes of a signature. */
export async function sign(secret, message) {
  if (secret instanceof CryptoKey) return new Uint8Array(await crypto.subtle.sign("Ed25519", secret, message));
  return (await library()).signAsync(message, secret);
}
