"""Who sits in a board on a day, and by which name the journal knows them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from sports_boards.models import Board, Coach, Mandate, MandateSeat
from sports_boards.models.board import ACTING_SEATS


def sits_in(person: Any, board: Board, day: date) -> bool:
    """Whether a person holds any seat of a board on a day."""
    return _seats(person, day).filter(board=board).exists()


def acts_for(person: Any, board: Board, day: date) -> bool:
    """Whether a person acts for a board on a day, by a seat of its own or of the board above it."""
    return acting_mandate(person, board, day) is not None


def acting_mandate(person: Any, board: Board, day: date) -> Mandate | None:
    """The mandate by which a person acts for a board on a day; one of the board itself before one of that above."""
    boards = [key for key in (board.pk, board.parent_id) if key]
    found = {row.board_id: row for row in _seats(person, day).filter(board__in=boards, seat__in=ACTING_SEATS)}
    return found.get(board.pk) or found.get(board.parent_id)


def boards_of(person: Any, day: date) -> QuerySet[Board]:
    """The boards in which a person sits on a day."""
    return Board.objects.filter(pk__in=_seats(person, day).order_by().values("board")).select_related("organization")


def people_of(board: Board, day: date) -> list[Any]:
    """Those who act for a board on a day: whom to tell."""
    rows = board.mandates.on(day).filter(seat__in=ACTING_SEATS).select_related("person").order_by("pk")
    return [row.person for row in rows]


def label_of(person: Any, board: Board, day: date) -> str:
    """The public label of the seat by which somebody acts: `CYC:secretary`; empty for nobody's seat."""
    mandate = acting_mandate(person, board, day) if person is not None else None
    if mandate is None:
        return ""
    code = board.code if mandate.board_id == board.pk else board.parent.code
    return f"{code}:{mandate.seat}"


def name_seats(labels: Iterable[str]) -> dict[str, str]:
    """The labels of seats in the reader's language."""
    parts = {label: label.partition(":") for label in labels}
    known = {label: (code, seat) for label, (code, _colon, seat) in parts.items() if seat in MandateSeat.values}
    codes = {code for code, _seat in known.values()}
    boards = {
        board.code: board
        for board in (
            Board.objects.filter(organization__code__in=codes) if codes else Board.objects.none()
        ).select_related("organization")
    }
    return {
        label: _("%(seat)s, %(board)s") % {"seat": MandateSeat(seat).label, "board": boards[code].name}
        for label, (code, seat) in known.items()
        if code in boards
    }


def _seats(person: Any, day: date) -> QuerySet[Mandate]:
    if not getattr(person, "is_authenticated", False) or not person.is_active:
        return Mandate.objects.none()
    return Mandate.objects.on(day).filter(person_id=person.pk, board__organization__active=True)


def coaches_on(person: Any, day: date) -> bool:
    """Whether a person coaches for a board on a day, whatever their licence says."""
    if not getattr(person, "is_authenticated", False) or not person.is_active:
        return False
    going = Q(ended_on=None) | Q(ended_on__gt=day)
    return Coach.objects.filter(going, person_id=person.pk, board__organization__active=True).exists()


def acting_boards(person: Any, day: date) -> QuerySet[Board]:
    """The boards for which a person acts on a day: their own and the county boards beneath them."""
    own = _seats(person, day).filter(seat__in=ACTING_SEATS).order_by().values("board")
    rows = Board.objects.filter(Q(pk__in=own) | Q(parent__in=own), organization__active=True)
    return rows.select_related("organization", "parent__organization")
