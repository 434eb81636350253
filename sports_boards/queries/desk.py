"""What lies on a desk today: of who sits in a board, of a coach, of the sport officer and of the deputy's office."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from sports_boards.models import (
    Application,
    Board,
    Coach,
    Concern,
    FieldNote,
    Mandate,
    Programme,
    Session,
    SupportRequest,
)
from sports_boards.numbers import SEAT_WARN_DAYS
from sports_boards.queries.mandates import acting_boards, boards_of
from taar.lib.jalali import day_start, local_day
from taar.lib.numbers import value
from taar.organizations.models import Duty
from taar.organizations.queries import standing_of

ONE_DAY = timedelta(days=1)
# Lines of each part of the desk; what is beyond is a link away.
LINES = 20
Status = Programme.Status


@dataclass(frozen=True)
class BoardDesk:
    """Everything that asks something of who sits in some boards."""

    boards: list[Board]
    acting: list[Board]
    sessions: list[Session]
    suspended: list[Session]
    waiting: list[Programme]
    returned: list[Programme]
    drafts: list[Programme]
    next_steps: list[Programme]
    mandates: list[Mandate]
    coaches: list[Coach]
    concerns: list[Concern]
    requests: list[SupportRequest]


@dataclass(frozen=True)
class OfficeDesk:
    """How much waits in each queue of an office, by the name of its page; late things apart."""

    counts: Mapping[str, tuple[int, int]] = field(default_factory=dict)


def board_desk(person: Any, at: datetime) -> BoardDesk:
    """The desk of a person's boards and of the county boards beneath them; empty for who sits in none."""
    today = local_day(at)
    boards, acting = list(boards_of(person, today)), list(acting_boards(person, today))
    keys = {board.pk for board in [*boards, *acting]}
    programmes = Programme.objects.filter(board__in=keys).select_related("board__organization")
    notes = Prefetch("notes", FieldNote.objects.filter(mended_at=None), to_attr="open_notes")
    return BoardDesk(
        boards=boards,
        acting=acting,
        sessions=_today(Session.objects.filter(programme__board__in=keys), today),
        suspended=_suspended(keys),
        waiting=_waiting(programmes),
        returned=list(
            programmes.filter(status=Status.RETURNED).prefetch_related(notes).order_by("returned_at")[:LINES]
        ),
        drafts=list(programmes.filter(status=Status.DRAFT).order_by("-changed_at")[:LINES]),
        next_steps=list(programmes.filter(status__in=(Status.APPROVED, Status.FINISHED)).order_by("starts_on")[:LINES]),
        mandates=_ending(keys, today),
        coaches=_expiring(keys, today),
        concerns=_concerns(keys),
        requests=_requests(keys),
    )


def coach_sessions(person: Any, at: datetime) -> list[Session]:
    """Today's sessions that a person coaches."""
    own = Q(programme__coach_rows__coach__person=person.pk) | Q(coach__person=person.pk)
    return _today(Session.objects.filter(own).distinct(), local_day(at))


def office_desk(person: Any, at: datetime) -> OfficeDesk:
    """How much waits in the queues of a person's duties, and how much of it is late."""
    today, standing = local_day(at), standing_of(person, local_day(at))
    counts: dict[str, tuple[int, int]] = {}
    if standing.has(Duty.BOARDS):
        sent = Programme.objects.filter(status=Status.SUBMITTED)
        counts["programme_queue"] = (sent.count(), sent.late_on(today).count())
    if standing.has(Duty.SECRETARIAT):
        owed = Concern.objects.filter(status__in=Concern.OWED)
        counts["concerns"] = (owed.count(), owed.late_on(today).count())
    if standing.has(Duty.BOARDS) or standing.has(Duty.SECRETARIAT):
        counts["support_requests"] = (SupportRequest.objects.filter(status__in=SupportRequest.UNDECIDED).count(), 0)
    if standing.has(Duty.CLOSURES):
        counts["close_counties"] = (0, 0)
    return OfficeDesk(counts)


def _today(rows: QuerySet[Session], today: date) -> list[Session]:
    rows = rows.filter(starts_at__gte=day_start(today), starts_at__lt=day_start(today + ONE_DAY))
    rows = rows.exclude(status__in=(Session.Status.MOVED, Session.Status.CANCELLED))
    return list(rows.select_related("programme", "venue", "place").order_by("starts_at", "pk")[:LINES])


def _suspended(keys: Collection[int]) -> list[Session]:
    rows = Session.objects.filter(programme__board__in=keys, status=Session.Status.SUSPENDED)
    return list(rows.select_related("programme").order_by("starts_at", "pk")[:LINES])


def _waiting(programmes: QuerySet[Programme]) -> list[Programme]:
    """Programmes in which families wait, with how many."""
    waits = Count("applications", filter=Q(applications__status=Application.Status.WAITING))
    rows = programmes.filter(status__in=Programme.LIVE).annotate(waits=waits).filter(waits__gt=0)
    return list(rows.order_by("-waits", "pk")[:LINES])


def _ending(keys: Collection[int], today: date) -> list[Mandate]:
    soon = today + timedelta(days=value(SEAT_WARN_DAYS, today))
    rows = Mandate.objects.on(today).filter(board__in=keys, until_on__lte=soon)
    return list(rows.select_related("board__organization").order_by("until_on")[:LINES])


def _expiring(keys: Collection[int], today: date) -> list[Coach]:
    """Coaches whose licence or check ends soon, or has ended while they still coach."""
    soon = today + timedelta(days=value(SEAT_WARN_DAYS, today))
    going = Q(ended_on=None) | Q(ended_on__gt=today)
    ends = Q(licence_until_on__lte=soon) | Q(safeguarding_until_on=None) | Q(safeguarding_until_on__lte=soon)
    rows = Coach.objects.filter(going, ends, board__in=keys)
    return list(rows.select_related("person", "board__organization").order_by("licence_until_on", "pk")[:LINES])


def _concerns(keys: Collection[int]) -> list[Concern]:
    """Those that are not closed, answered ones first: they wait for the board."""
    rows = list(Concern.objects.filter(board__in=keys).exclude(status=Concern.Status.CLOSED)[:LINES])
    return sorted(rows, key=lambda row: row.status != Concern.Status.ANSWERED)


def _requests(keys: Collection[int]) -> list[SupportRequest]:
    """Those that are not closed, delivered ones first: their use is to be proved."""
    rows = list(SupportRequest.objects.filter(board__in=keys).exclude(status=SupportRequest.Status.CLOSED)[:LINES])
    return sorted(rows, key=lambda row: row.status != SupportRequest.Status.DELIVERED)
