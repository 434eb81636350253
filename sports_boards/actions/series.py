"""Changing a series: this session, this and the following, or all of them; everybody gets one message."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sports_boards import notices
from sports_boards.actions.claims import claim_programme
from sports_boards.actions.feed_items import mark_programme
from sports_boards.actions.parts import book_sessions, free_sessions, lock_parts
from sports_boards.actions.recording import record_act
from sports_boards.models import BookablePart, Booking, Coach, Programme, Session
from sports_boards.queries.days import Slot
from sports_boards.queries.families import everybody_in
from sports_boards.queries.why_not import coach_faults, hours_faults, wants_of
from taar.lib.jalali import TEHRAN, local_day
from taar.lib.persian import clean_line
from taar.lib.refusals import Refused
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
    kept = _parts_by_session(sessions)
    locked = lock_parts({part.pk for part in parts or ()} | {key for keys in kept.values() for key in keys})
    _apply(sessions, changes, at)
    _refuse_faults(programme, sessions, kept, parts, changes.get("coach"))
    free_sessions([each.pk for each in sessions], at=at)
    _save(sessions)
    wanted = {part.pk for part in parts} if parts is not None else None
    _book(sessions, kept, wanted, by=by, at=at)
    if scope == Scope.ALL:
        _write_programme(programme, changes, parts, at)
    _finish(programme, sessions, changes, scope, by=by, at=at, parts=len(locked))
    return sessions


def _scoped(programme: Programme, session: Session, scope: str, at: datetime) -> list[Session]:
    rows = programme.sessions.coming(at).select_for_update(of=["self"], no_key=True).order_by("pk")
    if scope == Scope.THIS:
        rows = rows.filter(pk=session.pk)
    elif scope == Scope.FOLLOWING:
        rows = rows.filter(starts_at__gte=session.starts_at)
    return list(rows)


def _parts_by_session(sessions: list[Session]) -> dict[int, list[int]]:
    """The keys of the parts that each session holds."""
    kept: dict[int, list[int]] = {session.pk: [] for session in sessions}
    rows = Booking.objects.live().filter(session__in=list(kept)).order_by("part")
    for session, part in rows.values_list("session_id", "part_id"):
        kept[session].append(part)
    return kept


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
    programme: Programme, sessions: list[Session], kept: dict[int, list[int]], parts: Sequence[BookablePart] | None,
    coach: Coach | None,
) -> None:  # fmt: skip
    """Refuse hours at which a part is closed or taken by others, and a coach who may not stand there."""
    but = [session.pk for session in sessions]
    found = []
    if coach:
        if coach.board_id != programme.board_id:
            raise Refused(_("Choose coaches of this board."), field="coaches")
        found += coach_faults(programme, [coach], [session.on for session in sessions])
    wants = wants_of(programme)
    if parts is not None:
        found += hours_faults(
            list(parts), [Slot(each.starts_at, each.ends_at) for each in sessions], wants=wants, but=but
        )
    else:
        of_parts: dict[int, list[Slot]] = {}
        for session in sessions:
            for key in kept[session.pk]:
                of_parts.setdefault(key, []).append(Slot(session.starts_at, session.ends_at))
        for part in BookablePart.objects.filter(pk__in=of_parts).order_by("pk"):
            found += hours_faults([part], of_parts[part.pk], wants=wants, but=but)
    for reason in found:
        raise Refused(reason.sentence, field=reason.code)


def _save(sessions: list[Session]) -> None:
    try:
        with transaction.atomic():
            Session.objects.bulk_update(sessions, [*sorted(CHANGEABLE), "changed_at"])
    except IntegrityError as taken:
        raise Refused(_("This programme has a session at this moment already."), field="starts_at") from taken


def _book(
    sessions: list[Session], kept: dict[int, list[int]], wanted: set[int] | None, *, by: Any, at: datetime
) -> None:
    """Take the hours again, on the parts that were named or on those that each session had."""
    groups: dict[tuple[int, ...], list[Session]] = {}
    for session in sessions:
        keys = tuple(sorted(wanted)) if wanted is not None else tuple(kept[session.pk])
        groups.setdefault(keys, []).append(session)
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
    programme: Programme, sessions: list[Session], changes: dict[str, Any], scope: str, *, by: Any, at: datetime,
    parts: int,
) -> None:  # fmt: skip
    """One entry of the journal, one mark of the feed, and one message to everybody concerned."""
    first = min(session.starts_at for session in sessions)
    facts = {"scope": scope, "sessions": len(sessions), "changed": sorted(changes), "parts": parts}
    facts |= {"from_on": local_day(first)}
    record_act("edit_sessions", programme.subject, by=by, at=at, board=programme.board, duty=Duty.BOARDS, facts=facts)
    mark_programme(programme, [session.pk for session in sessions])
    said = {"title": programme.titles, "from_on": local_day(first).isoformat()}
    told = everybody_in([programme.pk], [programme.board_id], local_day(at))
    tell(told, notices.SESSIONS_CHANGED, at=at, url=f"/programmes/{programme.pk}/", facts=said, own=True)
