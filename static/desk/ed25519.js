// Ed25519: the browser's own where it has it, else a library; no key can be read out of the desk's store as it lies.

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
  const bare = crypto.getRandomValues(new Uint8Array(32));
  const shown = await (await library()).getPublicKeyAsync(bare);
  return { secret: await wrapped(bare), shown };
}

/** The library's key sealed by one that the browser does not give out: it lies open only while it signs. */
async function wrapped(bare) {
  const wrap = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, wrap, bare);
  bare.fill(0);
  return { wrap, iv, sealed };
}

/** The 64 bytes of a signature. */
export async function sign(secret, message) {
  if (secret instanceof CryptoKey) return new Uint8Array(await crypto.subtle.sign("Ed25519", secret, message));
  const bare = new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv: secret.iv }, secret.wrap, secret.sealed));
  const signature = await (await library()).signAsync(message, bare);
  bare.fill(0);
  return signature;
}
