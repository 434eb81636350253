"""Verbs of a programme that is approved: opened, closed, run, finished, reported; or cancelled from anywhere."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext as _

from sports_boards import notices
from sports_boards.actions.claims import claim_programme, step
from sports_boards.actions.leaving import cancel_all, end_enrolments
from sports_boards.actions.parts import free_sessions
from sports_boards.actions.programme_draws import commit_draw
from sports_boards.actions.recording import record_act
from sports_boards.actions.wording import long_enough, needed_line
from sports_boards.models import Programme, Session
from sports_boards.queries.families import everybody_in
from taar.lib.jalali import local_day
from taar.lib.refusals import Refused
from taar.notifications.actions import tell
from taar.organizations.models import Duty

Status = Programme.Status
BATCH = 200
# A session that has begun, whether or not somebody has said yet that it was held.
BEGUN = (*Session.STANDING, Session.Status.HELD)


@transaction.atomic
def open_enrolment(programme: Programme, *, by: Any, at: datetime) -> Programme:
    """Open an approved programme to families while its deadline lies ahead."""
    claimed = claim_programme(programme, Status.APPROVED)
    if claimed.enrol_until_at <= at:
        raise Refused(_("The deadline for enrolment has passed."))
    if claimed.giving == Programme.Giving.DRAW:
        commit_draw(claimed, at)
    return _go(claimed, Status.OPEN, "open_enrolment", by=by, at=at, opened_at=at)


@transaction.atomic
def close_enrolment(programme: Programme, *, by: Any, at: datetime) -> Programme:
    """Close the enrolment, at the deadline or before it."""
    claimed = claim_programme(programme, Status.OPEN)
    return _go(claimed, Status.ENROLMENT_CLOSED, "close_enrolment", by=by, at=at, enrolment_closed_at=at)


@transaction.atomic
def start_programme(programme: Programme, *, by: Any, at: datetime) -> Programme:
    """Begin a programme that as many take part in as it needs."""
    claimed = claim_programme(programme, Status.ENROLMENT_CLOSED)
    if claimed.taken < claimed.minimum:
        raise Refused(_("Fewer people take part than this programme needs; cancel it, or wait for more."))
    return _go(claimed, Status.RUNNING, "start_programme", by=by, at=at, running_at=at)


@transaction.atomic
def finish_programme(programme: Programme, *, by: Any, at: datetime) -> Programme:
    """End a programme when no session lies ahead or waits for a decision; who took part is completed."""
    claimed = claim_programme(programme, Status.RUNNING)
    if _unsettled(claimed, at).exists():
        raise Refused(_("Sessions of this programme lie ahead or wait for a decision."))
    end_enrolments(claimed, at)
    return _go(claimed, Status.FINISHED, "finish_programme", by=by, at=at, finished_at=at)


@transaction.atomic
def report_programme(programme: Programme, *, report: str, by: Any, at: datetime) -> Programme:
    """The board says how a finished programme went."""
    claimed = claim_programme(programme, Status.FINISHED)
    report = long_enough(report, "report")
    return _go(claimed, Status.REPORTED, "report_programme", by=by, at=at, reported_at=at, report=report)


@transaction.atomic
def cancel_programme(programme: Programme, *, reason: str, by: Any, at: datetime) -> Programme:
    """Cancel a programme with a reason: sessions that were not held, bookings, applications and offers fall with it."""
    claimed = claim_programme(programme, *Programme.CANCELLABLE)
    reason = needed_line(reason, "reason", _("Write the reason; everybody concerned reads it."), most=300)
    told = everybody_in([claimed.pk], [claimed.board_id], local_day(at))
    sessions = list(claimed.sessions.filter(status__in=Session.UNSETTLED).values_list("pk", flat=True))
    Session.objects.filter(pk__in=sessions).update(
        status=Session.Status.CANCELLED, settled_at=at, reason=reason, changed_at=at
    )
    free_sessions(sessions, at=at)
    cancel_all(claimed, at)
    facts = {"reason": reason, "from": claimed.status, "sessions": len(sessions)}
    step(claimed, Status.CANCELLED, cancelled_at=at, reason=reason, changed_at=at)
    _record("cancel_programme", claimed, by=by, at=at, facts=facts)
    said = {"title": claimed.titles, "reason": reason}
    url = claimed.page if claimed.approved_at else claimed.desk_page
    tell(told, notices.PROGRAMME_CANCELLED, at=at, url=url, facts=said, own=True)
    claimed.refresh_from_db()
    return claimed


def advance_programmes(at: datetime) -> int:
    """Close, start and finish programmes whose day has come; each by its own verb, those that refuse wait."""
    begun = Session.objects.filter(programme=OuterRef("pk"), status__in=BEGUN, starts_at__lte=at)
    ahead = Session.objects.filter(programme=OuterRef("pk"), status__in=Session.UNSETTLED, ends_at__gt=at)
    waits = Session.objects.filter(programme=OuterRef("pk"), status=Session.Status.SUSPENDED)
    due = [
        (close_enrolment, Programme.objects.filter(status=Status.OPEN, enrol_until_at__lte=at)),
        (
            start_programme,
            Programme.objects.filter(Exists(begun), status=Status.ENROLMENT_CLOSED, taken__gte=F("minimum")),
        ),
        (finish_programme, Programme.objects.filter(~Exists(ahead), ~Exists(waits), status=Status.RUNNING)),
    ]
    return sum(_advance(verb, programme, at) for verb, rows in due for programme in rows.order_by("pk")[:BATCH])


def _advance(verb: Any, programme: Programme, at: datetime) -> int:
    try:
        verb(programme, by=None, at=at)
    except Refused:  # somebody else took the step between the look and the lock
        return 0
    return 1


def _unsettled(programme: Programme, at: datetime) -> Any:
    ahead = programme.sessions.filter(status__in=Session.UNSETTLED, ends_at__gt=at)
    return ahead | programme.sessions.filter(status=Session.Status.SUSPENDED)


def _go(programme: Programme, status: str, verb: str, *, by: Any, at: datetime, **moments: Any) -> Programme:
    """Take a step and record it under its verb."""
    step(programme, status, changed_at=at, **moments)
    _record(verb, programme, by=by, at=at, facts={"taken": programme.taken, "capacity": programme.capacity})
    return programme


def _record(verb: str, programme: Programme, *, by: Any, at: datetime, facts: Mapping[str, Any]) -> None:
    facts = {"board": programme.board.code} | dict(facts)
    record_act(verb, programme.subject, by=by, at=at, board=programme.board, duty=Duty.BOARDS, facts=facts)
