"""The call back in numbers, and its draw run again."""

from collections.abc import Sequence
from datetime import date, timedelta
from hashlib import sha256
from math import ceil

from django.db.models import Count
from django.utils.translation import gettext as _

from taar.lib.jalali import day_start
from taar.organizations.models import Venue
from welfare_card import draw
from welfare_card.models import CallBack, CallDraw, Outcome, Visit
from welfare_card.small_numbers import LEAST, told

MONTH = timedelta(days=30)


def visits_posted_on(day: date) -> list[str]:
    """The ids of the visits that were posted on a day, in order; late ones of devices are of their day of posting."""
    begins, ends = day_start(day), day_start(day + timedelta(days=1))
    # By way of the venues: visits are found by their venue and moment, not by the moment alone.
    rows = Visit.objects.filter(
        venue__in=Venue.objects.order_by().values("pk"), posted_at__gte=begins, posted_at__lt=ends, outcome=Outcome.OK
    )
    return sorted(str(key) for key in rows.values_list("pk", flat=True))


def entries_hash(entries: Sequence[str]) -> str:
    """What proves later which visits took part in a draw."""
    return sha256("\n".join(entries).encode()).hexdigest()


def drawn_visits(secret: bytes, public_value: str, entries: Sequence[str], *, share: float) -> list[str]:
    """The visits that a draw gives: at least one of a day that had some."""
    places = min(len(entries), ceil(len(entries) * share))
    seed = draw.seed_of(secret, public_value)
    return list(draw.draw(seed, [draw.Entry(key) for key in entries], places).drawn)


def why_draw_disagrees(row: CallDraw) -> str:
    """Nothing when a day's draw, run again from its rows, is what it was; else where it is not."""
    secret, entries = bytes.fromhex(row.secret), visits_posted_on(row.on)
    if draw.commitment(secret) != row.commitment:
        return "the secret is not the one that was committed to"
    if entries_hash(entries) != row.entries_hash:
        return "other visits took part"
    order = draw.order_of(draw.seed_of(secret, row.value), [draw.Entry(key) for key in entries])
    kept = {str(key) for key in row.calls.values_list("visit_id", flat=True)}
    if {entry.code for entry in order[: row.drawn_count]} != kept:
        return "other visits were drawn"
    return ""


def month_of_calls(today: date) -> list[tuple[str, int | None]]:
    """What came of the calls of the last 30 days, with words; few are not told."""
    counts = dict(
        CallBack.objects.filter(draw__on__gte=today - MONTH)
        .order_by()
        .values_list("outcome")
        .annotate(calls=Count("pk"))
    )
    order = [(str(label), name) for name, label in CallBack.Outcome.choices] + [(_("not called yet"), "")]
    numbers = [counts.get(name, 0) for _label, name in order]
    whole = sum(numbers)
    may = told([(number,) for number in numbers]) if whole >= LEAST else set()
    rows = [(label, numbers[place] if place in may else None) for place, (label, _name) in enumerate(order)]
    return [(_("drawn in all"), whole if whole >= LEAST else None), *rows]
