"""What the feeds say of parts of venues: how each can be used, and its hours for the days ahead.

OpenActive has no word for hours that are for women only, so each window of a part is an item of its own, by its name.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from sports_boards import openactive
from sports_boards.free_hours import Slot, number_of, slots_of
from sports_boards.models import Board, BookablePart, Booking, FeedItem, OpeningRule
from sports_boards.numbers import SLOT_DAYS
from sports_boards.opening_hours import ANYONE, MEN, WOMEN, Hours
from sports_boards.queries.feed_items import (
    Items,
    Told,
    activity_of,
    address_of,
    chosen,
    head_of,
    organization_of,
    site,
)
from sports_boards.queries.points import Point, points_of
from taar.lib.jalali import day_start, local_day
from taar.lib.numbers import value
from taar.places.models import Closure

Kind = FeedItem.Kind
# The number of a part and of its window are one: part × 4 + place in this row.
WINDOWS = (ANYONE, WOMEN, MEN)
HALLS = (BookablePart.Kind.HALL, BookablePart.Kind.HALL_HALF)
ONE_DAY = timedelta(days=1)


def part_items(keys: Iterable[int], at: datetime) -> Items:
    """The items of some parts that are told at a moment: those that can be booked, in venues that take part."""
    today = local_day(at)
    days = [today + step * ONE_DAY for step in range(value(SLOT_DAYS, today))]
    parts = list(_read(keys, at, day_start(days[-1] + ONE_DAY)))
    points = points_of(part.venue.place for part in parts)
    boards = Board.objects.in_bulk([part.owner_id for part in parts])
    closed = _closed_days(parts, days)
    return chosen(
        item
        for part in parts
        for item in _part(part, boards.get(part.owner_id), points, [d for d in days if d not in closed[part.pk]], at)
    )


def _read(keys: Iterable[int], at: datetime, until_at: datetime) -> Iterable[BookablePart]:
    bookings = Booking.objects.live().within(at, until_at)
    rules = OpeningRule.objects.order_by("weekday", "opens_at", "pk")
    rows = BookablePart.objects.filter(
        pk__in=list(keys), active=True, kind__in=BookablePart.OF_A_VENUE, venue__active=True,
        venue__organization__active=True,
    )  # fmt: skip
    rows = rows.select_related("owner", "venue__place", "venue__organization").order_by("pk")
    return rows.prefetch_related(Prefetch("bookings", bookings), Prefetch("opening_rules", rules))


def _closed_days(parts: list[BookablePart], days: list[date]) -> dict[int, set[date]]:
    """Days on which open ground is closed by a closure of its place."""
    closed: dict[int, set[date]] = {part.pk: set() for part in parts}
    outdoors = [part for part in parts if not part.indoor]
    running = Closure.objects.in_force().filter(until_on__gte=days[0], from_on__lte=days[-1])
    for closure in running.prefetch_related("places") if outdoors else ():
        places = {place.pk for place in closure.places.all()}
        for part in outdoors:
            if places & set(part.venue.place.ancestors):
                closed[part.pk] |= {day for day in days if closure.from_on <= day <= closure.until_on}
    return closed


def _part(
    part: BookablePart, board: Board | None, points: dict[int, Point], days: list[date], at: datetime
) -> Iterator[tuple[str, int, Told]]:
    rules = _hours_of(part, local_day(at))
    tomorrow = day_start(local_day(at) + ONE_DAY)
    slots = [slot for slot in slots_of(rules, days) if slot.ends_at > at]
    for window in sorted({rule.window for rule in rules} or {ANYONE}, key=WINDOWS.index):
        said = _use(part, window, board, points, [rule for rule in rules if rule.window == window])
        yield Kind.FACILITY_USE, use_number(part, window), Told(part.pk, said, tomorrow)
    taken = [(booking.during.lower, booking.during.upper) for booking in part.bookings.all()]
    for slot in slots:
        yield Kind.SLOT, number_of(part.pk, slot.starts_at), Told(part.pk, _slot(part, slot, taken))


def _hours_of(part: BookablePart, today: date) -> list[Hours]:
    """The opening rules that hold or will; a part without any is open as long as its venue says to be."""
    rows = [row for row in part.opening_rules.all() if row.until_on is None or row.until_on > today]
    rules = [
        Hours(row.weekday, row.opens_at, row.closes_at, row.window, row.from_on, row.until_on or date.max)
        for row in rows
    ]
    venue = part.venue
    if rules or venue.opens_at is None:
        return rules
    return [Hours(weekday, venue.opens_at, venue.closes_at) for weekday in range(7)]


def use_number(part: BookablePart, window: str) -> int:
    """The number of the use of a part in one window."""
    return part.pk * 4 + WINDOWS.index(window)


def _page(part: BookablePart) -> str:
    return "/card/venues/" if part.owner.kind != part.owner.Kind.BOARD else f"/boards/{part.owner.code}/"


def _use(
    part: BookablePart, window: str, board: Board | None, points: dict[int, Point], rules: list[Hours]
) -> dict[str, Any]:
    name = openactive.plain(f"{part.name_fa} – {part.venue.name_fa}")
    if window != ANYONE:
        name += f" ({OpeningRule.Window(window).label})"
    said = {
        "name": name,
        "url": f"{site()}{_page(part)}",
        "provider": organization_of(part.owner, _page(part)),
        "location": openactive.place(part.venue.name_fa, points.get(part.venue.place_id)),
        "hoursAvailable": [openactive.opening(rule.weekday, rule.opens_at, rule.closes_at) for rule in rules],
        **_purpose(part, board),
    }
    return head_of(Kind.FACILITY_USE, use_number(part, window), _page(part)) | {
        key: item for key, item in said.items() if item not in ("", None, [])
    }


def _purpose(part: BookablePart, board: Board | None) -> dict[str, Any]:
    """What it is for: a hall is a sports hall, anything else is named by its board's sport."""
    if part.kind in HALLS:
        return {"facilityType": [openactive.concept(openactive.FACILITY_TYPES, *openactive.SPORTS_HALL)]}
    return {"activity": activity_of((board.activity_id, board.activity_label) if board else (None, ""))}


def _slot(part: BookablePart, slot: Slot, taken: list[tuple[datetime, datetime]]) -> dict[str, Any]:
    free = not any(starts < slot.ends_at and slot.starts_at < ends for starts, ends in taken)
    page = _page(part)
    data = head_of(Kind.SLOT, number_of(part.pk, slot.starts_at), page)
    data["facilityUse"] = address_of(Kind.FACILITY_USE, use_number(part, slot.window), page)
    data |= openactive.hours(slot.starts_at, slot.ends_at) | {"maximumUses": 1, "remainingUses": int(free)}
    return data | {"offers": openactive.offer(_("Use by agreement with the owner"), 0)}
