"""Working days of a place: one small read, then pure counting. What is off: the weekend, holidays, closures."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from taar.lib import numbers
from taar.lib.working_days import add_working_days, working_days_between
from taar.places.models import Closure, Holiday, Place
from taar.places.models.place import PROVINCE_CODE
from taar.places.numbers import WEEKEND


@dataclass(frozen=True)
class Calendar:
    """Which days are off in one place, and the counting of those that are not."""

    closed_days: frozenset[date]
    weekend: frozenset[int]
    # A weekend that changes on a day: (first day, days of the week), oldest first.
    later_weekends: tuple[tuple[date, frozenset[int]], ...] = ()

    def is_off(self, day: date) -> bool:
        """Whether offices are closed on a day."""
        weekend = self.weekend
        for since, days in self.later_weekends:
            if since <= day:
                weekend = days
        return day.weekday() in weekend or day in self.closed_days

    def add(self, day: date, n: int) -> date:
        """The n-th working day after a day."""
        return add_working_days(day, n, self.is_off)

    def between(self, start: date, end: date) -> int:
        """Working days after `start` up to and with `end`."""
        return working_days_between(start, end, self.is_off)


def calendar_for(place: Place | None) -> Calendar:
    """The calendar of a place: holidays, and closures of it or of what it lies in; without a place the province's."""
    return calendars_for([place])[place.pk if place else None]


def calendars_for(places: Iterable[Place | None]) -> dict[int | None, Calendar]:
    """The calendars of many places by their key (None for the province), in as many queries as for one."""
    holidays = frozenset(Holiday.objects.filter(withdrawn_at__isnull=True).values_list("on", flat=True))
    closed = _closed_days_by_place()
    weekend, later = _weekends()
    calendars = {}
    for place in places:
        lies_in = [*place.ancestors, place.pk] if place else []
        own = [closed[key] for key in (PROVINCE_CODE, *lies_in) if key in closed]
        calendars[place.pk if place else None] = Calendar(holidays.union(*own), weekend, later)
    return calendars


def changed_at() -> datetime | None:
    """The last moment at which anything that moves a working day changed; due dates counted before it are stale."""
    latest = [
        Closure.objects.order_by("-changed_at").values_list("changed_at", flat=True).first(),
        Holiday.objects.order_by("-changed_at").values_list("changed_at", flat=True).first(),
        numbers.changed_at(WEEKEND),
    ]
    return max((at for at in latest if at), default=None)


def _closed_days_by_place() -> dict[int | str, set[date]]:
    """Closed days by the key of the place; the province is found by its code too, for those who have no place."""
    rows = Closure.objects.in_force().order_by().values_list("from_on", "until_on", "places", "places__code")
    closed: dict[int | str, set[date]] = {}
    for from_on, until_on, place, code in rows:
        days = {from_on + timedelta(days=step) for step in range((until_on - from_on).days + 1)}
        closed.setdefault(PROVINCE_CODE if code == PROVINCE_CODE else place, set()).update(days)
    return closed


def _weekends() -> tuple[frozenset[int], tuple[tuple[date, frozenset[int]], ...]]:
    default = frozenset(numbers.number_of(WEEKEND).default)
    return default, tuple((since, frozenset(days)) for since, days in numbers.history(WEEKEND))
