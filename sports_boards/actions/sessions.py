"""Verbs of one session: confirmed, held, moved, suspended, resumed, cancelled; and one more for a skipped day."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from sports_boards import notices
from sports_boards.actions.claims import claim_programme, claim_session, step
from sports_boards.actions.parts import book_sessions, free_sessions, lock_parts
from sports_boards.actions.recording import record_act
from sports_boards.actions.wording import needed_line
from sports_boards.models import BookablePart, Coach, Programme, ProgrammeCoach, Session
from sports_boards.queries.approval import asked_parts
from sports_boards.queries.days import Slot, slots_of
from sports_boards.queries.families import everybody_in
from sports_boards.queries.why_not import coach_faults, hours_faults, wants_of
from taar.lib.jalali import local_day
from taar.lib.refusals import Refused
from taar.notifications.actions import tell
from taar.organizations.models import Duty
from taar.places.queries import closures_on

Status = Session.Status


@transaction.atomic
def confirm_session(session: Session, *, by: Any, at: datetime) -> Session:
    """Say that a planned session will take place."""
    claimed = claim_session(session, Status.PLANNED)
    step(claimed, Status.CONFIRMED, settled_at=at, changed_at=at)
    _done("confirm_session", claimed, by=by, at=at)
    return claimed


@transaction.atomic
def hold_session(session: Session, *, by: Any, at: datetime) -> Session:
    """Say that a session was held, once it has begun."""
    claimed = claim_session(session, *Session.STANDING)
    if at < claimed.starts_at:
        raise Refused(_("This session has not begun."))
    step(claimed, Status.HELD, settled_at=at, changed_at=at)
    _done("hold_session", claimed, by=by, at=at)
    return claimed


@transaction.atomic
def move_session(
    session: Session, *, starts_at: datetime, ends_at: datetime, reason: str, by: Any, at: datetime
) -> Session:
    """Move a session to another day: the old row stays and names the new one, which takes the same parts."""
    claimed = claim_session(session, *Session.UNSETTLED)
    reason = _needed(reason)
    _refuse_past(Slot(starts_at, ends_at), at)
    if not claimed.indoor and _is_closed(claimed.place, local_day(starts_at)):
        raise Refused(_("A closure is in force on this day."), field="starts_at")
    parts = parts_of(claimed)
    lock_parts(part.pk for part in parts)
    _refuse_slot(claimed.programme, Slot(starts_at, ends_at), parts, coach=claimed.coach, but=[claimed.pk])
    free_sessions([claimed.pk], at=at)
    old_on = claimed.on
    # The old row gives its hours up first, so that the new one may begin at the same moment elsewhere.
    new = _new(claimed.programme, Slot(starts_at, ends_at), at, like=claimed)
    step(claimed, Status.MOVED, moved_to=new, settled_at=at, reason=reason, changed_at=at)
    book_sessions([new], [part.pk for part in parts], by=by, at=at)
    _done("move_session", claimed, by=by, at=at, facts={"to": starts_at, "reason": reason})
    said = {"old_on": old_on.isoformat(), "new_on": new.on.isoformat(), "reason": reason}
    _tell(claimed.programme, notices.SESSION_MOVED, said, at=at)
    return new


@transaction.atomic
def suspend_session(session: Session, *, reason: str, by: Any, at: datetime) -> Session:
    """Suspend a session that is not over; its hours stay booked until somebody decides."""
    claimed = claim_session(session, *Session.STANDING)
    reason = _needed(reason)
    if claimed.ends_at <= at:
        raise Refused(_("This session is over."))
    step(claimed, Status.SUSPENDED, settled_at=at, reason=reason, changed_at=at)
    _done("suspend_session", claimed, by=by, at=at, facts={"reason": reason})
    _tell(claimed.programme, notices.SESSION_SUSPENDED, _on(claimed) | {"reason": reason}, at=at)
    return claimed


@transaction.atomic
def resume_session(session: Session, *, by: Any, at: datetime) -> Session:
    """Let a suspended session take place after all, when it lies ahead and no closure is in force on its day."""
    claimed = claim_session(session, Status.SUSPENDED)
    if claimed.starts_at <= at:
        raise Refused(_("The hour of this session has passed; move it or cancel it."))
    if not claimed.indoor and _is_closed(claimed.place, claimed.on):
        raise Refused(_("A closure is in force on this day."))
    step(claimed, Status.PLANNED, settled_at=None, closure=None, reason="", changed_at=at)
    _done("resume_session", claimed, by=by, at=at)
    _tell(claimed.programme, notices.SESSION_RESUMED, _on(claimed), at=at)
    return claimed


@transaction.atomic
def cancel_session(session: Session, *, reason: str, by: Any, at: datetime) -> Session:
    """Cancel a session that was not held; its hours are free for others."""
    claimed = claim_session(session, *Session.UNSETTLED)
    reason = _needed(reason)
    step(claimed, Status.CANCELLED, settled_at=at, reason=reason, changed_at=at)
    free_sessions([claimed.pk], at=at)
    _done("cancel_session", claimed, by=by, at=at, facts={"reason": reason})
    _tell(claimed.programme, notices.SESSION_CANCELLED, _on(claimed) | {"reason": reason}, at=at)
    return claimed


@transaction.atomic
def add_skipped_session(programme: Programme, *, skipped_on: date, on: date, by: Any, at: datetime) -> Session:
    """Hold a session for a day that was skipped, on that day after all or on another one, at the usual hours."""
    claimed = claim_programme(programme, *Programme.LIVE)
    if skipped_on not in claimed.skipped_days:
        raise Refused(_("This day was not skipped, or is settled already."), field="skipped_on")
    if not claimed.indoor and _is_closed(claimed.place, on):
        raise Refused(_("A closure is in force on this day."), field="on")
    [slot] = slots_of(claimed, [on])
    _refuse_past(slot, at)
    parts = asked_parts(claimed)
    lock_parts(part.pk for part in parts)
    _refuse_slot(claimed, slot, parts)
    claimed.skipped_days = [day for day in claimed.skipped_days if day != skipped_on]
    claimed.changed_at = at
    claimed.save(update_fields=["skipped_days", "changed_at"])
    new = _new(claimed, slot, at)
    book_sessions([new], [part.pk for part in parts], by=by, at=at)
    _done("add_skipped_session", new, by=by, at=at, facts={"skipped_on": skipped_on, "on": on})
    _tell(claimed, notices.SESSION_ADDED, _on(new), at=at)
    return new


def parts_of(session: Session) -> list[BookablePart]:
    """The parts whose hours a session holds."""
    rows = BookablePart.objects.filter(bookings__session=session.pk, bookings__cancelled_at=None)
    return list(rows.distinct().order_by("pk"))


def _new(programme: Programme, slot: Slot, at: datetime, *, like: Session | None = None) -> Session:
    """One more session of a programme, which is locked, with the next number; `like` lends place and coach."""
    source = like or programme
    last = programme.sessions.aggregate(last=Max("number"))["last"] or 0
    try:
        with transaction.atomic():
            return Session.objects.create(
                programme=programme, number=last + 1, starts_at=slot.starts_at, ends_at=slot.ends_at,
                place=source.place, venue=source.venue, where=source.where, indoor=source.indoor,
                coach=like.coach if like else None, changed_at=at,
            )  # fmt: skip
    except IntegrityError as taken:
        raise Refused(_("This programme has a session at this moment already."), field="starts_at") from taken


def _refuse_past(slot: Slot, at: datetime) -> None:
    if not at < slot.starts_at < slot.ends_at or local_day(slot.starts_at) != local_day(slot.ends_at):
        raise Refused(_("A session lies ahead and ends after it begins, on the same day."), field="starts_at")


def _refuse_slot(
    programme: Programme, slot: Slot, parts: list[BookablePart], *, coach: Coach | None = None, but: list[int] = ()
) -> None:
    """Refuse hours at which a part or a coach cannot be had; the parts are locked."""
    rows = ProgrammeCoach.objects.filter(programme=programme).select_related("coach__person")
    coaches = [coach] if coach else [row.coach for row in rows]
    found = coach_faults(programme, coaches, [local_day(slot.starts_at)])
    for reason in found or hours_faults(parts, [slot], wants=wants_of(programme), but=but):
        raise Refused(reason.sentence, field=reason.code)


def _is_closed(place: Any, day: date) -> bool:
    return bool(closures_on(day, place))


def _needed(reason: str) -> str:
    return needed_line(reason, "reason", _("Write the reason; everybody concerned reads it."), most=300)


def _on(session: Session) -> dict[str, str]:
    return {"session_on": session.on.isoformat()}


def _done(verb: str, session: Session, *, by: Any, at: datetime, facts: Mapping[str, Any] | None = None) -> None:
    programme = session.programme
    facts = {"programme": programme.pk, "on": session.on} | dict(facts or {})
    record_act(verb, session.subject, by=by, at=at, board=programme.board, duty=Duty.BOARDS, facts=facts)


def _tell(programme: Programme, kind: str, facts: Mapping[str, Any], *, at: datetime) -> None:
    told = everybody_in([programme.pk], [programme.board_id], local_day(at))
    said = {"title": programme.titles} | dict(facts)
    tell(told, kind, at=at, url=f"/programmes/{programme.pk}/", facts=said, own=True)
