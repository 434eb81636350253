"""What goes between the boards and the governor's office: whose a concern or a request is to read."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from sports_boards.models import Concern, SupportRequest
from sports_boards.queries.mandates import acting_boards, boards_of
from taar.organizations.models import Duty
from taar.organizations.queries import standing_of

OFFICES = (Duty.BOARDS, Duty.SECRETARIAT)


def concerns_of(person: Any, day: date) -> QuerySet[Concern]:
    """The concerns that a person reads: all of them in an office, those of their boards in a seat."""
    rows = Concern.objects.select_related("board__organization", "board__parent__organization", "unit", "place")
    return rows if reads_all(person, day) else rows.filter(_of_boards(person, day))


def requests_of(person: Any, day: date) -> QuerySet[SupportRequest]:
    """The support requests that a person reads, in the same way."""
    rows = SupportRequest.objects.select_related("board__organization", "board__parent__organization")
    return rows if reads_all(person, day) else rows.filter(_of_boards(person, day))


def reads_all(person: Any, day: date) -> bool:
    """Whether a person is of an office that reads what every board writes."""
    standing = standing_of(person, day)
    return any(standing.has(duty) for duty in OFFICES)


def _of_boards(person: Any, day: date) -> Q:
    own, acting = boards_of(person, day), acting_boards(person, day)
    return Q(board__in=own.order_by().values("pk")) | Q(board__in=acting.order_by().values("pk"))
