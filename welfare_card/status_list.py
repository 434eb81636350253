"""The status list: one bit a card, set where it is blocked; signed, small, and brought up to date by a delta.

A file is a head of 129 bytes and a zlib body. The signed part is the same in a full list and in a delta: it names the
digest of the bits that come out in the end, so a delta needs no signature of its own and a wrong one is found out.
"""

import struct
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from welfare_card.card_code import Reason, Unreadable

MAGIC = b"RKS1"
CONTEXT = b"RefahList/1\0"
LARGEST_BITS = 2**30
_SIGNED = struct.Struct(">BIQQI32s")
_BASE = struct.Struct(">I")
_SIGNATURE_BYTES = 64
HEAD_BYTES = len(MAGIC) + _BASE.size + _SIGNED.size + _SIGNATURE_BYTES


class Freshness(StrEnum):
    """What a door may still do with the list that it has."""

    FRESH = "fresh"
    AMBER = "amber"
    ROSTERS_ONLY = "rosters_only"
    TOO_OLD = "too_old"


AGES = (
    (timedelta(hours=24), Freshness.FRESH),
    (timedelta(hours=72), Freshness.AMBER),
    (timedelta(days=7), Freshness.ROSTERS_ONLY),
)


@dataclass(frozen=True)
class StatusBits:
    """A list that was made or read: its number, its time, and one bit for each card index, from 0 on."""

    key: int
    seq: int
    issued_at: datetime
    next_at: datetime
    count: int
    bits: bytes

    def blocked(self, index: int) -> bool:
        """Whether the card of an index is blocked; one beyond the list was issued later and is not."""
        return index < self.count and bool(self.bits[index >> 3] & 128 >> (index & 7))

    def freshness(self, at: datetime) -> Freshness:
        """How far the list may be trusted at a moment: a day, three days, a week."""
        age = at - self.issued_at
        return next((state for limit, state in AGES if age <= limit), Freshness.TOO_OLD)

    @property
    def statement(self) -> bytes:
        """The 57 bytes that are signed."""
        times = (int(moment.timestamp()) for moment in (self.issued_at, self.next_at))
        return _SIGNED.pack(self.key, self.seq, *times, self.count, sha256(self.bits).digest())


def bits_of(blocked: Iterable[int], count: int) -> bytes:
    """One bit for each of `count` cards, set for the blocked indexes, filled up to a whole byte."""
    bits = bytearray((count + 7) // 8)
    for index in blocked:
        if not 0 <= index < count:
            raise ValueError(f"{index} is not within {count} cards")
        bits[index >> 3] |= 128 >> (index & 7)
    return bytes(bits)


def sign(status: StatusBits, sign_with: Callable[[bytes], bytes]) -> bytes:
    """The signature of a list."""
    return sign_with(CONTEXT + status.statement)


def write_full(status: StatusBits, signature: bytes) -> bytes:
    """The file of a whole list."""
    return _head(0, status, signature) + zlib.compress(status.bits, 9)


def write_delta(status: StatusBits, signature: bytes, base: StatusBits) -> bytes:
    """The file that leads from an older list to this one: the indexes whose bit flips, four bytes each."""
    flips = _flips(base.bits, status.bits)
    return _head(base.seq, status, signature) + zlib.compress(b"".join(index.to_bytes(4, "big") for index in flips), 9)


def read_list(data: bytes, keys: Mapping[int, bytes], held: StatusBits | None = None) -> StatusBits:
    """The list in a file, full or a delta on the one `held`; Unreadable for a wrong or an older one.

    A list with a lower number than the one held is a roll-back, and so is another list with the same number.
    """
    if len(data) < HEAD_BYTES or data[:4] != MAGIC:
        raise Unreadable(Reason.PREFIX)
    base = _BASE.unpack_from(data, 4)[0]
    statement = data[8 : 8 + _SIGNED.size]
    key, seq, issued, until, count, digest = _SIGNED.unpack(statement)
    _verify(statement, data[HEAD_BYTES - _SIGNATURE_BYTES : HEAD_BYTES], keys.get(key))
    if held and (seq < held.seq or (seq == held.seq and statement != held.statement)):
        raise Unreadable(Reason.ROLLED_BACK)
    if count > LARGEST_BITS or (base and (held is None or held.seq != base)):
        raise Unreadable(Reason.CONTENT)
    body = _unpacked(data[HEAD_BYTES:], count)
    bits = _flipped(held.bits, body, count) if base else body
    if sha256(bits).digest() != digest:
        raise Unreadable(Reason.CONTENT)
    issued_at, next_at = (datetime.fromtimestamp(moment, UTC) for moment in (issued, until))
    return StatusBits(key, seq, issued_at, next_at, count, bits)


def _head(base: int, status: StatusBits, signature: bytes) -> bytes:
    return MAGIC + _BASE.pack(base) + status.statement + signature


def _verify(statement: bytes, signature: bytes, public: bytes | None) -> None:
    if public is None:
        raise Unreadable(Reason.KEY)
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, CONTEXT + statement)
    except InvalidSignature as fault:
        raise Unreadable(Reason.SIGNATURE) from fault


def _unpacked(body: bytes, count: int) -> bytes:
    """The content of a body, never more than its list could need."""
    reader = zlib.decompressobj()
    try:
        content = reader.decompress(body, max(count * 4, 8))
    except zlib.error as fault:
        raise Unreadable(Reason.CONTENT) from fault
    if not reader.eof or reader.unused_data:
        raise Unreadable(Reason.CONTENT)
    return content


def _flips(old: bytes, new: bytes) -> Iterable[int]:
    """The indexes at which two lists differ; the shorter one counts as filled up with zeros."""
    length = max(len(old), len(new))
    for place, (was, now) in enumerate(zip(old.ljust(length, b"\0"), new.ljust(length, b"\0"), strict=True)):
        if was != now:
            yield from (place * 8 + bit for bit in range(8) if (was ^ now) & 128 >> bit)


def _flipped(old: bytes, flips: bytes, count: int) -> bytes:
    bits = bytearray(old.ljust((count + 7) // 8, b"\0"))
    for place in range(0, len(flips), 4):
        index = int.from_bytes(flips[place : place + 4], "big")
        if index >= count:
            raise Unreadable(Reason.CONTENT)
        bits[index >> 3] ^= 128 >> (index & 7)
    return bytes(bits)
