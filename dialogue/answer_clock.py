"""The answer clock, pure: whether an answer is due, from which day, until when, and who is told, in working days."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from math import ceil

AddDays = Callable[[date, int], date]

# Who is told on which working day of the clock; the days of an extension come on top.
STEPS = {5: "official", 8: "official", 10: "official", 11: "head", 16: "deputy", 21: "board"}
# The step of a second answer that is late: a thread that was opened again has no other.
REOPENED_LATE = 101


@dataclass(frozen=True)
class Terms:
    """The numbers of the clock as they stand: working days, a share of residents, and counts of supports."""

    owner_days: int = 2
    answer_days: int = 10
    share: float = 0.005
    least: int = 10
    most: int = 100
    underserved_least: int = 5
    reopened_days: int = 7


def supports_needed(residents: int | None, *, underserved: bool, terms: Terms) -> int:
    """T1: a share of the residents between two bounds, halved in underserved places down to a bound of its own.

    A place of unknown population needs the least.
    """
    share = ceil((residents or 0) * terms.share)
    needed = max(terms.least, min(terms.most, share))
    return max(terms.underserved_least, ceil(needed / 2)) if underserved else needed


def owner_due(began: date, terms: Terms, add: AddDays) -> date:
    """The last day on which an owner may be named."""
    return add(began, terms.owner_days)


def answer_due(began: date, terms: Terms, add: AddDays, *, extended_by: int = 0) -> date:
    """The last day of the answer; the day the clock begins is day 0, an extension adds its working days."""
    return add(began, terms.answer_days + extended_by)


def steps_due(days_past: int, *, extended_by: int = 0) -> list[int]:
    """The steps that have come by a working day of the clock, in order; an extension moves those that are to come."""
    return [step for step in STEPS if step <= days_past - extended_by]


def is_disputed(*, author_no: bool, ratings: int, no: int, least: int) -> bool:
    """Whether an answer is opened again: by the author's no, or by enough ratings of which half are no."""
    return author_no or (ratings >= least and 2 * no >= ratings)


def verdict(*, replies: int, yes: int, least: int, share: float) -> bool | None:
    """Whether a promise was kept: True from a share of yes on, False when half say no, None while too few spoke."""
    if replies < least:
        return None
    if yes >= share * replies:
        return True
    return False if 2 * (replies - yes) >= replies else None
