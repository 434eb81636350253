"""A list as an Excel workbook, from right to left; pure: rows in, bytes out."""

import io
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDTH = 22


def workbook_of(title: str, head: Sequence[str], rows: Iterable[Sequence[object]], *, right_to_left: bool) -> bytes:
    """One sheet with a heading; words stay words, also where they begin as a formula does."""
    book = Workbook(write_only=True)
    # Excel takes no more letters, and none of these, in the name of a sheet.
    sheet = book.create_sheet("".join(letter for letter in title if letter not in "[]:*?/\\")[:31])
    sheet.sheet_view.rightToLeft = right_to_left
    for place in range(len(head)):
        sheet.column_dimensions[chr(ord("A") + place)].width = WIDTH
    bold = [_text(sheet, word) for word in head]
    for cell in bold:
        cell.font = Font(bold=True)
    sheet.append(bold)
    for row in rows:
        sheet.append([_text(sheet, item) if isinstance(item, str) else item for item in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _text(sheet, words: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=words)
    cell.data_type = "s"
    return cell
