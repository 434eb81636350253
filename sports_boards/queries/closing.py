"""What a closure of counties would do, told before it is declared."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q

from sports_boards.models import Attendance, Session
from sports_boards.queries.families import everybody_in
from taar.lib.jalali import day_start, local_day
from taar.places.models import Place

ONE_DAY = timedelta(days=1)
# As many sessions as a preview names; the numbers count all.
NAMED = 30


@dataclass(frozen=True)
class Preview:
    """Outdoor sessions that would be suspended, people who would be told, visits that would be given back."""

    sessions: int
    by_county: list[tuple[str, int]]
    named: list[Session]
    people: int
    visits: int


def outdoor_sessions(places: Collection[int], *, from_on: date, until_on: date, at: datetime):
    """Outdoor sessions in places and what lies in them, on some days, that stand in the calendar and are not over."""
    inner = Place.objects.filter(ancestors__overlap=list(places)).order_by().values("pk")
    first, after = day_start(from_on), day_start(until_on + ONE_DAY)
    rows = Session.objects.filter(Q(ends_at__gt=at), status__in=Session.STANDING, indoor=False)
    return rows.filter(starts_at__gte=first, starts_at__lt=after, place__in=inner)


def preview_closure(counties: Collection[Place], *, from_on: date, until_on: date, at: datetime) -> Preview:
    """How many sessions, people and visits a closure of some counties would reach; nothing is written."""
    rows = outdoor_sessions([county.pk for county in counties], from_on=from_on, until_on=until_on, at=at)
    keys = list(rows.order_by().values_list("pk", "programme", "programme__board"))
    by_county = rows.order_by("place__county__name_fa").values_list("place__county__name_fa").annotate(n=Count("pk"))
    visits = Attendance.objects.filter(
        session__in=[key for key, _programme, _board in keys], visit__isnull=False, visit__reversed_at=None
    )
    people = everybody_in(
        {programme for _key, programme, _board in keys}, {board for _key, _programme, board in keys}, local_day(at)
    )
    shown = rows.select_related("programme", "place").order_by("starts_at", "pk")[:NAMED]
    return Preview(len(keys), list(by_county), list(shown), len(people) if keys else 0, visits.count())
