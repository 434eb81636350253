"""Boards as everybody sees them: the list, narrowed by sport and county, and what stands on the page of one."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, When

from sports_boards.models import Board, BoardTag, Mandate, MandateSeat, Participation, Programme
from taar.lib.paging import Page, page_by_key
from taar.lib.persian import fold
from taar.places.models import Place

ORDER = ("apart", "organization__sort_key", "pk")


@dataclass(frozen=True)
class BoardRow:
    """A board with where it stands in the plan and how many programmes are open."""

    board: Board
    participation: Participation | None
    open: int

    @property
    def tags(self) -> list[str]:
        """The words of its tags."""
        return [BoardTag(tag).label for tag in self.board.tags]


def narrowed_boards(*, group: str = "", county: Place | None = None, words: str = "") -> QuerySet[Board]:
    """Active boards of a kind of sport, of a county (they sit there or have programmes there), found by their names."""
    rows = Board.objects.filter(organization__active=True)
    if group:
        rows = rows.filter(group=group)
    if county is not None:
        inner = Place.objects.within(county).order_by().values("pk")
        there = Programme.objects.filter(status__in=Programme.LIVE, place__in=inner).order_by().values("board")
        rows = rows.filter(Q(area__in=inner) | Q(pk__in=there))
    return rows.filter(pk__in=_named(words)) if fold(words) else rows


def told_boards(rows: QuerySet[Board], day: date) -> QuerySet[Board]:
    """Boards as a list tells them: those that take part first, then by their names."""
    taking_part = Participation.objects.on(day).filter(board=OuterRef("pk"), status__in=Participation.TAKING_PART)
    rows = rows.annotate(apart=Case(When(Exists(taking_part.order_by()), then=0), default=1))
    return rows.select_related("organization", "area").order_by(*ORDER)


def board_page(rows: QuerySet[Board], *, after: str, day: date) -> Page:
    """Twenty boards, those that take part first, each a `BoardRow`."""
    page = page_by_key(told_boards(rows, day), ORDER, after)
    return Page(rows_of(page.rows, day), page.next)


def rows_of(boards: Collection[Board], day: date) -> list[BoardRow]:
    """The same boards with what their list says of each, in two queries however many they are."""
    keys = [board.pk for board in boards]
    stages = {row.board_id: row for row in Participation.objects.on(day).filter(board__in=keys)}
    open_rows = Programme.objects.filter(board__in=keys, status=Programme.Status.OPEN).order_by()
    counts: dict[int, int] = {}
    for key in open_rows.values_list("board", flat=True):
        counts[key] = counts.get(key, 0) + 1
    return [BoardRow(board, stages.get(board.pk), counts.get(board.pk, 0)) for board in boards]


def told_seats(board: Board, day: date) -> list[tuple[Any, Mandate | None]]:
    """The seats of the presidium and until when somebody sits in each; who that is, is not told."""
    held = {row.seat: row for row in board.mandates.on(day).exclude(seat=MandateSeat.MEMBER)}
    return [(seat, held.get(seat)) for seat in MandateSeat if seat != MandateSeat.MEMBER]


def programmes_of(board: Board) -> QuerySet[Programme]:
    """The published programmes of a board and of the county boards beneath it, those that begin last first."""
    rows = Programme.objects.published().filter(Q(board=board) | Q(board__parent=board))
    return rows.select_related("place__county", "board__organization")


def _named(words: str) -> list[int]:
    """Boards whose names or sports hold some letters, folded; there are some hundreds at most."""
    wanted = fold(words)
    names = ("organization__name_fa", "organization__name_ar", "organization__name_en", "organization__code")
    found = Board.objects.order_by().values_list("pk", *names, "sport_fa", "sport_ar", "sport_en")
    return [key for key, *said in found if wanted in fold(" ".join(said))]
