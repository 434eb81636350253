"""Who of a waiting list gets the places that are free: pure.

The list is walked in its order. A family gets all its seats together or none; one that needs more than are left is
passed over and keeps its place in the list, so that no place stays free while somebody who fits it waits.
Seats that are still kept for residents are left to residents.
"""

from collections.abc import Iterable
from typing import NamedTuple


class Waiting(NamedTuple):
    """A family in the list: its key, the seats it needs, and whether it lives in the place of the programme."""

    key: int
    seats: int
    resident: bool = False


def who_fits(line: Iterable[Waiting], *, free: int, kept: int = 0) -> list[int]:
    """The keys of those who get the free places, in the order of the list; `kept` of the free are for residents."""
    chosen = []
    for family in line:
        if free <= 0:
            break
        if family.seats > (free if family.resident else free - kept):
            continue
        chosen.append(family.key)
        free -= family.seats
        kept = max(0, kept - family.seats) if family.resident else kept
    return chosen


def kept_for_residents(*, places: int, percent: int, taken_by_residents: int) -> int:
    """How many places are still kept for residents: their share, rounded up, less what they have."""
    return max(0, -(-places * percent // 100) - taken_by_residents)
