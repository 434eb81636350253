"""How far the plan has come: three counts, tables that may be told, and the line to the target. Pure."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from taar.lib.jalali import from_jalali, month_length, to_jalali
from welfare_card.small_numbers import LEAST, told

# Age bands by their youngest age. Whose sex or birthday is not known stands with men or the eldest: a row of their
# own would almost always be of few, and another one would have to be hidden with it.
BANDS = (("under_15", 0), ("15_to_30", 15), ("over_30", 30))


class Counts(NamedTuple):
    """Persons who are registered, who have come with a card within 90 days, and who were reached in any way.

    Whoever is active is registered, and whoever is registered was reached.
    """

    registered: int = 0
    active: int = 0
    reached: int = 0

    def plus(self, other: "Counts") -> "Counts":
        return Counts(*(one + two for one, two in zip(self, other, strict=True)))


class Told(NamedTuple):
    """The same, empty where it may not be told."""

    registered: int | None = None
    active: int | None = None
    reached: int | None = None


@dataclass(frozen=True)
class Line:
    """The way to the target: so many people from a day to another."""

    target: int
    from_on: date
    until_on: date

    def expected(self, on: date) -> int:
        """How many there should be on a day, when every day brings the same."""
        whole = max(1, (self.until_on - self.from_on).days)
        return self.target * max(0, min(whole, (on - self.from_on).days)) // whole


def total_of(counts: Mapping[Hashable, Counts]) -> Counts:
    """All rows of a table together."""
    whole = Counts()
    for each in counts.values():
        whole = whole.plus(each)
    return whole


def told_total(counts: Counts) -> Told:
    """What may be told of a whole: no count of few, and none that leaves few between it and another."""
    registered, active, reached = counts
    return Told(
        registered if registered >= LEAST else None,
        active if active >= LEAST and registered - active >= LEAST else None,
        reached if reached >= LEAST and reached - registered >= LEAST else None,
    )


def told_table(rows: Sequence[Counts], whole: Told) -> list[Told]:
    """What may be told of each row beside what is told of the whole; a count that the whole hides is told of no row."""
    registered = told([(row.registered,) for row in rows])
    active = told(
        [(row.active, row.registered - row.active) for row in rows], untold=set(range(len(rows))) - registered
    )
    reached = told([(row.reached, row.reached - row.registered) for row in rows])
    kept = [
        (registered, whole.registered, "registered"), (active, whole.active, "active"),
        (reached, whole.reached, "reached"),
    ]  # fmt: skip
    return [
        Told(**{name: getattr(row, name) if place in may and of is not None else None for may, of, name in kept})
        for place, row in enumerate(rows)
    ]


def band_starts(day: date) -> list[tuple[str, date]]:
    """For each band the first day after the last birthday that is in it, seen from a day."""
    today = to_jalali(day)
    starts = []
    for name, age in BANDS:
        year = today.year - age
        last = min(today.day, month_length(year, today.month))
        starts.append((name, from_jalali(f"{year}-{today.month}-{last}")))
    return starts


def is_behind(counts: Counts, population: int | None, mean: float, share: float) -> bool:
    """Whether a place has less than a share of the mean of registered persons for its inhabitants."""
    return bool(population) and counts.registered / population < share * mean
