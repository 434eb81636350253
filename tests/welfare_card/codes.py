"""Codes for tests of the pure modules, under keys that open nothing."""

import json
import random
from datetime import timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import strategies as st

from welfare_card.card_code import FIRST_DAY, CardCode, CardType, Flag, pack, sign, write_code
from welfare_card.short_name import ALPHABET, short_name

VECTORS = json.loads((Path("welfare_card/data") / "test_vectors.json").read_text(encoding="utf-8"))
PRIVATE = {number: Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32) for number in (1, 7, 255)}
PUBLIC = {number: key.public_key().public_bytes_raw() for number, key in PRIVATE.items()}


def signed(code: CardCode) -> bytes:
    return sign(pack(code), PRIVATE[code.key].sign)


def text_of(code: CardCode) -> str:
    return write_code(signed(code))


def facts_of(code: CardCode) -> dict:
    """The facts as the published vectors write them."""
    return {name: fact.isoformat() if hasattr(fact, "isoformat") else fact for name, fact in vars(code).items()}


def some_code(chance: random.Random) -> CardCode:
    since = FIRST_DAY + timedelta(days=chance.randrange(60_000))
    return CardCode(
        type=CardType(chance.randrange(3)),
        key=chance.choice(list(PRIVATE)),
        index=chance.randrange(2**32),
        generation=chance.randrange(256),
        valid_from=since,
        valid_to=since + timedelta(days=chance.randint(1, 730)),
        plan=chance.randrange(256),
        county=chance.randrange(2**16),
        flags=Flag(chance.randrange(64)),
        birth_year=chance.choice([0, chance.randint(1281, 1535)]),
        name=short_name("".join(chance.choices(ALPHABET[1:], k=chance.randrange(22)))),
        families=chance.randrange(2**16),
        offline_visits=chance.randrange(256),
    )


any_code = st.integers().map(lambda seed: some_code(random.Random(seed)))
