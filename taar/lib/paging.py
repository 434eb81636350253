"""Paging by key: the next page starts after the last row's own values, so page 10,000 costs what page 1 costs."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from taar.lib.refusals import Refused


@dataclass(frozen=True)
class Page:
    """`rows` of this page and the cursor of the `next`, empty on the last."""

    rows: list
    next: str = ""

    def __iter__(self):
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def page_by_key(rows: QuerySet, order: tuple[str, ...], after: str = "", size: int = 20) -> Page:
    """Cut one page of `rows` in `order` (field names, `-` for descending, the last one unique), after a cursor."""
    found = list(rows_after(rows, order, after)[: size + 1])
    more = len(found) > size
    found = found[:size]
    return Page(found, _write_cursor(found[-1], order) if more else "")


def rows_after(rows: QuerySet, order: tuple[str, ...], after: str) -> QuerySet:
    """All rows in `order` that come after a cursor; a cursor that no page of ours can have given is refused."""
    rows = rows.order_by(*order)
    if not after:
        return rows
    try:
        return rows.filter(_beyond(order, _read_cursor(after, len(order))))
    except (ValueError, TypeError, OverflowError, ValidationError):
        raise Refused(_("This page of the list is not known. Start again from the first page."))


def _beyond(order: tuple[str, ...], key: list) -> Q:
    """The rows that come after `key`: a < k₁ or (a = k₁ and b < k₂) …, with an index-friendly outer bound."""
    beyond = Q()
    equal = Q()
    for field, value in zip(order, key, strict=True):
        name = field.lstrip("-")
        step = "lt" if field.startswith("-") else "gt"
        beyond |= equal & Q(**{f"{name}__{step}": value})
        equal &= Q(**{name: value})
    first = order[0].lstrip("-")
    bound = "lte" if order[0].startswith("-") else "gte"
    return Q(**{f"{first}__{bound}": key[0]}) & beyond


def _write_cursor(row: object, order: tuple[str, ...]) -> str:
    values = [_of(row, field.lstrip("-")) for field in order]
    plain = [_plain(value) for value in values]
    return urlsafe_b64encode(json.dumps(plain, separators=(",", ":")).encode()).decode().rstrip("=")


def _read_cursor(cursor: str, length: int) -> list:
    try:
        key = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if isinstance(key, list) and len(key) == length and all(isinstance(v, str | int | float) for v in key):
            return key
    except ValueError:
        key = None
    raise Refused(_("This page of the list is not known. Start again from the first page."))


def _plain(value: object) -> object:
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def _of(row: object, path: str) -> object:
    for name in path.split("__"):
        row = row[name] if isinstance(row, dict) else getattr(row, name)
    return row
