"""Verbs of bookable parts, their opening rules and bookings. A part's row is locked before its hours are taken."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from sports_boards.actions.recording import record_act
from sports_boards.actions.wording import needed_line
from sports_boards.models import BookablePart, Booking, OpeningRule, Session
from taar.lib.jalali import local_day
from taar.lib.refusals import Refused
from taar.organizations.models import Duty

CHANGEABLE = {"name_fa", "name_ar", "name_en", "capacity", "indoor", "active"}


@transaction.atomic
def add_part(*, kind: str, owner: Any, name_fa: str, by: Any, at: datetime, **about: Any) -> BookablePart:
    """Add what can be booked by itself: of a venue, a bus, or the hours of a coach."""
    about["indoor"] = about.get("indoor", kind != BookablePart.Kind.OUTDOOR)
    try:
        with transaction.atomic():
            part = BookablePart.objects.create(kind=kind, owner=owner, name_fa=_named(name_fa), **about)
    except IntegrityError as wrong:
        raise _refusal_of(wrong) from wrong
    _record("add_part", part, by=by, at=at, facts={"kind": kind})
    return part


@transaction.atomic
def change_part(part: BookablePart, *, by: Any, at: datetime, **changes: Any) -> BookablePart:
    """Change what is said of a part; what it is and whose it is never change, and bookings stay."""
    unknown = set(changes) - CHANGEABLE
    if unknown:
        raise ValueError(f"a part's {sorted(unknown)} cannot be changed")
    if "name_fa" in changes:
        changes["name_fa"] = _named(changes["name_fa"])
    try:
        with transaction.atomic():
            BookablePart.objects.filter(pk=part.pk).update(**changes)
    except IntegrityError as wrong:
        raise _refusal_of(wrong) from wrong
    part.refresh_from_db()
    _record("change_part", part, by=by, at=at, facts={"changed": sorted(changes)})
    return part


@transaction.atomic
def open_part_hours(
    part: BookablePart, *, weekday: int, opens_at: time, closes_at: time, window: str, from_on: date, by: Any,
    at: datetime,
) -> OpeningRule:  # fmt: skip
    """Open a part at some hours of a day of the week, for everybody or for one window, from a day on."""
    if closes_at <= opens_at:
        raise Refused(_("A part closes after it opens."), field="closes_at")
    lock_parts([part.pk])
    try:
        with transaction.atomic():
            rule = OpeningRule.objects.create(
                part=part, weekday=weekday, opens_at=opens_at, closes_at=closes_at, window=window, from_on=from_on
            )
    except IntegrityError as overlap:
        raise Refused(_("Another rule holds at these hours."), field="opens_at") from overlap
    facts = {"weekday": weekday, "opens_at": opens_at.isoformat(), "closes_at": closes_at.isoformat()}
    _record("open_part_hours", part, by=by, at=at, facts=facts | {"window": window, "from_on": from_on})
    return rule


@transaction.atomic
def close_part_hours(rule: OpeningRule, *, until_on: date, by: Any, at: datetime) -> OpeningRule:
    """End an opening rule on a day that has not passed, once; what is booked stays."""
    if until_on < max(local_day(at), rule.from_on):
        raise Refused(_("A rule ends today or later, after it began."), field="until_on")
    if not OpeningRule.objects.filter(pk=rule.pk, until_on=None).update(until_on=until_on):
        raise Refused(_("This rule has ended already."))
    rule.refresh_from_db()
    _record("close_part_hours", rule.part, by=by, at=at, facts={"weekday": rule.weekday, "until_on": until_on})
    return rule


@transaction.atomic
def book_part(
    part: BookablePart, *, starts_at: datetime, ends_at: datetime, purpose: str, by: Any, at: datetime
) -> Booking:
    """Take hours of a part that nobody has, for something that is no session; the first who asks gets them."""
    purpose = needed_line(purpose, "purpose", _("Say what the hours are for."), most=200)
    if not at < starts_at < ends_at:
        raise Refused(_("Hours that are booked lie ahead and end after they begin."), field="starts_at")
    [locked] = lock_parts([part.pk])
    if not locked.active:
        raise Refused(_("This part cannot be booked now."), field="part")
    booking = Booking(part=locked, purpose=purpose, during=(starts_at, ends_at), booked_at=at, booked_by=by)
    take_hours([booking])
    facts = {"starts_at": starts_at, "ends_at": ends_at}
    _record("book_part", locked, by=by, at=at, facts=facts)
    return booking


@transaction.atomic
def cancel_booking(booking: Booking, *, by: Any, at: datetime) -> Booking:
    """Give booked hours back, once; those of a session go with the session."""
    if booking.session_id is not None:
        raise Refused(_("These hours belong to a session; move or cancel the session."))
    if not Booking.objects.live().filter(pk=booking.pk).update(cancelled_at=at):
        raise Refused(_("These hours were given back already."))
    booking.refresh_from_db()
    _record("cancel_booking", booking.part, by=by, at=at, facts={"starts_at": booking.during.lower})
    return booking


def lock_parts(keys: Iterable[int]) -> list[BookablePart]:
    """Lock parts in one order for everybody, so that nobody waits for one another in a ring."""
    rows = BookablePart.objects.select_for_update(of=["self"], no_key=True).filter(pk__in=list(keys))
    return list(rows.order_by("pk"))


def take_hours(bookings: list[Booking]) -> list[Booking]:
    """Write bookings of parts that are locked; a part that somebody has at those hours refuses all of them."""
    try:
        with transaction.atomic():
            return Booking.objects.bulk_create(bookings)
    except IntegrityError as taken:
        if "part_is_never_booked_twice" not in str(taken):
            raise
        raise Refused(_("Somebody else has this part at these hours."), field="parts") from taken


def book_sessions(sessions: Iterable[Session], parts: Iterable[int], *, by: Any, at: datetime) -> list[Booking]:
    """Take the hours of sessions on each of some parts, all or none."""
    locked = lock_parts(parts)
    if any(not part.active for part in locked):
        raise Refused(_("This part cannot be booked now."), field="parts")
    rows = [
        Booking(part=part, session=session, during=(session.starts_at, session.ends_at), booked_at=at, booked_by=by)
        for session in sessions
        for part in locked
    ]
    return take_hours(rows)


def free_sessions(sessions: Iterable[int], *, at: datetime) -> int:
    """Give back the hours of sessions that are off."""
    return Booking.objects.live().filter(session__in=list(sessions)).update(cancelled_at=at)


def _refusal_of(wrong: IntegrityError) -> Refused:
    if "one_part_of_a_name" in str(wrong):
        return Refused(_("There is a part of this name already."), field="name_fa")
    if "open_ground_is_not_indoors" in str(wrong):
        return Refused(_("Open ground is not indoors."), field="indoor")
    return Refused(_("A part is of a venue, a bus, or the hours of a coach."), field="kind")


def _named(name: str) -> str:
    return needed_line(name, "name_fa", _("A Persian name is needed."), most=120)


def _record(verb: str, part: BookablePart, *, by: Any, at: datetime, facts: dict[str, Any]) -> None:
    board = part.coach.board if part.coach_id else None
    facts = {"owner": part.owner.code} | facts
    record_act(verb, part.subject, by=by, at=at, board=board, duty=Duty.BOARDS, facts=facts)
