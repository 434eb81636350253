"""The code on a card, RK1: 36 bytes of facts and an Ed25519 signature, read by anyone offline and forged by no one.

`RK1:` and the base45 of header ‖ signature; the signature is over `"RefahKart/1\\0" ‖ header`. Numbers are big-endian.
The layout table stands in this app's README, so that a stranger can write a reader.
"""

import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum, IntFlag, StrEnum

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from welfare_card import base45, short_name

PREFIX = "RK1:"
CONTEXT = b"RefahKart/1\0"
VERSION = 1
HEADER_BYTES, SIGNATURE_BYTES = 36, 64
CODE_LETTERS = len(PREFIX) + (HEADER_BYTES + SIGNATURE_BYTES) // 2 * 3
FIRST_DAY = date(2020, 1, 1)
LONGEST_DAYS = 730
FIRST_BIRTH_YEAR = 1280
_LAYOUT = struct.Struct(">BBIBHHBHBB16sHBB")


class CardType(IntEnum):
    """What carries the code; a test card opens nothing."""

    PAPER = 0
    PHONE = 1
    ACTIVATION = 2
    TEST = 3


class Flag(IntFlag):
    """What the door must know of the holder."""

    WOMAN = 1
    CHILD = 2
    GUARDIAN_NEEDED = 4
    COMPANION = 8
    WOMENS_SESSIONS_ONLY = 16
    PHOTO = 32


class Reason(StrEnum):
    """Why a code or a list is not read."""

    LENGTH = "length"
    PREFIX = "prefix"
    BASE45 = "base45"
    VERSION = "version"
    TYPE = "type"
    TEST_CARD = "test_card"
    KEY = "key"
    VALIDITY = "validity"
    FLAGS = "flags"
    NAME = "name"
    RESERVED = "reserved"
    SIGNATURE = "signature"
    ROLLED_BACK = "rolled_back"
    CONTENT = "content"


class Unreadable(Exception):
    """A text that is not a code of ours, with the reason by name."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True)
class CardCode:
    """The facts of a code. `valid_to` is the first day on which it no longer holds; birth year 0 is "not told"."""

    type: CardType
    key: int
    index: int
    generation: int
    valid_from: date
    valid_to: date
    plan: int
    county: int
    flags: Flag
    birth_year: int
    name: str
    families: int
    offline_visits: int

    def holds_on(self, day: date) -> bool:
        """Whether the card is valid on a day."""
        return self.valid_from <= day < self.valid_to


def pack(code: CardCode) -> bytes:
    """The 36 bytes of the header; ValueError for facts that no reader would take."""
    days = (code.valid_to - code.valid_from).days
    if not 0 < days <= LONGEST_DAYS:
        raise ValueError(f"a card is valid for 1 to {LONGEST_DAYS} days, not {days}")
    try:
        return _LAYOUT.pack(
            VERSION << 4 | code.type,
            code.key,
            code.index,
            code.generation,
            (code.valid_from - FIRST_DAY).days,
            (code.valid_to - FIRST_DAY).days,
            code.plan,
            code.county,
            Flag(code.flags),
            code.birth_year and code.birth_year - FIRST_BIRTH_YEAR,
            short_name.pack(code.name),
            code.families,
            code.offline_visits,
            0,
        )
    except struct.error as fault:
        raise ValueError(f"a fact does not fit the card: {fault}") from fault


def unpack(header: bytes) -> CardCode:
    """The facts of 36 bytes; Unreadable for what `pack` never writes."""
    first, key, index, generation, since, until, plan, county, flags, birth, name, families, visits, zero = (
        _LAYOUT.unpack(header)
    )
    _refuse(first >> 4 != VERSION, Reason.VERSION)
    _refuse(first & 15 not in CardType._value2member_map_, Reason.TYPE)
    _refuse(not 0 < until - since <= LONGEST_DAYS, Reason.VALIDITY)
    # A flag that this reader does not know may forbid something, so it is not passed over.
    _refuse(bool(flags & ~0x3F), Reason.FLAGS)
    _refuse(zero != 0, Reason.RESERVED)
    try:
        letters = short_name.unpack(name)
    except ValueError as fault:
        raise Unreadable(Reason.NAME) from fault
    return CardCode(
        type=CardType(first & 15),
        key=key,
        index=index,
        generation=generation,
        valid_from=FIRST_DAY + timedelta(days=since),
        valid_to=FIRST_DAY + timedelta(days=until),
        plan=plan,
        county=county,
        flags=Flag(flags),
        birth_year=birth and FIRST_BIRTH_YEAR + birth,
        name=letters,
        families=families,
        offline_visits=visits,
    )


def sign(header: bytes, sign_with: Callable[[bytes], bytes]) -> bytes:
    """The hundred bytes of a code, signed with the private key's `sign`."""
    return header + sign_with(CONTEXT + header)


def write_code(signed: bytes) -> str:
    """The text that the QR of a card holds."""
    return PREFIX + base45.encode(signed)


def read_code(text: str, keys: Mapping[int, bytes], *, test_cards: bool = False) -> CardCode:
    """The facts of a code that a known key has signed; Unreadable with its reason for anything else.

    `keys` are raw public keys by id. A test card is refused unless asked for.
    """
    _refuse(not text.startswith(PREFIX), Reason.PREFIX)
    _refuse(len(text) != CODE_LETTERS, Reason.LENGTH)
    try:
        signed = base45.decode(text.removeprefix(PREFIX))
    except ValueError as fault:
        raise Unreadable(Reason.BASE45) from fault
    return read_signed(signed, keys, test_cards=test_cards)


def read_signed(signed: bytes, keys: Mapping[int, bytes], *, test_cards: bool = False) -> CardCode:
    """As `read_code`, from the hundred bytes."""
    _refuse(len(signed) != HEADER_BYTES + SIGNATURE_BYTES, Reason.LENGTH)
    header, signature = signed[:HEADER_BYTES], signed[HEADER_BYTES:]
    code = unpack(header)
    _refuse(code.key not in keys, Reason.KEY)
    try:
        Ed25519PublicKey.from_public_bytes(keys[code.key]).verify(signature, CONTEXT + header)
    except InvalidSignature as fault:
        raise Unreadable(Reason.SIGNATURE) from fault
    _refuse(code.type == CardType.TEST and not test_cards, Reason.TEST_CARD)
    return code


def _refuse(wrong: bool, reason: Reason) -> None:
    if wrong:
        raise Unreadable(reason)
