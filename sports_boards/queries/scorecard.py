"""How a board does: figures of a year, and no few people told in any of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet, Sum

from sports_boards.models import Attendance, Board, Concern, Programme, Seat
from taar.lib.jalali import day_start
from taar.people.models import Person
from taar.places.models import Place
from taar.places.queries import underserved_places
from welfare_card.small_numbers import told

YEAR = timedelta(days=365)
Status = Programme.Status
HELD = (Status.RUNNING, Status.FINISHED, Status.REPORTED)


@dataclass(frozen=True)
class Share:
    """A part of a whole; `few`: there are too few people to tell it."""

    part: int = 0
    whole: int = 0
    few: bool = False

    @property
    def share(self) -> float | None:
        """From 0 to 1; nothing where there is no whole, or few."""
        return None if self.few or not self.whole else self.part / self.whole


@dataclass(frozen=True)
class Scorecard:
    """The figures of a board for the year up to a day."""

    held: Share
    fill: Share
    attendance: Share
    women: Share
    underserved: Share
    answered: Share


def scorecard_of(board: Board, day: date) -> Scorecard:
    """Of the board and the county boards beneath it: programmes that began in the year before a day."""
    ours = Q(board=board) | Q(board__parent=board)
    rows = Programme.objects.published().filter(ours, starts_on__gt=day - YEAR, starts_on__lte=day).order_by()
    going = rows.exclude(status=Status.CANCELLED)
    places = going.aggregate(taken=Sum("taken"), capacity=Sum("capacity"))
    concerns = Concern.objects.filter(ours, sent_at__gte=day_start(day - YEAR)).order_by()
    sent = concerns.aggregate(all=Count("pk"), answered=Count("pk", filter=Q(answered_at__isnull=False)))
    return Scorecard(
        held=Share(rows.filter(status__in=HELD).count(), rows.count()),
        fill=Share(places["taken"] or 0, places["capacity"] or 0),
        attendance=_attendance(going),
        women=_women(going),
        underserved=_underserved(going, day),
        answered=Share(sent["answered"], sent["all"]),
    )


def _attendance(programmes: QuerySet) -> Share:
    """Who came, of all who were marked and not excused."""
    marks = Attendance.objects.filter(programme__in=programmes.values("pk")).exclude(mark=Attendance.Mark.EXCUSED)
    came = Q(mark__in=(Attendance.Mark.PRESENT, Attendance.Mark.LATE))
    found = marks.order_by().aggregate(all=Count("pk"), came=Count("pk", filter=came))
    people = marks.order_by().aggregate(
        came=Count("seat__person", distinct=True, filter=came),
        missed=Count("seat__person", distinct=True, filter=~came),
    )
    return _of_people(found["came"], found["all"], (people["came"], people["missed"]))


def _women(programmes: QuerySet) -> Share:
    seats = _seats(programmes)
    found = seats.aggregate(all=Count("pk"), women=Count("pk", filter=Q(person__sex=Person.Sex.WOMAN)))
    return _of_people(found["women"], found["all"], (found["women"], found["all"] - found["women"]))


def _underserved(programmes: QuerySet, day: date) -> Share:
    """Places taken in programmes of neighbourhoods that bear the flag of an underserved place."""
    by_place = dict(_seats(programmes).values_list("programme__place").annotate(n=Count("pk")))
    flagged = underserved_places(Place.objects.filter(pk__in=by_place), day)
    part, whole = sum(n for place, n in by_place.items() if place in flagged), sum(by_place.values())
    return _of_people(part, whole, (part, whole - part))


def _seats(programmes: QuerySet) -> QuerySet[Seat]:
    having = (Seat.State.CONFIRMED, Seat.State.COMPLETED)
    return Seat.objects.filter(programme__in=programmes.values("pk"), state__in=having).order_by()


def _of_people(part: int, whole: int, groups: Sequence[int]) -> Share:
    """A share of people that is told only when none of its groups is few; nobody at all in one is no few."""
    counted = [number for number in groups if number]
    return Share(part, whole, few=bool(counted) and not told([counted]))
