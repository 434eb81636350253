"""On which days and hours a programme falls: its rule of weeks, with holidays and closures of its place."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sports_boards.models import Programme
from sports_boards.weekly_rule import Fall, fall
from taar.lib.jalali import TEHRAN
from taar.places.models import Closure, Holiday, Place

ONE_DAY = timedelta(days=1)


class Slot(NamedTuple):
    """The hours of one meeting."""

    starts_at: datetime
    ends_at: datetime


def fall_of(programme: Programme) -> Fall:
    """The days of a programme, those that are skipped and those offered instead.

    ValueError for a rule that nobody can read or that has no end; an event falls on its day, whatever day that is.
    """
    if programme.kind == Programme.Kind.EVENT:
        return Fall((programme.starts_on,), (), ())
    off = off_days(programme.place, indoor=programme.indoor, since=programme.starts_on)
    return fall(
        programme.rule,
        programme.starts_on,
        is_off=off.__contains__,
        until_on=programme.ends_on,
        meetings=programme.meetings,
    )


def off_days(place: Place | None, *, indoor: bool, since: date) -> frozenset[date]:
    """Days from a day on without sessions: holidays, and outdoors the closures of the place or of what it lies in."""
    days = set(Holiday.objects.filter(withdrawn_at=None, on__gte=since).values_list("on", flat=True))
    if not indoor and place is not None:
        closures = Closure.objects.in_force().filter(until_on__gte=since, places__in=place.ancestors)
        for first, last in closures.values_list("from_on", "until_on"):
            days.update(first + step * ONE_DAY for step in range((last - first).days + 1))
    return frozenset(days)


def slots_of(programme: Programme, days: Iterable[date]) -> list[Slot]:
    """The hours of a programme on some days, by the clock of Tehran."""
    return [
        Slot(
            datetime.combine(day, programme.starts_at, tzinfo=TEHRAN),
            datetime.combine(day, programme.ends_at, tzinfo=TEHRAN),
        )
        for day in days
    ]
