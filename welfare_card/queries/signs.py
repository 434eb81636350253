"""What to look at among the visits of the last days: one statement a question, with bounds of the house."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from math import asin, cos, radians, sin, sqrt
from typing import Any

from django.db import connection

from taar.lib.jalali import local_day, to_jalali
from taar.lib.numbers import value
from welfare_card import numbers as n
from welfare_card.models import Sign

# A record of a device may come late; what was posted within so many days is looked at again.
LOOKED_BACK = timedelta(days=2)
CONCENTRATION_DAYS = 30
EARTH_KM = 6371.0
LONGEST_WAY = timedelta(hours=12)

# By way of the venues, whose index by the moment of posting spares a look at all visits that there ever were.
FRESH = """
WITH fresh AS (
    SELECT visit.* FROM organizations_venue AS door JOIN welfare_card_visit AS visit ON visit.venue_id = door.id
        AND visit.posted_at > %(since)s AND visit.posted_at <= %(at)s
    WHERE visit.outcome = 'ok' AND visit.reversed_at IS NULL
)
"""
VELOCITY = f"""{FRESH}
SELECT DISTINCT ON (card_id, "on") card_id, "on", venue_id, id FROM (
    SELECT *, lag(at, %(before)s) OVER (PARTITION BY person_id ORDER BY at, id) AS earlier FROM fresh
) AS runs WHERE at - earlier <= %(within)s ORDER BY card_id, "on", at
"""
TRAVEL = f"""{FRESH}
SELECT pairs.card_id, pairs."on", pairs.venue_id, pairs.id, pairs.at - pairs.earlier,
    coalesce(here.lat, here_county.lat), coalesce(here.lon, here_county.lon),
    coalesce(there.lat, there_county.lat), coalesce(there.lon, there_county.lon)
FROM (
    SELECT *, lag(at) OVER visits AS earlier, lag(venue_id) OVER visits AS other_id FROM fresh
    WINDOW visits AS (PARTITION BY person_id ORDER BY at, id)
) AS pairs
JOIN organizations_venue AS door ON door.id = pairs.venue_id JOIN places_place AS here ON here.id = door.place_id
JOIN organizations_venue AS other ON other.id = pairs.other_id JOIN places_place AS there ON there.id = other.place_id
JOIN places_place AS here_county ON here_county.id = here.county_id
JOIN places_place AS there_county ON there_county.id = there.county_id
WHERE here.county_id <> there.county_id AND pairs.at - pairs.earlier < %(longest)s
ORDER BY pairs.at
"""
HOURS = f"""{FRESH}
SELECT venue_id, "on", min(id::text), count(*) FROM (
    SELECT fresh.*, extract(epoch FROM (fresh.at AT TIME ZONE 'Asia/Tehran')::time) / 60 AS minute,
        extract(epoch FROM door.opens_at) / 60 AS opens, extract(epoch FROM door.closes_at) / 60 AS closes
    FROM fresh JOIN organizations_venue AS door ON door.id = fresh.venue_id WHERE door.opens_at IS NOT NULL
) AS timed WHERE minute < opens - %(slack)s OR minute > closes + %(slack)s GROUP BY venue_id, "on"
"""
BURST = f"""{FRESH}
SELECT DISTINCT ON (venue_id, device_id, taken_by_id, "on") venue_id, device_id, "on", id FROM (
    SELECT *, lag(at, %(before)s) OVER (PARTITION BY venue_id, device_id, taken_by_id ORDER BY at, id) AS earlier
    FROM fresh
) AS runs WHERE at - earlier <= %(within)s ORDER BY venue_id, device_id, taken_by_id, "on", at
"""
CONCENTRATION = f"""{FRESH}
SELECT venue_id, sum(visits)::bigint, sum(visits) FILTER (WHERE place <= %(cards)s)::bigint FROM (
    SELECT venue_id, count(*) AS visits, row_number() OVER (PARTITION BY venue_id ORDER BY count(*) DESC) AS place
    FROM fresh GROUP BY venue_id, person_id
) AS holders GROUP BY venue_id HAVING sum(visits) >= %(least)s
"""


@dataclass(frozen=True)
class Found:
    """One thing to look at; `about` is the same however often it is found."""

    kind: str
    about: str
    on: date
    things: dict[str, Any] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)


def find_velocity(at: datetime) -> Iterator[Found]:
    """Cards with so many visits within so many minutes."""
    visits = value(n.VELOCITY_VISITS)
    within = timedelta(minutes=value(n.VELOCITY_MINUTES))
    for card, on, venue, visit in _asked(VELOCITY, at, before=visits - 1, within=within):
        things = {"card_id": card, "venue_id": venue, "visit_id": visit}
        yield Found(Sign.Kind.VELOCITY, f"{card}:{on}", on, things, {"visits": visits})


def find_travel(at: datetime) -> Iterator[Found]:
    """Visits of one person in two counties with less time between them than the way takes."""
    speed = value(n.TRAVEL_KMH)
    for card, on, venue, visit, gap, *points in _asked(TRAVEL, at, longest=LONGEST_WAY):
        if None in points:
            continue
        km, minutes = distance_km(*points), gap.total_seconds() / 60
        if minutes < km / speed * 60:
            things = {"card_id": card, "venue_id": venue, "visit_id": visit}
            yield Found(Sign.Kind.TRAVEL, f"{card}:{on}", on, things, {"km": round(km), "minutes": round(minutes)})


def find_hours(at: datetime) -> Iterator[Found]:
    """Venues with visits outside their opening hours, by day."""
    for venue, on, visit, visits in _asked(HOURS, at, slack=value(n.HOURS_MINUTES)):
        yield Found(Sign.Kind.HOURS, f"{venue}:{on}", on, {"venue_id": venue, "visit_id": visit}, {"visits": visits})


def find_bursts(at: datetime) -> Iterator[Found]:
    """Desks that took so many visits within minutes."""
    visits = value(n.BURST_VISITS)
    within = timedelta(minutes=value(n.BURST_MINUTES))
    for venue, device, on, visit in _asked(BURST, at, before=visits - 1, within=within):
        things = {"venue_id": venue, "device_id": device, "visit_id": visit}
        yield Found(Sign.Kind.BURST, f"{venue}:{device or 'online'}:{on}", on, things, {"visits": visits})


def find_concentration(at: datetime) -> Iterator[Found]:
    """Venues where a few cards make most of the visits of a month; once a Jalali month."""
    today, least_share = local_day(at), value(n.CONCENTRATION_SHARE)
    month = str(to_jalali(today))[:7]
    bounds = {"cards": value(n.CONCENTRATION_CARDS), "least": value(n.CONCENTRATION_VISITS)}
    since = at - timedelta(days=CONCENTRATION_DAYS)
    for venue, visits, of_few in _asked(CONCENTRATION, at, since=since, **bounds):
        if of_few / visits > least_share:
            facts = {"visits": visits, "share": round(of_few / visits, 2)}
            yield Found(Sign.Kind.CONCENTRATION, f"{venue}:{month}", today, {"venue_id": venue}, facts)


def distance_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """The way between two points as the crow flies."""
    up, over = radians(other_lat - lat) / 2, radians(other_lon - lon) / 2
    arc = sin(up) ** 2 + cos(radians(lat)) * cos(radians(other_lat)) * sin(over) ** 2
    return 2 * EARTH_KM * asin(sqrt(arc))


def _asked(question: str, at: datetime, **bounds: Any) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(question, {"at": at, "since": at - LOOKED_BACK} | bounds)
        return cursor.fetchall()
