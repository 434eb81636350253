"""Rows as CSV and JSON, line by line, pure: any length goes out without being held."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping

# A table program would take these for the beginning of a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_of(rows: Iterable[Mapping]) -> Iterator[str]:
    """CSV with a heading and a mark by which table programs see that it is UTF-8."""
    before = "\ufeff"
    for row in rows:
        if before:
            yield before + _line(row)
            before = ""
        yield _line(_plain(value) for value in row.values())


def json_of(rows: Iterable[Mapping]) -> Iterator[str]:
    """One JSON array, row by row."""
    before = "[\n"
    for row in rows:
        yield before + json.dumps(row, ensure_ascii=False)
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def _plain(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def _line(values: Iterable) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(values)
    return line.getvalue()
