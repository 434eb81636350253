"""Boards for everybody: the list, one board with its figures, and both as files."""

from collections.abc import Iterable, Sequence

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sports_boards.forms.boards import BoardsForm
from sports_boards.models import Board
from sports_boards.permissions.boards import can_act_for_board
from sports_boards.queries import boards as found
from sports_boards.queries.scorecard import scorecard_of
from sports_boards.workbook import EXCEL, workbook_of
from taar.lib.access import public
from taar.lib.jalali import format_day, local_day
from taar.lib.paging import page_by_key
from taar.places.models import Place

# More rows than a list of this floor has.
MOST_ROWS = 5000


def active_boards(person) -> QuerySet[Board]:
    """The boards that everybody may open."""
    rows = Board.objects.filter(organization__active=True)
    return rows.select_related("organization", "area", "parent__organization")


@public
@require_safe
def boards(request: HttpRequest) -> HttpResponse:
    """The boards of the province, narrowed by sport and county, found by letters of their names."""
    form = BoardsForm(request.GET, counties=Place.objects.counties())
    rows = found.narrowed_boards(**form.narrowing())
    page = found.board_page(rows, after=request.GET.get("after", ""), day=local_day(timezone.now()))
    context = {"form": form, "page": page, "narrowed": any(form.narrowing().values())}
    return render(request, "sports_boards/board_list.html", context)


@public
@require_safe
def boards_file(request: HttpRequest) -> HttpResponse:
    """The same list as an Excel file, whole."""
    form = BoardsForm(request.GET, counties=Place.objects.counties())
    day = local_day(timezone.now())
    listed = found.rows_of(found.told_boards(found.narrowed_boards(**form.narrowing()), day)[:MOST_ROWS], day)
    head = [_("Code"), _("Board"), _("Sport"), _("Kind of sport"), _("Area"), _("Participation"), _("Open programmes")]
    lines = (
        [
            row.board.code, row.board.name, row.board.sport, row.board.get_group_display(), row.board.area.name,
            row.participation.get_status_display() if row.participation else "", row.open,
        ]
        for row in listed
    )  # fmt: skip
    return excel_file(_("Sports boards"), head, lines, "boards")


@public(active_boards)
@require_safe
def board(request: HttpRequest, board: Board) -> HttpResponse:
    """One board: where it stands in the plan, its seats, its figures of a year and its programmes."""
    now = timezone.now()
    day = local_day(now)
    [row] = found.rows_of([board], day)
    page = page_by_key(found.programmes_of(board), ("-starts_on", "-pk"), request.GET.get("after", ""))
    context = {
        "board": board,
        "row": row,
        "stages": board.participations.filter(from_on__lte=day),
        "seats": found.told_seats(board, day),
        "score": scorecard_of(board, day),
        "page": page,
        "county_boards": board.county_boards.filter(organization__active=True).select_related("organization"),
        "acts": request.user.is_authenticated and can_act_for_board(request.user, board, at=now),
    }
    return render(request, "sports_boards/board_page.html", context)


@public(active_boards)
@require_safe
def board_file(request: HttpRequest, board: Board) -> HttpResponse:
    """The programmes of a board as an Excel file."""
    head = [_("Programme"), _("Board"), _("For whom"), _("Where"), _("First day"), _("Status"), _("Places"), _("Taken")]
    language = get_language() or "fa"
    lines = (
        [
            row.title, row.board.name, row.get_audience_display(), row.place.label if row.place else "",
            format_day(row.starts_on, language) if row.starts_on else "", row.get_status_display(), row.capacity,
            row.taken,
        ]
        for row in found.programmes_of(board).order_by("-starts_on", "-pk")[:MOST_ROWS]
    )  # fmt: skip
    return excel_file(board.name, head, lines, f"board-{board.code}")


def excel_file(title: str, head: Sequence, rows: Iterable[Sequence], name: str) -> HttpResponse:
    """A list as a file to keep."""
    plain = ([str(item) if not isinstance(item, int | None) else item for item in row] for row in rows)
    content = workbook_of(title, [str(word) for word in head], plain, right_to_left=get_language_bidi())
    headers = {"Content-Disposition": f'attachment; filename="{name}.xlsx"'}
    return HttpResponse(content, content_type=EXCEL, headers=headers)
