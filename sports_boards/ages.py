"""Ages on the day of a session: pure. Full years by the Jalali birthday, both ends of a range within.

Who was born on 30 Esfand has the birthday on 1 Farvardin of a year whose Esfand has 29 days (`taar.people.age`).
"""

from datetime import date, timedelta
from enum import StrEnum

from taar.lib.jalali import FIRST_YEAR, JalaliDay, from_jalali, month_length, to_jalali
from taar.people.age import age_on

ONE_DAY = timedelta(days=1)


class AgeFault(StrEnum):
    """Why somebody does not fit an age range."""

    NO_BIRTHDAY = "no_birthday"
    TOO_YOUNG = "too_young"
    TOO_OLD = "too_old"


def age_fault(birth_on: date | None, day: date, *, least: int | None, most: int | None) -> AgeFault | None:
    """Why a birthday does not fit a range on a day; nothing when it does, or when there is no range."""
    if least is None and most is None:
        return None
    if birth_on is None:
        return AgeFault.NO_BIRTHDAY
    age = age_on(birth_on, day)
    if least is not None and age < least:
        return AgeFault.TOO_YOUNG
    return AgeFault.TOO_OLD if most is not None and age > most else None


def birthdays_between(day: date, *, least: int | None, most: int | None) -> tuple[date | None, date | None]:
    """The first and the last birthday of those who fit a range on a day; None where the range has no end."""
    latest = _latest_birthday(day, least) if least is not None else None
    earliest = _latest_birthday(day, most + 1) + ONE_DAY if most is not None else None
    return earliest, latest


def _latest_birthday(day: date, age: int) -> date:
    """The last day on which somebody was born who is at least so old on a day."""
    today = to_jalali(day)
    year = max(today.year - age, FIRST_YEAR)
    # On the last day of a short Esfand, who was born on a 30th has the birthday tomorrow: the 29th is the last one.
    return from_jalali(str(JalaliDay(year, today.month, min(today.day, month_length(year, today.month)))))
