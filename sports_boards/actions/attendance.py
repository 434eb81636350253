"""Verbs of attendance: marked by the coach, taken by the card or its number as a visit of the card, corrected."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from sports_boards.actions.claims import claim_session
from sports_boards.actions.recording import record_act
from sports_boards.actions.wording import needed_line
from sports_boards.models import Attendance, Seat, Session
from sports_boards.numbers import CORRECT_HOURS, LATE_MINUTES
from sports_boards.session_steps import EARLY, MARKABLE
from taar.lib.jalali import local_day
from taar.lib.numbers import value
from taar.lib.refusals import Refused
from taar.organizations.models import Duty
from welfare_card.actions.visits import Receipt, give_back, take_visit
from welfare_card.models import Card, Outcome, Visit
from welfare_card.queries.cards import card_key
from welfare_card.visit_request import VisitRequest

Mark, Way = Attendance.Mark, Attendance.Way
CAME = (Mark.PRESENT, Mark.LATE)


@dataclass(frozen=True)
class Arrival:
    """What the door said, and the attendance that came of it; none where the card was refused."""

    receipt: Receipt
    attendance: Attendance | None


@transaction.atomic
def mark_attendance(session: Session, *, seat: Seat, mark: str, by: Any, at: datetime) -> Attendance:
    """The coach marks somebody who has a place, once, from an hour before the session on."""
    claimed = _claim(session, at)
    _refuse_without_place(claimed, seat)
    if mark not in Mark.values:
        raise Refused(_("Choose how somebody came, or that they did not."), field="mark")
    attendance = _write(claimed, seat, mark, Way.COACH, by=by, at=at)
    _record("mark_attendance", attendance, by=by, at=at)
    return attendance


@transaction.atomic
def mark_attendances(session: Session, *, marks: Mapping[Seat, str], by: Any, at: datetime) -> list[Attendance]:
    """The coach marks a whole list in one act: all of it stands, or nothing where one mark is refused."""
    return [mark_attendance(session, seat=seat, mark=mark, by=by, at=at) for seat, mark in marks.items()]


@transaction.atomic
def take_attendance(session: Session, *, asked: VisitRequest, by: Any, at: datetime) -> Arrival:
    """Who shows the card, or says its number, is there: a visit at the session's venue, paid by the family's allowance.

    Only for somebody with a place; the same visit again has the same receipt and the same attendance.
    """
    claimed = _claim(session, at)
    programme = claimed.programme
    if not programme.family or claimed.venue_id is None:
        raise Refused(_("No card is read at this session; the coach marks who came."))
    known = Attendance.objects.filter(visit=asked.id, session=claimed).first()
    seat = known.seat if known else _seat_of_card(claimed, asked)
    if known is None and Attendance.objects.filter(session=claimed, seat=seat).exists():
        raise Refused(_("This person is marked already; correct the mark instead."))
    asked = replace(asked, family=programme.family)
    receipt = take_visit(asked, venue=claimed.venue_id, by=by, at=at)
    if known is not None or receipt.outcome != Outcome.OK:
        return Arrival(receipt, known)
    late = asked.at >= claimed.starts_at + timedelta(minutes=value(LATE_MINUTES, local_day(at)))
    way = Way.KEYPAD if asked.number else Way.CARD
    attendance = _write(claimed, seat, Mark.LATE if late else Mark.PRESENT, way, by=by, at=at, visit_id=asked.id)
    _record("take_attendance", attendance, by=by, at=at)
    return Arrival(receipt, attendance)


@transaction.atomic
def correct_attendance(attendance: Attendance, *, mark: str, by: Any, at: datetime, reason: str = "") -> Attendance:
    """Correct a mark, for some days freely and later only with a reason; a visit of who did not come is given back."""
    rows = Attendance.objects.select_for_update(of=["self"], no_key=True)
    claimed = rows.select_related("session__programme__board__organization", "visit__venue").get(pk=attendance.pk)
    if mark not in Mark.values or mark == claimed.mark:
        raise Refused(_("Choose another mark than the one that stands."), field="mark")
    if at > claimed.session.ends_at + timedelta(hours=value(CORRECT_HOURS, local_day(at))):
        reason = needed_line(reason, "reason", _("So long after the session a correction needs a reason."), most=300)
    before, claimed.mark = claimed.mark, mark
    claimed.corrected_at, claimed.corrected_by, claimed.reason = at, by, reason[:300]
    claimed.save(update_fields=["mark", "corrected_at", "corrected_by", "reason"])
    if mark not in CAME and claimed.visit is not None:
        _give_back(claimed.visit, by=by, at=at)
    _record("correct_attendance", claimed, by=by, at=at, before=before)
    return claimed


def _claim(session: Session, at: datetime) -> Session:
    claimed = claim_session(session, *MARKABLE)
    if at < claimed.starts_at - EARLY:
        raise Refused(_("Attendance is marked from one hour before the session on."))
    return claimed


def _refuse_without_place(session: Session, seat: Seat) -> None:
    has_place = Seat.objects.filter(pk=seat.pk, programme=session.programme_id, state__in=_with_place())
    if not has_place.exists():
        raise Refused(_("This person has no place in the programme."), field="seat")


def _with_place() -> tuple[str, ...]:
    return (Seat.State.CONFIRMED, Seat.State.COMPLETED)


def _seat_of_card(session: Session, asked: VisitRequest) -> Seat:
    """The seat of a card's holder; a card that nobody knows and one without a place are told alike."""
    key = card_key(asked)
    cards = Card.objects.filter(number=key.number) if key.number else Card.objects.filter(
        index=key.index, generation=key.generation
    )  # fmt: skip
    people = cards.order_by().values("person") if not key.refused else []
    seats = Seat.objects.filter(programme=session.programme_id, state__in=_with_place(), person__in=people)
    seat = seats.first()
    if seat is None:
        raise Refused(_("The holder of this card has no place in the programme."), field="number")
    return seat


def _write(session: Session, seat: Seat, mark: str, way: str, *, by: Any, at: datetime, **visit: Any) -> Attendance:
    try:
        with transaction.atomic():
            return Attendance.objects.create(
                programme=session.programme, session=session, seat=seat, mark=mark, way=way, marked_at=at,
                marked_by=by, **visit,
            )  # fmt: skip
    except IntegrityError as twice:
        raise Refused(_("This person is marked already; correct the mark instead.")) from twice


def _give_back(visit: Visit, *, by: Any, at: datetime) -> None:
    why = _("The attendance was corrected.")
    give_back(visit.venue, on=visit.on, reason=why, by=by, at=at, visits=[visit.pk])


def _record(verb: str, attendance: Attendance, *, by: Any, at: datetime, before: str = "") -> None:
    """The public log tells the act and the session, never who came."""
    session = attendance.session
    facts = {"programme": session.programme_id, "on": session.on, "way": attendance.way}
    facts |= {"late": True} if before and attendance.reason else {}
    board = session.programme.board
    record_act(verb, session.subject, by=by, at=at, board=board, duty=Duty.BOARDS, facts=facts)
