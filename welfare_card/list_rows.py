"""Rows of an agency's list, CSV or Excel: pure reading and checking; faults are codes, never the values."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from taar.lib import identifiers
from taar.lib.jalali import from_jalali, to_jalali
from taar.lib.persian import ascii_digits, clean_line, fold
from taar.people.age import age_on

ADULT_AT, OLDEST = 18, 120
LONGEST_CELL = 300
# Headings that agencies write, by their fold.
HEADINGS = {
    "national_id": ("کد ملی", "شماره ملی", "national id"),
    "foreign_id": ("شماره اتباع", "کد اتباع", "foreign id"),
    "given_name": ("نام", "given name"),
    "family_name": ("نام خانوادگی", "family name"),
    "birth_on": ("تاریخ تولد", "birthday"),
    "sex": ("جنسیت", "sex"),
    "place": ("کد محله", "place code"),
    "address": ("نشانی", "آدرس", "address"),
    "guardian_id": ("کد ملی سرپرست", "guardian national id"),
}
NEEDED = ("national_id", "given_name", "family_name", "birth_on", "sex", "place")
SEXES = {"زن": "woman", "مرد": "man", "دختر": "woman", "پسر": "man", "woman": "woman", "man": "man"}
_NAMES = {fold(heading): name for name, headings in HEADINGS.items() for heading in headings}


class UnreadableList(Exception):
    """The file is no list: `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Row:
    """One row: the cells by column, what they mean, and the codes of what is wrong."""

    cells: dict[str, str]
    about: dict[str, object]
    faults: tuple[str, ...]


def read_rows(content: bytes) -> Iterator[dict[str, str]]:
    """The rows of a file as cells by column; raises UnreadableList for what is no list."""
    table = _excel(content) if content[:4] == b"PK\x03\x04" else _csv(content)
    columns = [_NAMES.get(fold(str(cell or ""))) for cell in next(table, [])]
    missing = [name for name in NEEDED if name not in columns]
    if missing:
        raise UnreadableList("columns")
    for cells in table:
        row = {name: _text(cell) for name, cell in zip(columns, cells, strict=False) if name}
        if any(row.values()):
            yield row


def check_row(cells: dict[str, str], places: dict[str, int], today: date) -> Row:
    """What a row means and what is wrong with it; `places` are the keys of neighbourhoods by their code."""
    about: dict[str, object] = {}
    faults = []
    for name, check in (
        ("national_id", identifiers.national_id),
        ("foreign_id", identifiers.foreign_id),
        ("guardian_id", identifiers.national_id),
    ):
        about[name], fault = _number(cells.get(name, ""), check)
        faults += [name] if fault else []
    if not about["national_id"] and not about["foreign_id"] and not faults:
        faults.append("national_id")
    for name in ("given_name", "family_name"):
        about[name] = clean_line(cells.get(name, ""))
        faults += [name] if len(about[name]) < 2 or len(about[name]) > 80 else []
    about["birth_on"] = _birthday(cells.get("birth_on", ""), today)
    about["sex"] = SEXES.get(fold(cells.get("sex", "")), "")
    about["place"] = places.get(ascii_digits(cells.get("place", "")).strip())
    about["address"] = cells.get("address", "")
    faults += [name for name in ("birth_on", "sex", "place") if not about[name]]
    is_child = about["birth_on"] and age_on(about["birth_on"], today) < ADULT_AT
    if is_child and not cells.get("guardian_id"):
        faults.append("guardian")
    if not is_child:
        about["guardian_id"] = ""
    return Row(cells, about, tuple(faults))


def _excel(content: bytes) -> Iterator[tuple]:
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        yield from book.worksheets[0].iter_rows(values_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError, IndexError, OSError, EOFError) as fault:
        raise UnreadableList("excel") from fault


def _csv(content: bytes) -> Iterator[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise UnreadableList("encoding") from fault
    first = text.split("\n", 1)[0]
    mark = max(",;\t", key=first.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    except csv.Error as fault:
        raise UnreadableList("csv") from fault


def _text(cell: object) -> str:
    """A cell as text; Excel gives days as moments and numbers without their leading zeros."""
    if cell is None:
        return ""
    if isinstance(cell, date):
        return str(to_jalali(cell)) if cell.year > 1800 else cell.isoformat()[:10]
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return clean_line(str(cell))[:LONGEST_CELL]


def _number(text: str, check) -> tuple[str, bool]:
    if not text:
        return "", False
    try:
        return check(text), False
    except ValueError:
        return "", True


def _birthday(text: str, today: date) -> date | None:
    try:
        day = from_jalali(ascii_digits(text).replace(".", "/"))
    except ValueError:
        return None
    return day if day <= today and age_on(day, today) <= OLDEST else None
