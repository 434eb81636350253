"""Verbs of mandates, and the alert of seats that end soon or are empty."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from sports_boards import notices
from sports_boards.actions.recording import record_act
from sports_boards.actions.wording import needed_line
from sports_boards.models import Board, Mandate, MandateSeat, SeatAlert
from sports_boards.models.board import SINGLE_SEATS
from sports_boards.numbers import SEAT_WARN_DAYS
from sports_boards.queries.mandates import people_of
from taar.lib.jalali import local_day
from taar.lib.numbers import value
from taar.lib.refusals import Refused
from taar.notifications.actions import tell
from taar.organizations.models import Duty
from taar.organizations.queries import holders

# A mandate is four years; a longer one is a slip of the pen.
LONGEST = timedelta(days=5 * 366)


@transaction.atomic
def give_mandate(
    board: Board, *, person: Any, seat: str, letter_number: str, from_on: date, until_on: date, by: Any, at: datetime
) -> Mandate:
    """Put a person into a seat of a board for some days, by a letter; nobody seats themselves."""
    letter_number = needed_line(letter_number, "letter_number", _("Write the number of the letter."), most=60)
    if by is not None and by.pk == person.pk:
        raise Refused(_("Nobody can put themselves into a seat."), field="person")
    if not from_on < until_on <= from_on + LONGEST:
        raise Refused(_("A mandate ends after it begins, within five years."), field="until_on")
    # One after the other: several at once would wait for one another at the constraint in a ring.
    Board.objects.select_for_update(of=["self"], no_key=True).get(pk=board.pk)
    try:
        with transaction.atomic():
            mandate = Mandate.objects.create(
                board=board, person=person, seat=seat, letter_number=letter_number, from_on=from_on, until_on=until_on
            )
    except IntegrityError as overlap:
        raise _refusal_of(overlap) from overlap
    _record("give_mandate", mandate, by=by, at=at)
    return mandate


@transaction.atomic
def end_mandate(mandate: Mandate, *, until_on: date, by: Any, at: datetime) -> Mandate:
    """Bring the end of a mandate forward, to today or later; what has ended stays as it was."""
    claimed = Mandate.objects.select_for_update(of=["self"]).get(pk=mandate.pk)
    if claimed.until_on <= local_day(at):
        raise Refused(_("This mandate has ended already."))
    if not max(local_day(at), claimed.from_on) <= until_on < claimed.until_on:
        raise Refused(_("The end of a mandate can be brought forward, to today or later."), field="until_on")
    claimed.until_on = until_on
    claimed.save(update_fields=["until_on"])
    _record("end_mandate", claimed, by=by, at=at)
    return claimed


def alert_seats(at: datetime) -> int:
    """Tell of every seat of a board that takes part which ends soon or is empty, once for each; tells how many."""
    today = local_day(at)
    boards = list(Board.objects.taking_part(today).select_related("organization").order_by("pk"))
    return sum(_alert_board(board, at) for board in boards)


@transaction.atomic
def _alert_board(board: Board, at: datetime) -> int:
    today = local_day(at)
    soon = today + timedelta(days=value(SEAT_WARN_DAYS, today))
    made = 0
    for seat in SINGLE_SEATS:
        since_on = _empty_from(board, seat, today)
        if since_on is None or since_on > soon:
            continue
        kind = SeatAlert.Kind.VACANT if since_on <= today else SeatAlert.Kind.EXPIRING
        _alert, new = SeatAlert.objects.get_or_create(
            board=board, seat=seat, kind=kind, since_on=since_on, defaults={"told_at": at}
        )
        if new:
            _tell(board, seat, kind, since_on, at)
            made += 1
    return made


def _empty_from(board: Board, seat: str, today: date) -> date | None:
    """The day from which nobody sits in a seat: the end of an unbroken line of mandates, or of the last one."""
    rows = board.mandates.filter(seat=seat).order_by("from_on").values_list("from_on", "until_on")
    joined_on = board.participations.on(today).values_list("from_on", flat=True).first() or today
    reached = max((until for begun, until in rows if begun <= today), default=joined_on)
    if reached <= today:
        return reached
    for begun, until in rows:
        if begun <= reached < until:
            reached = until
    return reached


def _tell(board: Board, seat: str, kind: str, since_on: date, at: datetime) -> None:
    told = [holding.person for holding in holders(Duty.BOARDS, local_day(at))] + people_of(board, local_day(at))
    notice = notices.SEAT_VACANT if kind == SeatAlert.Kind.VACANT else notices.SEAT_EXPIRING
    facts = {"board": notices.names_of(board.organization), "seat": notices.words_of(MandateSeat(seat).label)}
    tell(told, notice, at=at, url="/boards/desk/", facts=facts | {"since_on": since_on.isoformat()}, own=True)


def _refusal_of(overlap: IntegrityError) -> Refused:
    if "one_holder_of_a_seat_at_a_time" in str(overlap):
        return Refused(_("This seat has another holder in those days."), field="from_on")
    return Refused(_("This person sits in the board in those days already."), field="person")


def _record(verb: str, mandate: Mandate, *, by: Any, at: datetime) -> None:
    facts = {"seat": mandate.seat, "letter": mandate.letter_number}
    facts |= {"from_on": mandate.from_on, "until_on": mandate.until_on}
    record_act(verb, mandate.board.subject, by=by, at=at, duty=Duty.BOARDS, facts=facts)
