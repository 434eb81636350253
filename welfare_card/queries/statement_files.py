"""A statement as a file, PDF or Excel: both say the same numbers and the same digest; in Persian, as it is filed."""

import io
from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from taar.lib.jalali import format_day, format_moment, to_jalali
from taar.lib.persian import local_digits
from taar.lib.templatetags.hall import num
from welfare_card.models import Statement
from welfare_card.print.statement import PrintedStatement, statement_pdf
from welfare_card.queries.statements import counted_lines, days_of, family_words, lines_of

# A paper with more lines than this is read by nobody; the Excel file has them all.
PRINTED_LINES = 600
# Excel writes the day of this cell in the Persian calendar; its value is a real day.
PERSIAN_DAY = "[$-fa-IR,16]yyyy/mm/dd"
WIDTHS = (8, 14, 14, 14, 20, 8, 14, 14)


def pdf_of(statement: Statement) -> bytes:
    """The paper that is signed and filed."""
    with override("fa"):
        return statement_pdf(_printed(statement))


def excel_of(statement: Statement) -> bytes:
    """A workbook for accounting, from right to left: the sums on one sheet, every line on the other."""
    book = Workbook(write_only=True)
    with override("fa"):
        sums = _sheet(book, _("Sums"), (24, 60))
        for name, cell in [*_facts(statement), *_plain_sums(statement), ("SHA-256", statement.digest)]:
            sums.append([_text(sums, name), _text(sums, cell) if isinstance(cell, str) else cell])
        _write_lines(_sheet(book, _("Lines"), WIDTHS), statement)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _sheet(book: Workbook, title: str, widths: Iterable[int]):
    sheet = book.create_sheet(title)
    sheet.sheet_view.rightToLeft = True
    for place, width in enumerate(widths):
        sheet.column_dimensions[chr(ord("A") + place)].width = width
    return sheet


def _write_lines(sheet, statement: Statement) -> None:
    heads = [_("Line"), _("Day"), _("Jalali day"), _("Card index"), _("Service"), _("Visits"), _("Rials a visit")]
    sheet.append([_bold(sheet, head) for head in [*heads, _("Rials")]])
    families, days = family_words(), {}
    for line in counted_lines(statement):
        if line.on not in days:  # a month has some thirty, a hundred thousand lines share them
            day = WriteOnlyCell(sheet, value=line.on)
            day.number_format = PERSIAN_DAY
            days[line.on] = (day, str(to_jalali(line.on)).replace("-", "/"))
        cells = [line.position, *days[line.on], line.card_index, families[line.family]]
        sheet.append([*cells, line.count, line.amount, line.count * line.amount])


def _text(sheet, words: str) -> WriteOnlyCell:
    """A cell that stays text, also where a name begins as a formula does."""
    cell = WriteOnlyCell(sheet, value=words)
    cell.data_type = "s"
    return cell


def _bold(sheet, words: str) -> WriteOnlyCell:
    cell = _text(sheet, words)
    cell.font = Font(bold=True)
    return cell


def _facts(statement: Statement) -> list[tuple[str, str]]:
    last_on = statement.object_until_on
    return [
        (_("Venue"), f"{statement.venue.name}، {statement.venue.organization.name}"),
        (_("Who pays"), statement.payer.name),
        (_("Month"), statement.month),
        (_("Status"), str(statement.get_status_display())),
        (_("Closed at"), format_moment(statement.closed_at)),
        (_("Objections until"), format_day(last_on)),
    ]


def _plain_sums(statement: Statement) -> list[tuple[str, int]]:
    return [
        (_("Visits"), statement.visits),
        (_("Rials"), statement.rials),
        (_("Late records of earlier months"), statement.late_count),
        (_("Visits given back after their month"), statement.returned_count),
        (_("Lines"), statement.line_count),
    ]


def _printed(statement: Statement) -> PrintedStatement:
    families = family_words()
    days = days_of(statement)
    few = statement.line_count <= PRINTED_LINES
    return PrintedStatement(
        title=_("Statement of visits, %(month)s") % {"month": statement.month},
        words=_words(),
        facts=[*_facts(statement), *((name, num(number)) for name, number in _plain_sums(statement))],
        sentences=_sentences(statement, few),
        day_head=[_("Day"), _("Service"), _("Visits"), _("Rials")],
        days=[[format_day(row.on), families[row.family], num(row.visits), num(row.rials)] for row in days],
        line_head=[
            _("Line"), _("Day"), _("Card index"), _("Service"), _("Visits"), _("Rials a visit"), _("Remark"),
        ],
        lines=_line_cells(statement, families) if few else [],
        offices=_offices(statement),
        digest=statement.digest,
    )  # fmt: skip


def _line_cells(statement: Statement, families: dict[str, str]) -> list[list[str]]:
    return [
        [
            num(line.position),
            format_day(line.on),
            local_digits(str(line.card_index), "fa"),
            families[line.family],
            num(line.count),
            num(line.amount),
            remark_of(line),
        ]
        for line in lines_of(statement).order_by("position")
    ]


def remark_of(line) -> str:
    """Why a line is not an ordinary visit of the month."""
    if line.count < 0:
        return _("given back")
    return _("late record") if line.late else ""


def _sentences(statement: Statement, few: bool) -> list[str]:
    said = []
    if late := statement.late_count:
        one = "%(count)s record came after its month was closed and is counted here."
        many = "%(count)s records came after their month was closed and are counted here."
        said.append(ngettext(one, many, late) % {"count": num(late)})
    if returned := statement.returned_count:
        one = "%(count)s visit was given back after its month was closed and is taken off here."
        many = "%(count)s visits were given back after their month was closed and are taken off here."
        said.append(ngettext(one, many, returned) % {"count": num(returned)})
    if not few:
        said.append(_("Every line stands in the Excel file of this statement, which has the same SHA-256."))
    return said


def _offices(statement: Statement) -> list[str]:
    """The steps with their moments; who took them stands in the journal."""
    steps = [
        (_("Closed"), statement.closed_at),
        (_("Approved"), statement.approved_at),
        (_("Approved by a second person"), statement.second_at),
        (_("Sent to be paid"), statement.exported_at),
        (_("Settled"), statement.settled_at),
    ]
    return [f"{word}: {format_moment(moment)}" for word, moment in steps if moment]


def _words() -> dict[str, str]:
    return {
        "issuer": _("Cultural and Sports Welfare Card, Khuzestan Governor's Office"),
        "page": _("Page"),
        "of": _("of"),
        "days": _("By day"),
        "lines": _("Line by line"),
        "steps": _("Steps"),
        "proof": _("SHA-256 of the lines, as the database counted them when the month was closed:"),
    }
