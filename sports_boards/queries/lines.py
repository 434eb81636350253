"""The waiting list of a programme: who is in it, who is asked next, and where a family stands."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q, QuerySet, Sum

from sports_boards.models import Application, Programme, Seat
from sports_boards.waiting_line import Waiting, kept_for_residents


@dataclass(frozen=True)
class Standing:
    """The place of a family in a list (1 is next) of how many, and how many seats those before it ask for."""

    place: int
    length: int
    seats_before: int


def askable_line(programme: Programme) -> list[Waiting]:
    """Who may be offered a place, in order: who has declined is asked again once another place became free after it."""
    rows = Application.objects.in_line().filter(programme=programme)
    rows = rows.filter(Q(declined_at=None) | Q(declined_at__lt=programme.freed_at)) if programme.freed_at else rows
    return [Waiting(*row) for row in rows.values_list("pk", "size", "is_resident")]


def kept_places(programme: Programme, at: datetime) -> int:
    """How many free places are kept for residents; their share ends with the enrolment."""
    if not programme.residents_share or at >= programme.enrol_until_at or programme.status != Programme.Status.OPEN:
        return 0
    taken = Seat.objects.filter(programme=programme, state__in=Seat.TAKING, application__is_resident=True).count()
    return kept_for_residents(
        places=programme.capacity - programme.held_places, percent=programme.residents_share, taken_by_residents=taken
    )


def standing_of(application: Application) -> Standing | None:
    """Where a waiting family stands in the list; nothing for who does not wait."""
    if application.status != Application.Status.WAITING:
        return None
    line = Application.objects.in_line().filter(programme=application.programme_id).order_by()
    before = line.filter(
        Q(rank__lt=application.rank)
        | Q(rank=application.rank, listed_at__lt=application.listed_at)
        | Q(rank=application.rank, listed_at=application.listed_at, pk__lt=application.pk)
    )
    seats = before.aggregate(seats=Sum("size"))["seats"] or 0
    return Standing(before.count() + 1, line.count(), seats)


def lines_to_fill(at: datetime) -> QuerySet[Programme]:
    """Programmes in which somebody waits while a place is free, or an offer is over."""
    waits = Application.objects.filter(status=Application.Status.WAITING).order_by().values("programme")
    over = Application.objects.filter(status=Application.Status.OFFERED, offered_until_at__lte=at).order_by()
    free = Q(pk__in=waits, capacity__gt=F("taken") + F("held_places"))
    return Programme.objects.filter(free | Q(pk__in=over.values("programme")))
