"""The numbers of the house: each has a key, a default and a sentence, and can be changed from a day on.

An app declares its numbers in `<app>/numbers.py` (imported in `AppConfig.ready`) and reads them with `value(key)`.
"""

import time
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from taar.lib.jalali import local_day
from taar.lib.refusals import Refused

# Long enough to spare a query for each number of a page, short enough that nobody waits for a change.
KEPT_SECONDS = 5.0


@dataclass(frozen=True)
class Number:
    """One editable number; `least` and `most` bound it. A list of whole numbers is allowed too (days of the week)."""

    key: str
    default: Any
    sentence: str
    least: float | None = None
    most: float | None = None


_registry: dict[str, Number] = {}
_kept: dict[str, Any] = {"until": 0.0, "rows": {}}


def register(*numbers: Number) -> None:
    """Declare numbers; a key is declared once."""
    for number in numbers:
        known = _registry.get(number.key)
        if known and known.default != number.default:
            raise ValueError(f"{number.key} is declared twice")
        _registry[number.key] = number


def registered() -> Iterable[Number]:
    """Every declared number, by key."""
    return sorted(_registry.values(), key=lambda number: number.key)


def number_of(key: str) -> Number:
    """The declaration of a key."""
    return _registry[key]


def history(key: str) -> list[tuple[date, Any]]:
    """The dated values of a number in order of their first day; before the first one the default holds."""
    now = time.monotonic()
    if now >= _kept["until"]:
        _kept["rows"] = _read_rows()
        _kept["until"] = now + KEPT_SECONDS
    return _kept["rows"].get(key, [])


def value(key: str, on: date | None = None) -> Any:
    """The value in force on a day (today in Tehran by default): the newest row that has begun, else the default."""
    rows = history(key)
    if not rows:
        return _registry[key].default
    position = bisect_right([since for since, _value in rows], on or local_day(timezone.now()))
    return rows[position - 1][1] if position else _registry[key].default


def changed_at(key: str) -> datetime | None:
    """When a number was last changed; None while it stands at its default."""
    rows = apps.get_model("lib", "HouseNumber").objects.filter(key=key)
    return rows.order_by("-changed_at").values_list("changed_at", flat=True).first()


@transaction.atomic
def change_number(key: str, value: Any, *, by_label: str, at: datetime, since: date | None = None):
    """Give a number a new value from a day on, today or later: what has been counted is not counted again."""
    number = _registry.get(key)
    today = local_day(at)
    since = since or today
    if number is None:
        raise Refused(_("This number of the house is not known."))
    if since < today:
        raise Refused(_("A number can be changed from today on, not for days that have passed."), field="since")
    refuse_wrong_value(number, value)
    row, _created = apps.get_model("lib", "HouseNumber").objects.update_or_create(
        key=key, since=since, defaults={"value": value, "changed_by_label": by_label, "changed_at": at}
    )
    forget_kept()
    transaction.on_commit(forget_kept)
    return row


def refuse_wrong_value(number: Number, value: Any) -> None:
    """Refuse a value of another kind than the default, or outside the number's bounds."""
    if isinstance(number.default, list):
        fits = isinstance(value, list) and all(type(item) is int for item in value)
        parts = value if fits else []
    elif isinstance(number.default, float):
        fits, parts = type(value) in (int, float), [value]
    else:
        fits, parts = type(value) is type(number.default), [value]
    if not fits:
        raise Refused(_("This is not a value that this number can have."), field="value")
    for part in parts:
        if type(part) in (int, float) and not _within(part, number):
            raise Refused(_("This value is outside the bounds of this number."), field="value")


def forget_kept() -> None:
    """Read the table again at the next question."""
    _kept["until"] = 0.0


def _within(part: float, number: Number) -> bool:
    return (number.least is None or part >= number.least) and (number.most is None or part <= number.most)


def _read_rows() -> dict[str, list[tuple[date, Any]]]:
    rows: dict[str, list[tuple[date, Any]]] = {}
    stored = apps.get_model("lib", "HouseNumber").objects.order_by("since").values_list("key", "since", "value")
    for key, since, stored_value in stored:
        rows.setdefault(key, []).append((since, stored_value))
    return rows
