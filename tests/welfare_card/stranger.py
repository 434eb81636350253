"""A reader of RK1 as a stranger writes it from the layout in `welfare_card/README.md`; it shares no code with ours."""

import datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ed25519

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
LETTERS = "\0 آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیأؤئABCDEFGHIJKLMNOPQRSTUVWXYZ"


def read(text, public_keys):
    """The facts as a dict, or None."""
    if len(text) != 154 or text[:4] != "RK1:" or any(letter not in DIGITS for letter in text):
        return None
    number = b""
    for start in range(4, 154, 3):
        c, d, e = (DIGITS.index(letter) for letter in text[start : start + 3])
        value = c + d * 45 + e * 45 * 45
        if value > 65535:
            return None
        number += bytes([value // 256, value % 256])
    return facts(number, public_keys)


def facts(b, public_keys):
    def whole(at, size):
        return sum(b[at + place] << 8 * (size - 1 - place) for place in range(size))

    kind, since, until = b[0] % 16, whole(7, 2), whole(9, 2)
    wrong = b[0] // 16 != 1 or kind > 3 or b[1] not in public_keys or since >= until or until - since > 730
    bits = "".join(f"{byte:08b}" for byte in b[16:32])
    name = "".join(LETTERS[int(bits[at : at + 6], 2)] for at in range(0, 126, 6)).rstrip("\0")
    if wrong or b[35] or b[14] > 63 or bits[126:] != "00" or "\0" in name or name != " ".join(name.split(" ")).strip():
        return None
    try:
        key = ed25519.Ed25519PublicKey.from_public_bytes(public_keys[b[1]])
        key.verify(b[36:100], b"RefahKart/1\x00" + b[:36])
    except InvalidSignature:
        return None
    day = datetime.date(2020, 1, 1)
    return {
        "type": kind,
        "key": b[1],
        "index": whole(2, 4),
        "generation": b[6],
        "valid_from": (day + datetime.timedelta(days=since)).isoformat(),
        "valid_to": (day + datetime.timedelta(days=until)).isoformat(),
        "plan": b[11],
        "county": whole(12, 2),
        "flags": b[14],
        "birth_year": b[15] + 1280 if b[15] else 0,
        "name": name,
        "families": whole(32, 2),
        "offline_visits": b[34],
    }
