"""Changing a series: this session, this and the following, or all of them; everybody gets one message."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sports_boards import notices
from sports_boards.actions.claims import claim_programme
from sports_boards.actions.parts import book_sessions, free_sessions, lock_parts
from sports_boards.actions.recording import record_act
from sports_boards.models import BookablePart, Booking, Coach, Programme, Session
from sports_boards.queries.days import Slot
from sports_boards.queries.families import everybody_in
from sports_boards.queries.why_not import coach_faults, hours_faults, hours_of_coaches, wants_of
from taar.lib.jalali import TEHRAN, local_day
from taar.lib.persian import clean_line
from taar.lib.refusals import Reason, Refused
from taar.notifications.actions import tell
from taar.organizations.models import Duty

# What a change may name; hours are times of day, each session keeps its day.
CHANGEABLE = {"starts_at", "ends_at", "venue", "place", "where", "indoor", "coach"}


class Scope(models.TextChoices):
    """Which sessions of a series a change is for."""

    THIS = "this", gettext_lazy("this session")
    FOLLOWING = "following", gettext_lazy("this and the following sessions")
    ALL = "all", gettext_lazy("all sessions to come")


@transaction.atomic
def edit_sessions(
    session: Session, *, scope: str, by: Any, at: datetime, parts: Sequence[BookablePart] | None = None, **changes: Any
) -> list[Session]:
    """Change hours, place, parts or coach of the sessions of a scope that have not begun; all or none of them change.

    A change of all is written into the programme too, so that a session that is added later follows it.
    """
    if set(changes) - CHANGEABLE:
        raise ValueError(f"a session's {sorted(set(changes) - CHANGEABLE)} cannot be changed")
    programme = claim_programme(session.programme, *Programme.LIVE)
    sessions = _scoped(programme, session, scope, at)
    if not sessions:
        raise Refused(_("No session of this choice lies ahead."))
    _apply(sessions, changes, at)
    wanted = _wanted_parts(programme, sessions, parts, changes)
    lock_parts({key for keys in wanted.values() for key in keys})
    _refuse_faults(programme, sessions, wanted, changes.get("coach"))
    free_sessions([each.pk for each in sessions], at=at)
    _save(sessions)
    _book(sessions, wanted, by=by, at=at)
    if scope == Scope.ALL:
        _write_programme(programme, changes, parts, at)
    _finish(programme, sessions, [*changes, *(["parts"] if parts is not None else [])], scope, by=by, at=at)
    return sessions


def _scoped(programme: Programme, session: Session, scope: str, at: datetime) -> list[Session]:
    rows = programme.sessions.coming(at).select_for_update(of=["self"], no_key=True).order_by("pk")
    if scope == Scope.THIS:
        rows = rows.filter(pk=session.pk)
    elif scope == Scope.FOLLOWING:
        rows = rows.filter(starts_at__gte=session.starts_at)
    return list(rows)


def _wanted_parts(
    programme: Programme, sessions: list[Session], parts: Sequence[BookablePart] | None, changes: dict[str, Any]
) -> dict[int, list[int]]:
    """The keys of the parts that each session is to hold: those named, or its own, and its coach's hours."""
    ground: dict[int, set[int]] = {session.pk: set() for session in sessions}
    hours: dict[int, set[int]] = {session.pk: set() for session in sessions}
    rows = Booking.objects.live().filter(session__in=list(ground))
    for session, part, kind in rows.values_list("session_id", "part_id", "part__kind"):
        (hours if kind == BookablePart.Kind.COACH else ground)[session].add(part)
    if parts is not None:
        ground = {key: {part.pk for part in parts} for key in ground}
    if "coach" in changes:
        coaches = [changes["coach"]] if changes["coach"] else programme.coaches.all()
        hours = dict.fromkeys(hours, {part.pk for part in hours_of_coaches(coaches)})
    return {key: sorted(ground[key] | hours[key]) for key in ground}


def _apply(sessions: list[Session], changes: dict[str, Any], at: datetime) -> None:
    """Set what changes, in memory; hours fall on each session's own day."""
    for session in sessions:
        day = session.on
        for name, item in changes.items():
            if isinstance(item, time):
                item = datetime.combine(day, item, tzinfo=TEHRAN)
            setattr(session, name, clean_line(item) if name == "where" else item)
        session.changed_at = at
        if session.starts_at <= at or session.ends_at <= session.starts_at:
            raise Refused(_("A session lies ahead and ends after it begins, on the same day."), field="starts_at")


def _refuse_faults(
    programme: Programme, sessions: list[Session], wanted: dict[int, list[int]], coach: Coach | None
) -> None:
    """Refuse parts that are elsewhere, closed or taken by others, and a coach who may not stand there."""
    found = []
    if coach:
        if coach.board_id != programme.board_id:
            raise Refused(_("Choose coaches of this board."), field="coaches")
        found += coach_faults(programme, [coach], [session.on for session in sessions])
    of_parts: dict[int, list[Session]] = {}
    for session in sessions:
        for key in wanted[session.pk]:
            of_parts.setdefault(key, []).append(session)
    but = [session.pk for session in sessions]
    for part in BookablePart.objects.filter(pk__in=of_parts).order_by("pk"):
        if part.venue_id and any(session.venue_id != part.venue_id for session in of_parts[part.pk]):
            found.append(Reason("parts", _("The parts are those of the programme's venue.")))
        slots = [Slot(session.starts_at, session.ends_at) for session in of_parts[part.pk]]
        found += hours_faults([part], slots, wants=wants_of(programme), but=but)
    for reason in found:
        raise Refused(reason.sentence, field=reason.code)


def _save(sessions: list[Session]) -> None:
    try:
        with transaction.atomic():
            Session.objects.bulk_update(sessions, [*sorted(CHANGEABLE), "changed_at"])
    except IntegrityError as taken:
        raise Refused(_("This programme has a session at this moment already."), field="starts_at") from taken


def _book(sessions: list[Session], wanted: dict[int, list[int]], *, by: Any, at: datetime) -> None:
    """Take the hours again, sessions of the same parts together."""
    groups: dict[tuple[int, ...], list[Session]] = {}
    for session in sessions:
        groups.setdefault(tuple(wanted[session.pk]), []).append(session)
    for keys, group in groups.items():
        if keys:
            book_sessions(group, keys, by=by, at=at)


def _write_programme(
    programme: Programme, changes: dict[str, Any], parts: Sequence[BookablePart] | None, at: datetime
) -> None:
    written = {name: item for name, item in changes.items() if name != "coach"} | {"changed_at": at}
    for name, item in written.items():
        setattr(programme, name, item)
    programme.save(update_fields=list(written))
    if parts is not None:
        programme.parts.set(parts)


def _finish(
    programme: Programme, sessions: list[Session], changed: list[str], scope: str, *, by: Any, at: datetime
) -> None:
    """One entry of the journal and one message to everybody concerned."""
    first = local_day(min(session.starts_at for session in sessions))
    facts = {"scope": scope, "sessions": len(sessions), "changed": sorted(changed), "from_on": first}
    record_act("edit_sessions", programme.subject, by=by, at=at, board=programme.board, duty=Duty.BOARDS, facts=facts)
    said = {"title": programme.titles, "from_on": first.isoformat()}
    told = everybody_in([programme.pk], [programme.board_id], local_day(at))
    tell(told, notices.SESSIONS_CHANGED, at=at, url=f"/programmes/{programme.pk}/", facts=said, own=True)
