// Base45 of RFC 9285, strict: one text for each run of bytes, so that no code has a second spelling.

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/** The bytes of a text; null for a strange letter, a letter left over, or a group too large for its bytes. */
export function decode(text) {
  const values = Array.from(text, (letter) => ALPHABET.indexOf(letter));
  if (values.includes(-1) || values.length % 3 === 1) return null;
  const bytes = [];
  for (let place = 0; place < values.length; place += 3) {
    const [low, middle, high] = values.slice(place, place + 3);
    const value = low + 45 * middle + 2025 * (high ?? 0);
    if (value >= (high === undefined ? 256 : 65536)) return null;
    if (high !== undefined) bytes.push(value >> 8);
    bytes.push(value & 255);
  }
  return Uint8Array.from(bytes);
}
