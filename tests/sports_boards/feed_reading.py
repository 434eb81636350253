"""How other programs read our feeds, and what they would stumble over that the validators do not see."""

import json
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from taar.lib.jalali import TEHRAN

FEEDS = ("session-series", "scheduled-sessions", "course-instances", "events", "facility-uses", "slots")
# A date of our days; what a Jalali one looks like when it is written into a field for a Gregorian one is far outside.
YEARS = range(2020, 2080)
DATES = ("startDate", "endDate")


def read_feed(client, feed: str, after: str = "") -> tuple[list[dict], str]:
    """Every item from an address on, in the order of the feed, and the address of the last page."""
    url, items = after or f"/openactive/{feed}", []
    while True:
        answer = client.get(url)
        assert answer.status_code == 200, answer.content
        page = json.loads(answer.content)
        following = urlsplit(page["next"])
        items += page["items"]
        if not page["items"]:
            return items, url
        url = f"{following.path}?{following.query}"


def told(items: list[dict]) -> dict[int, dict | None]:
    """What a reader holds in the end: the last state of each item; None for one that is gone."""
    return {item["id"]: item.get("data") for item in items}


def faults_of(data: dict[str, Any]) -> list[str]:
    """What is wrong with an item though its fields have the right types."""
    return [fault for rule in RULES for node in nodes_of(data) for fault in rule(node)]


def nodes_of(thing: Any) -> Iterator[dict[str, Any]]:
    """An object and every object within it."""
    if isinstance(thing, dict):
        yield thing
    for part in thing.values() if isinstance(thing, dict) else thing if isinstance(thing, list) else ():
        yield from nodes_of(part)


def _dates(node: dict[str, Any]) -> Iterator[str]:
    days_only = node.get("@type") in ("CourseInstance", "PartialSchedule")
    for name in DATES:
        said = node.get(name)
        if said is None:
            continue
        try:
            day = date.fromisoformat(said) if days_only else datetime.fromisoformat(said).date()
        except ValueError:
            yield f"{name} {said} is not ISO 8601"
            continue
        if day.year not in YEARS:
            yield f"{name} {said} is no day of the Gregorian calendar"


def _zones(node: dict[str, Any]) -> Iterator[str]:
    for name in DATES:
        said = str(node.get(name, ""))
        if "T" not in said:
            continue
        at = datetime.fromisoformat(said)
        if at.tzinfo is None or at.utcoffset() != at.astimezone(TEHRAN).utcoffset():
            yield f"{name} {said} is not by the clock of Tehran"
    if node.get("scheduleTimezone", "Asia/Tehran") != "Asia/Tehran":
        yield f"scheduleTimezone {node['scheduleTimezone']}"


def _capacity(node: dict[str, Any]) -> Iterator[str]:
    pairs = (("remainingAttendeeCapacity", "maximumAttendeeCapacity"), ("remainingUses", "maximumUses"))
    for left, most in pairs:
        if left in node and not 0 <= node[left] <= node.get(most, -1):
            yield f"{left} {node[left]} of {node.get(most)}"


def _leaders(node: dict[str, Any]) -> Iterator[str]:
    for leader in node.get("leader", []):
        if not str(leader.get("name", "")).strip():
            yield "a leader has no name"


def _addresses(node: dict[str, Any]) -> Iterator[str]:
    if node.get("@type") == "Place" and ("address" in node or "geo" not in node):
        yield "a place is a name and a point"


RULES: tuple[Callable[[dict[str, Any]], Iterator[str]], ...] = (_dates, _zones, _capacity, _leaders, _addresses)
