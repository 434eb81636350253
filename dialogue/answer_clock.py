"""The answer clock, pure: whether an answer is due, from which day, and until when, in working days of the place."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from math import ceil

AddDays = Callable[[date, int], date]


@dataclass(frozen=True)
class Terms:
    """The numbers of the clock as they stand: working days, a share of residents, and counts of supports."""

    owner_days: int = 2
    answer_days: int = 10
    share: float = 0.005
    least: int = 10
    most: int = 100
    underserved_least: int = 5


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


def escalation_step(days_past: int) -> str:
    """Who is told on which working day of the clock: the official, the head, the deputy governor, the board."""
    steps = {5: "official", 8: "official", 10: "official", 11: "head", 16: "deputy", 21: "board"}
    return steps.get(days_past, "")
