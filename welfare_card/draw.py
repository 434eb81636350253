"""A draw that anyone can run again: who gets one of few places, by shares with a spill order and then by lot.

1. Before entries open, SHA-256(secret) is published. 2. After they close, a public value that nobody could know before
is taken; seed = SHA-256(secret ‖ value). 3. The lot of an entry is SHA-256(seed ‖ entry); the smallest comes first.
An entry with a lower weight draws several lots, SHA-256(seed ‖ entry ‖ "\\0" ‖ n) for the others, and keeps its worst.
An entry that asks for several seats gets all of them or none: one that needs more than are left is passed over.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from hmac import compare_digest
from typing import Any

OPEN = ""
MOST_LOTS = 10


class Disagrees(Exception):
    """A published draw is not what its own secret, value and entries give."""


@dataclass(frozen=True)
class Entry:
    """Somebody who wishes a place, or several that belong together: a code that tells nothing, groups, lots, seats."""

    code: str
    groups: frozenset[str] = frozenset()
    lots: int = 1
    seats: int = 1


@dataclass(frozen=True)
class Share:
    """Places kept for a group; what it leaves free goes to the groups of `spill` in their order, then to everybody."""

    group: str
    places: int
    spill: tuple[str, ...] = ()


@dataclass
class Outcome:
    """Who was drawn, in the order of the shares, with the share that gave the place; and who waits, in order."""

    drawn: dict[str, str] = field(default_factory=dict)
    waiting: list[str] = field(default_factory=list)


def commitment(secret: bytes) -> str:
    """What is published before entries open."""
    return sha256(secret).hexdigest()


def seed_of(secret: bytes, value: str) -> bytes:
    """What nobody could know before the entries closed, and nobody could choose after."""
    return sha256(secret + value.encode()).digest()


def order_of(seed: bytes, entries: Iterable[Entry]) -> list[Entry]:
    """The entries by lot; ValueError if a code stands twice."""
    entries = list(entries)
    if any(entry.seats < 1 for entry in entries):
        raise ValueError("an entry asks for one seat or more")
    lots = {entry.code: (lot_of(seed, entry), entry) for entry in entries}
    if len(lots) != len(entries):
        raise ValueError("an entry stands twice")
    return [entry for _lot_of_it, entry in sorted(lots.values(), key=lambda each: (each[0], each[1].code))]


def draw(seed: bytes, entries: Iterable[Entry], places: int, shares: Iterable[Share] = ()) -> Outcome:
    """Give `places`: each share to its group by lot, what it leaves to its spill order, the rest to all by lot."""
    order, outcome = order_of(seed, entries), Outcome()
    shares = list(shares)
    left = places - sum(share.places for share in shares)
    if left < 0 or places < 0 or any(share.places < 0 for share in shares):
        raise ValueError("the shares are more than the places")
    unfilled = [(share, share.places - _give(outcome, order, share.group, share.places)) for share in shares]
    for share, rest in unfilled:
        for group in share.spill:
            rest -= _give(outcome, order, group, rest)
        left += rest
    _give(outcome, order, OPEN, left)
    outcome.waiting = [entry.code for entry in order if entry.code not in outcome.drawn]
    return outcome


def verify(published: Mapping[str, Any]) -> Outcome:
    """Run a published draw again; Disagrees tells where it is not what it says.

    Fields: commitment, secret (hex), value, places, shares [{group, places, spill}],
    entries [{code, groups, lots, seats}], drawn [codes], waiting [codes].
    """
    try:
        secret = bytes.fromhex(published["secret"])
        entries = [_entry_of(row) for row in published["entries"]]
        shares = [_share_of(row) for row in published.get("shares", ())]
        if not compare_digest(commitment(secret), published["commitment"]):
            raise Disagrees("the secret is not the one that was committed to")
        outcome = draw(seed_of(secret, published["value"]), entries, int(published["places"]), shares)
        drawn, waiting = list(published["drawn"]), list(published["waiting"])
    except (KeyError, TypeError, AttributeError, ValueError) as fault:
        raise Disagrees(f"the file does not hold a draw: {fault}") from fault
    if drawn != list(outcome.drawn):
        raise Disagrees("other entries were drawn")
    if waiting != outcome.waiting:
        raise Disagrees("the waiting list is in another order")
    return outcome


def _entry_of(row: Mapping[str, Any]) -> Entry:
    return Entry(row["code"], frozenset(row.get("groups", ())), int(row.get("lots", 1)), int(row.get("seats", 1)))


def _share_of(row: Mapping[str, Any]) -> Share:
    return Share(row["group"], int(row["places"]), tuple(row.get("spill", ())))


def lot_of(seed: bytes, entry: Entry) -> bytes:
    """The lot of an entry, 32 bytes; ValueError for a code or a number of lots that cannot be."""
    if not 1 <= entry.lots <= MOST_LOTS or "\0" in entry.code:
        raise ValueError(f"an entry draws 1 to {MOST_LOTS} lots under a plain code")
    name = entry.code.encode()
    others = (sha256(seed + name + b"\0%d" % turn).digest() for turn in range(1, entry.lots))
    return max([sha256(seed + name).digest(), *others])


def _give(outcome: Outcome, order: list[Entry], group: str, places: int) -> int:
    """Give up to `places` to a group in the order of lots, whole entries only; how many were given."""
    left = places
    for entry in order:
        if not left:
            break
        if entry.code not in outcome.drawn and entry.seats <= left and (group == OPEN or group in entry.groups):
            outcome.drawn[entry.code] = group
            left -= entry.seats
    return places - left
