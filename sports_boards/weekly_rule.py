"""Rules of weeks: pure. Which days a programme falls on, which of them are off, and which come instead.

A rule is the weekly part of an RRULE (RFC 5545) without an end, `FREQ=WEEKLY;INTERVAL=1;BYDAY=SA,MO;WKST=SA`: the week
here begins on Saturday, which matters when only every second week counts. Its end is a day or a number of sessions.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from itertools import islice
from typing import NamedTuple

from dateutil.rrule import SA, WEEKLY, rrule

from taar.lib.jalali import from_jalali

# As `date.weekday()` counts, Monday first.
NAMES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
# In the order of the week here.
ORDER = (5, 6, 0, 1, 2, 3, 4)
MOST_WEEKS = 4
# A programme longer than that is another programme.
MOST_MEETINGS = 400


class Weeks(NamedTuple):
    """Days of the week (Monday is 0) of every week, or of every second, third, fourth."""

    weekdays: frozenset[int]
    interval: int = 1


class Fall(NamedTuple):
    """The days of sessions; days of the rule that are off; and as many later days of the rule that are not."""

    days: tuple[date, ...]
    skipped: tuple[date, ...]
    instead: tuple[date, ...]


def write_rule(weekdays: Iterable[int], interval: int = 1) -> str:
    """The text of a rule; ValueError without a day of the week, or for one that does not exist."""
    wanted = frozenset(weekdays)
    if not wanted or not wanted <= set(ORDER) or not 1 <= interval <= MOST_WEEKS:
        raise ValueError(f"not a rule of weeks: {sorted(wanted)} every {interval}")
    days = ",".join(NAMES[day] for day in ORDER if day in wanted)
    return f"FREQ=WEEKLY;INTERVAL={interval};BYDAY={days};WKST=SA"


def read_rule(text: str) -> Weeks:
    """The days and weeks of a rule's text; ValueError for any other RRULE."""
    parts = dict(part.split("=", 1) for part in text.split(";") if "=" in part)
    try:
        weekdays = frozenset(NAMES.index(name) for name in parts["BYDAY"].split(","))
        weeks = Weeks(weekdays, int(parts["INTERVAL"]))
    except (KeyError, ValueError) as wrong:
        raise ValueError(f"not a rule of weeks: {text!r}") from wrong
    if text != write_rule(weeks.weekdays, weeks.interval):
        raise ValueError(f"not a rule of weeks: {text!r}")
    return weeks


def days_of(
    text: str, starts_on: date, *, until_on: date | str | None = None, meetings: int | None = None
) -> list[date]:
    """Every day of a rule up to its end: a day (inside; as text it is a Jalali one, `1405-12-30`) or a number of days.

    ValueError without exactly one end, for a Jalali day that does not exist, and beyond 400 days.
    """
    if (until_on is None) == (meetings is None):
        raise ValueError("a rule ends on a day or after a number of sessions")
    last = from_jalali(until_on) if isinstance(until_on, str) else until_on
    until = datetime(last.year, last.month, last.day) if last else None  # noqa: DTZ001 – days without a clock
    found = list(islice(_endless(text, starts_on, until=until, count=meetings), MOST_MEETINGS + 1))
    if len(found) > MOST_MEETINGS:
        raise ValueError(f"more than {MOST_MEETINGS} sessions")
    return [moment.date() for moment in found]


def fall(
    text: str,
    starts_on: date,
    *,
    is_off: Callable[[date], bool],
    until_on: date | str | None = None,
    meetings: int | None = None,
) -> Fall:
    """Where a rule falls when some days are off; what is skipped is offered again after the last day of the rule."""
    every = days_of(text, starts_on, until_on=until_on, meetings=meetings)
    skipped = tuple(day for day in every if is_off(day))
    days = tuple(day for day in every if day not in skipped)
    later: list[date] = []
    if skipped:
        after = islice(_endless(text, starts_on), len(every), len(every) + MOST_MEETINGS)
        later = list(islice((moment.date() for moment in after if not is_off(moment.date())), len(skipped)))
    return Fall(days, skipped, tuple(later))


def _endless(text: str, starts_on: date, **end) -> rrule:
    weeks = read_rule(text)
    first = datetime(starts_on.year, starts_on.month, starts_on.day)  # noqa: DTZ001 – days without a clock
    return rrule(WEEKLY, dtstart=first, interval=weeks.interval, byweekday=sorted(weeks.weekdays), wkst=SA, **end)
