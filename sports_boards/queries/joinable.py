"""What a family can join: programmes as a list and as a week, narrowed by place, week, age, sex and free places."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.db.models import Exists, F, Min, OuterRef, Q, QuerySet

from sports_boards.joining import ADULT_AT
from sports_boards.models import Application, Programme, Session, WhyNot
from sports_boards.numbers import ELDERLY_FROM
from sports_boards.queries.eligibility import programme_fault, reasons_of
from taar.lib.jalali import day_start, local_day
from taar.lib.numbers import value
from taar.lib.paging import Page, page_by_key
from taar.people.models import Person
from taar.places.models import Place

Status = Programme.Status
ORDER = ("starts_on", "pk")
WEEK, ONE_DAY = timedelta(days=7), timedelta(days=1)
# As many sessions of a week on one page; the next page is a link.
WEEK_SIZE = 60
WITHIN_KEPT = 300
SHOWN = ("board__organization", "place__county", "venue")
OFF = (Session.Status.MOVED, Session.Status.CANCELLED)


@dataclass(frozen=True)
class Wish:
    """What somebody looks for; what is empty narrows nothing."""

    near: Place | None = None
    age: int | None = None
    sex: str = ""
    week_from: date | None = None
    free: bool = False
    group: str = ""
    closed_too: bool = False


@dataclass
class Row:
    """A programme on the page, its next session, and of each person why not (nothing: they can)."""

    programme: Programme
    next_at: datetime | None = None
    fault: WhyNot | None = None
    people: list[tuple[Person, list[WhyNot]]] = field(default_factory=list)

    @property
    def is_full(self) -> bool:
        """Whether who applies now waits."""
        return self.programme.free <= 0


def week_start(day: date, weeks: int = 0) -> date:
    """The Saturday of a day's week, so many weeks later."""
    return day - timedelta(days=(day.weekday() + 2) % 7) + weeks * WEEK


def joinable(wish: Wish, at: datetime) -> QuerySet[Programme]:
    """The programmes of a wish."""
    rows = Programme.objects.filter(_narrowing(wish, at))
    if wish.week_from is not None:
        rows = rows.filter(Exists(_sessions_of_week(wish.week_from, at).filter(programme=OuterRef("pk"))))
    return rows


def joinable_page(wish: Wish, *, after: str = "", at: datetime) -> Page:
    """Twenty programmes, the one that begins first before the others."""
    return page_by_key(joinable(wish, at).select_related(*SHOWN), ORDER, after)


def joinable_week(wish: Wish, *, first_day: date, after: str = "", at: datetime) -> Page:
    """The sessions of a week that lie ahead, of the programmes of a wish, in the order of their hours.

    Near is where a session itself takes place.
    """
    wanted = Programme.objects.filter(_narrowing(replace(wish, near=None), at)).order_by().values("pk")
    rows = _sessions_of_week(first_day, at).filter(_near(wish.near), programme__in=wanted)
    shown = [f"programme__{name}" for name in SHOWN]
    return page_by_key(rows.select_related(*shown), ("starts_at", "pk"), after, WEEK_SIZE)


def rows_of(
    programmes: Sequence[Programme], people: Collection[Person], *, by: Any, at: datetime
) -> list[Row]:  # fmt: skip
    """The programmes of a page with their next session and, for the people of `family_of`, the reason of each no."""
    sessions = Session.objects.filter(programme__in=[row.pk for row in programmes]).exclude(status__in=OFF).order_by()
    days = {
        key: (first, following)
        for key, first, following in sessions.values_list("programme").annotate(
            first=Min("starts_at"), following=Min("starts_at", filter=Q(starts_at__gt=at, status__in=Session.STANDING))
        )
    }
    firsts = {row.pk: local_day(days[row.pk][0]) if row.pk in days else row.starts_on for row in programmes}
    wards = {person.pk for person in people} - {by.pk}
    reasons = reasons_of(programmes, people, by=by, at=at, firsts=firsts, wards=wards) if people and programmes else {}
    return [
        Row(
            programme,
            next_at=days[programme.pk][1] if programme.pk in days else None,
            fault=programme_fault(programme, at),
            people=[(person, reasons[(programme.pk, person.pk)]) for person in people],
        )
        for programme in programmes
    ]


def own_enrolments(person: Any) -> list[Application]:
    """The applications of an account that live, those that wait for an answer first."""
    rows = Application.objects.visible_to(person).filter(status__in=Application.LIVE).select_related("programme")
    return sorted(rows, key=lambda each: each.status != Application.Status.OFFERED)


def _narrowing(wish: Wish, at: datetime) -> Q:
    conditions = Q(status__in=Programme.LIVE) if wish.closed_too else Q(status=Status.OPEN, enrol_until_at__gt=at)
    if wish.free:
        conditions &= Q(status=Status.OPEN, capacity__gt=F("taken") + F("held_places"))
    if wish.group:
        conditions &= Q(board__group=wish.group)
    return conditions & _near(wish.near) & _of_age(wish.age, at) & _of_sex(wish.sex)


def _near(place: Place | None) -> Q:
    """What is in a place; nothing lies in a neighbourhood but itself, and places move hardly ever."""
    if place is None:
        return Q()
    if place.is_livable:
        return Q(place=place.pk)
    inner = Place.objects.within(place).order_by().values_list("pk", flat=True)
    return Q(place__in=cache.get_or_set(f"sports_boards.within:{place.pk}", lambda: list(inner), WITHIN_KEPT))


def _of_age(age: int | None, at: datetime) -> Q:
    """Programmes whose ages hold an age of today; what a programme does not say follows from its audience."""
    if age is None:
        return Q()
    fits = (Q(least_age=None) | Q(least_age__lte=age)) & (Q(most_age=None) | Q(most_age__gte=age))
    if age >= ADULT_AT:
        fits &= ~Q(most_age=None, audience__in=("girls", "children"))
    if age < value(ELDERLY_FROM, local_day(at)):
        fits &= ~Q(least_age=None, audience="elderly")
    return fits


def _of_sex(sex: str) -> Q:
    if sex == Person.Sex.WOMAN:
        return ~Q(audience="men")
    return ~Q(audience__in=("women", "girls")) if sex == Person.Sex.MAN else Q()


def _sessions_of_week(first_day: date, at: datetime) -> QuerySet[Session]:
    begins, ends = day_start(first_day), day_start(first_day + WEEK)
    rows = Session.objects.filter(status__in=Session.STANDING, starts_at__gte=max(begins, at), starts_at__lt=ends)
    return rows.order_by()
