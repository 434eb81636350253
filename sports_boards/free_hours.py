"""Free hours of a part: pure. Whole hours from each opening, by the clock of Tehran, for some days ahead."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sports_boards.opening_hours import Hours
from taar.lib.jalali import TEHRAN

HOUR = timedelta(hours=1)
# A part and an hour are one number: minutes since 1970 fill 26 bits until 2097.
MINUTE_BITS = 26


class Slot(NamedTuple):
    """An hour that a part is open, and for whom."""

    window: str
    starts_at: datetime
    ends_at: datetime


def slots_of(rules: Iterable[Hours], days: Iterable[date]) -> list[Slot]:
    """Every whole hour of the rules in force, day by day; what is left of an opening at its end is no slot."""
    rules = list(rules)
    found = []
    for day in days:
        for rule in sorted((each for each in rules if _holds(each, day)), key=lambda each: each.opens_at):
            starts_at = datetime.combine(day, rule.opens_at, tzinfo=TEHRAN)
            closes_at = datetime.combine(day, rule.closes_at, tzinfo=TEHRAN)
            while starts_at + HOUR <= closes_at:
                found.append(Slot(rule.window, starts_at, starts_at + HOUR))
                starts_at += HOUR
    return found


def number_of(part: int, starts_at: datetime) -> int:
    """The number of an hour of a part, the same for good."""
    return (part << MINUTE_BITS) | (int(starts_at.timestamp()) // 60)


def _holds(rule: Hours, day: date) -> bool:
    return rule.weekday == day.weekday() and rule.holds_on(day)
