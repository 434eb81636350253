"""How the OpenActive feeds say things: pure. Modelling Opportunity Data 2.0 and Realtime Paged Data Exchange 1.0.

What bites: an address needs a postal code, so a place is a name and a point; days of a course are dates; a restriction
is a whole address; moments are ISO 8601 by the clock of Tehran; a person is named only if they agreed to it.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from html import unescape
from typing import Any

from taar.lib.jalali import TEHRAN

CONTEXT = "https://openactive.io/"
ACTIVITY_LIST = "https://openactive.io/activity-list"
FACILITY_TYPES = "https://openactive.io/facility-types"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
ZONE = "Asia/Tehran"
# By `date.weekday()`, Monday first.
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
TAG = re.compile(r"<[^<>]*>")
# How an item of a feed is called: its kind in the page, and what it is.
KINDS = {
    "session-series": ("SessionSeries", "SessionSeries"),
    "scheduled-sessions": ("ScheduledSession", "ScheduledSession"),
    "course-instances": ("CourseInstance", "CourseInstance"),
    "events": ("Event", "Event"),
    "facility-uses": ("FacilityUse", "FacilityUse"),
    "slots": ("FacilityUse/Slot", "Slot"),
}
SPORTS_HALL = ("da364f9b-8bb2-490e-9e2f-1068790b9e35", "Sports Hall")
MULTISPORTS = ("26a7b902-1ddd-46fd-9371-853e414c9eb3", "Multisports")


def plain(text: str) -> str:
    """Text without tags and entities: whoever reads a feed may put it into a page as it is."""
    before = None
    while before != text:
        before, text = text, unescape(TAG.sub("", text))
    return text.replace("<", "‹").replace(">", "›").strip()


def moment(at: datetime) -> str:
    """A moment by the clock of Tehran: `2026-12-12T17:00:00+03:30`."""
    return at.astimezone(TEHRAN).isoformat(timespec="seconds")


def clock(at: time) -> str:
    """A time of day: `17:00`."""
    return at.strftime("%H:%M")


def duration(length: timedelta) -> str:
    """A length: `PT1H30M`."""
    hours, minutes = divmod(int(length.total_seconds()) // 60, 60)
    return "PT" + (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes or not hours else "")


def days(first: date, last: date) -> dict[str, str]:
    """First and last day as dates, and how many days that are, both of them with it."""
    length = (last - first).days + 1
    return {"startDate": first.isoformat(), "endDate": last.isoformat(), "duration": f"P{length}D"}


def hours(starts_at: datetime, ends_at: datetime) -> dict[str, str]:
    """Beginning, end and length of one meeting."""
    return {"startDate": moment(starts_at), "endDate": moment(ends_at), "duration": duration(ends_at - starts_at)}


def typed(kind: str, **about: Any) -> dict[str, Any]:
    """An object of a type, without what is empty."""
    return {"@type": kind} | {name: said for name, said in about.items() if said not in (None, "", [], {})}


def concept(scheme: str, key: str, label: str) -> dict[str, Any]:
    """A word of an official list by its id, with its English label."""
    return typed("Concept", prefLabel=label, inScheme=scheme) | {"@id": f"{scheme}#{key}"}


def age_range(least: int | None, most: int | None) -> dict[str, Any] | None:
    """Ages in full years, from and up to; nothing where neither is said."""
    if least is None and most is None:
        return None
    return typed("QuantitativeValue", minValue=least, maxValue=most)


def gender(*, womens: bool, mens: bool) -> str:
    """For whom, as a whole address."""
    return CONTEXT + ("FemaleOnly" if womens else "MaleOnly" if mens else "NoRestriction")


def status(name: str) -> str:
    """Whether a meeting takes place, as a whole address: `EventScheduled`."""
    return f"https://schema.org/{name}"


def capacity(most: int, free: int) -> dict[str, int]:
    """How many places there are and how many of them are left, never more and never fewer than none."""
    return {"maximumAttendeeCapacity": most, "remainingAttendeeCapacity": max(0, min(free, most))}


def place(name: str, point: tuple[float, float] | None, about: str = "") -> dict[str, Any]:
    """A place by its name and its point (latitude, longitude)."""
    geo = typed("GeoCoordinates", latitude=point[0], longitude=point[1]) if point else None
    return typed("Place", name=plain(name), description=plain(about), geo=geo)


def body(key: str, name: str, url: str) -> dict[str, Any]:
    """A body that offers something."""
    return typed("Organization", name=plain(name), url=url) | {"@id": key}


def leaders(names: list[str]) -> list[dict[str, Any]]:
    """The people who lead it and agreed to be named; who has no name is left out."""
    return [typed("Person", name=plain(name)) for name in names if plain(name)]


def offer(name: str, rials: int) -> list[dict[str, Any]]:
    """What it costs: whole rials."""
    return [typed("Offer", name=name) | {"price": rials, "priceCurrency": "IRR"}]


def weekly(
    weekdays: list[int], interval: int, starts: time, ends: time, first: date, last: date | None
) -> dict[str, Any]:
    """A rule of weeks, told for people: each meeting stands in a feed of its own."""
    today = date.min
    return typed(
        "PartialSchedule",
        repeatFrequency=f"P{interval}W",
        byDay=[f"https://schema.org/{DAYS[day]}" for day in weekdays],
        startTime=clock(starts),
        endTime=clock(ends),
        duration=duration(datetime.combine(today, ends) - datetime.combine(today, starts)),
        startDate=first.isoformat(),
        endDate=last.isoformat() if last else None,
        scheduleTimezone=ZONE,
    )


def opening(weekday: int, opens: time, closes: time) -> dict[str, Any]:
    """Hours of a day of the week in which a venue can be used."""
    return typed(
        "OpeningHoursSpecification",
        dayOfWeek=[f"https://schema.org/{DAYS[weekday]}"],
        opens=clock(opens),
        closes=clock(closes),
    )


def page_of(items: list[Mapping[str, Any]], following: str) -> dict[str, Any]:
    """One page of a feed; `following` is the address of the next one, its own on the last."""
    return {"next": following, "items": items, "license": LICENCE}


def item_of(kind: str, key: int, modified: int, state: str, data: Mapping[str, Any] | None) -> dict[str, Any]:
    """One item of a page; what is gone has no data."""
    item = {"state": state, "kind": KINDS[kind][0], "id": key, "modified": modified}
    return item | ({"data": data} if data is not None else {})
