"""How a dated row ends: on a day that has not passed, once, and never so that it opens again."""

from collections.abc import Callable
from datetime import date, datetime
from typing import TypeVar

from django.db import IntegrityError, transaction
from django.db.models import Model

from taar.lib.jalali import local_day
from taar.lib.refusals import Refused

Row = TypeVar("Row", bound=Model)


def end_row(
    row: Row, *, until_on: date, at: datetime, ended: str, passed: str, refusal_of: Callable[[IntegrityError], Refused]
) -> Row:
    """Lock the row and give it its end; `ended` and `passed` are what is said of a row, or a day, that is over."""
    claimed = type(row).objects.select_for_update().get(pk=row.pk)
    today = local_day(at)
    if claimed.until_on and claimed.until_on <= today:
        raise Refused(ended, field="until_on")
    if until_on < today:
        raise Refused(passed, field="until_on")
    claimed.until_on = until_on
    try:
        with transaction.atomic():
            claimed.save(update_fields=["until_on"])
    except IntegrityError as wrong:
        raise refusal_of(wrong) from wrong
    return claimed
