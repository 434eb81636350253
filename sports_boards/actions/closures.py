"""A closure takes every outdoor session of its counties off in one act, gives visits back and tells the people once."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction

from sports_boards import notices
from sports_boards.actions.recording import record_act
from sports_boards.models import Attendance, Session
from sports_boards.queries.closing import outdoor_sessions
from sports_boards.queries.families import everybody_in
from taar.lib.jalali import local_day
from taar.notifications.actions import tell
from taar.organizations.actions import declare_closure
from taar.organizations.models import Duty, Venue
from taar.places.models import Closure, Place
from welfare_card.actions.visits import give_back


@transaction.atomic
def close_counties(
    counties: Iterable[Place], *, from_on: date, until_on: date, cause: str, reason: str, by: Any, at: datetime
) -> Closure:
    """Declare a closure and suspend in the same act every outdoor session of the counties that is not over."""
    closure = declare_closure(
        by=by, at=at, from_on=from_on, until_on=until_on, cause=cause, reason=reason, places=counties
    )
    suspend_for_closure(closure, by=by, at=at)
    return closure


@transaction.atomic
def suspend_for_closure(closure: Closure, *, by: Any, at: datetime) -> int:
    """Suspend the outdoor sessions that a closure meets, give their visits back, tell each person once; how many."""
    sessions = list(
        sessions_met_by(closure, at)
        .select_for_update(of=["self"], no_key=True, skip_locked=by is None)
        .select_related("programme")
        .order_by("pk")
    )
    if not sessions:
        return 0
    keys = [session.pk for session in sessions]
    Session.objects.filter(pk__in=keys).update(
        status=Session.Status.SUSPENDED, closure=closure, reason=closure.reason, settled_at=at, changed_at=at
    )
    visits = _give_visits_back(keys, closure, by=by, at=at)
    facts = {"sessions": len(keys), "visits": visits, "from_on": closure.from_on, "until_on": closure.until_on}
    record_act("suspend_for_closure", f"closure:{closure.pk}", by=by, at=at, duty=Duty.CLOSURES, facts=facts)
    told = everybody_in(
        {session.programme_id for session in sessions}, {session.programme.board_id for session in sessions},
        local_day(at),
    )  # fmt: skip
    said = {"from_on": closure.from_on.isoformat(), "until_on": closure.until_on.isoformat(), "reason": closure.reason}
    tell(told, notices.SESSIONS_CLOSED, at=at, url="/programmes/", facts=said, own=True)
    return len(keys)


def suspend_closed_sessions(at: datetime) -> int:
    """Do the same for closures that were declared elsewhere, or that met a session which was added later."""
    running = Closure.objects.in_force().filter(until_on__gte=local_day(at)).order_by("pk")
    return sum(suspend_for_closure(closure, by=None, at=at) for closure in running)


def sessions_met_by(closure: Closure, at: datetime) -> Any:
    """Outdoor sessions in the places of a closure, on its days, that stand in the calendar and are not over."""
    places = closure.places.values_list("pk", flat=True)
    return outdoor_sessions(places, from_on=closure.from_on, until_on=closure.until_on, at=at)


def _give_visits_back(sessions: list[int], closure: Closure, *, by: Any, at: datetime) -> int:
    """What somebody had already paid by card for a session that a closure broke off goes back, by venue and day."""
    rows = Attendance.objects.filter(session__in=sessions, visit__isnull=False, visit__reversed_at=None)
    by_venue: dict[tuple[int, date], list[Any]] = {}
    for visit, venue, on in rows.order_by().values_list("visit", "visit__venue", "visit__on"):
        by_venue.setdefault((venue, on), []).append(visit)
    venues = Venue.objects.in_bulk([venue for venue, _on in by_venue])
    return sum(
        give_back(venues[venue], on=on, reason=closure.reason, by=by, at=at, visits=visits)
        for (venue, on), visits in sorted(by_venue.items())
    )
