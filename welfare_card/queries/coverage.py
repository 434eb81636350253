"""Coverage: counted once a night by one statement, and read from the rows that it left."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Q, Sum

from taar.lib.jalali import from_jalali
from taar.lib.numbers import number_of, value
from taar.people.models import Person
from taar.places.models import Place, PlaceFlag
from taar.places.models.place import on_day
from welfare_card import numbers as n
from welfare_card.coverage import Counts, Line, band_starts
from welfare_card.models import Card, CoverageDay, CoverageRow, Member

# Registered: a live card, or an application that was sent and not refused. Active: a live card and a visit since a day.
# Reached: one of these, a phone that was confirmed, or a visit at any time.
COUNT = """
WITH carded AS (SELECT DISTINCT person_id FROM welfare_card_card WHERE status = ANY(%(live)s)),
asked AS (
    SELECT DISTINCT member.person_id FROM welfare_card_member AS member
    JOIN welfare_card_application AS application ON application.id = member.application_id
    WHERE application.submitted_at IS NOT NULL AND application.status <> 'withdrawn' AND member.status = ANY(%(asking)s)
),
seen AS (
    SELECT person_id, max("on") AS last_on FROM welfare_card_visit
    WHERE outcome = 'ok' AND reversed_at IS NULL GROUP BY person_id
),
standing AS (
    SELECT person.id, person.birth_on, person.sex,
        carded.person_id IS NOT NULL OR asked.person_id IS NOT NULL AS registered,
        carded.person_id IS NOT NULL AND seen.last_on >= %(active_from)s AS active,
        person.phone_verified_at IS NOT NULL OR seen.person_id IS NOT NULL AS met
    FROM people_person AS person
    LEFT JOIN carded ON carded.person_id = person.id
    LEFT JOIN asked ON asked.person_id = person.id
    LEFT JOIN seen ON seen.person_id = person.id
    WHERE person.merged_into_id IS NULL AND person.is_active
)
SELECT residence.place_id, standing.sex,
    CASE WHEN birth_on > %(fifteen)s THEN 'under_15'
        WHEN birth_on > %(thirty)s THEN '15_to_30' ELSE 'over_30' END,
    count(*) FILTER (WHERE registered), count(*) FILTER (WHERE registered AND active), count(*)
FROM standing LEFT JOIN people_residence AS residence
    ON residence.person_id = standing.id AND residence.until_on IS NULL
WHERE registered OR met
GROUP BY 1, 2, 3
"""


def count_people(day: date) -> Iterator[tuple[int | None, str, str, Counts]]:
    """Everybody whom the plan has met, by home, sex and age band on a day."""
    starts = dict(band_starts(day))
    told = {
        "live": [str(status) for status in Card.LIVE],
        "asking": [str(status) for status in (*Member.LIVE, Member.Status.CARDED)],
        "active_from": day - timedelta(days=value(n.ACTIVE_DAYS, day)),
        "fifteen": starts["15_to_30"],
        "thirty": starts["over_30"],
    }
    with transaction.atomic(), connection.cursor() as cursor:
        # Sums of many rows in memory; the setting falls with this transaction.
        cursor.execute("SET LOCAL work_mem = '128MB'")
        cursor.execute(COUNT, told)
        rows = cursor.fetchall()
    for place, sex, band, registered, active, reached in rows:
        yield place, sex or Person.Sex.MAN, band, Counts(registered, active, reached)


def target_line(day: date) -> Line:
    """The way to the target as it is in force on a day."""
    return Line(value(n.COVERAGE_TARGET, day), _day_of(n.COVERAGE_FROM, day), _day_of(n.COVERAGE_UNTIL, day))


def underserved_counties(day: date) -> set[int]:
    """Counties that bear the flag of an underserved place, or hold a place that bears it."""
    flags = PlaceFlag.objects.filter(on_day(day), kind=PlaceFlag.Kind.UNDERSERVED)
    return set(flags.order_by().values_list("place__county_id", flat=True))


def underserved_places(day: date) -> set[int]:
    """Neighbourhoods that bear the flag, themselves or through what they lie in."""
    return set(Place.objects.flagged(PlaceFlag.Kind.UNDERSERVED, day).values_list("pk", flat=True))


def last_coverage() -> CoverageDay | None:
    """The newest day that was measured."""
    return CoverageDay.objects.order_by("-on").first()


def coverage_tables(day: CoverageDay, county: Place | None = None) -> dict[str, list[CoverageRow]]:
    """The rows of a day by table, in the order of their places; neighbourhoods of one county, or none."""
    rows = day.rows.select_related("place").order_by("place__sort_key", "place_id", "pk")
    wanted = rows.exclude(table=CoverageRow.Table.NEIGHBOURHOOD)
    tables = defaultdict(list)
    for row in wanted:
        tables[row.table].append(row)
    if county:
        tables["neighbourhood"] = list(rows.filter(table=CoverageRow.Table.NEIGHBOURHOOD, place__county=county))
    return tables


def whole_coverage(day: CoverageDay) -> Iterator[dict[str, Any]]:
    """Every told number of a day as plain values, for machines."""
    yield {"table": "province", "code": "", "name": "", "underserved": "", "behind": "", **_counts(day)}
    for row in day.rows.select_related("place").order_by("table", "place__sort_key", "place_id", "pk").iterator():
        named = {"code": row.place.code, "name": row.place.name_fa} if row.place_id else {"code": row.value, "name": ""}
        marks = {"underserved": int(row.underserved), "behind": int(row.is_behind)}
        yield {"table": row.table, **named, **marks, **_counts(row)}


def _counts(row: Any) -> dict[str, int | str]:
    return {name: "" if getattr(row, name) is None else getattr(row, name) for name in Counts._fields}


def _day_of(key: str, day: date) -> date:
    """A day that is kept as text; one that cannot be gives way to the default."""
    try:
        return from_jalali(value(key, day))
    except ValueError:
        return from_jalali(number_of(key).default)


def underserved_share(day: CoverageDay) -> float | None:
    """The share of registered persons who live in underserved places, of those whose place is told; None without any.

    Made of told numbers alone, so it tells nothing that they do not.
    """
    rows = day.rows.filter(table=CoverageRow.Table.NEIGHBOURHOOD)
    here = Sum("registered", filter=Q(underserved=True))
    found = rows.aggregate(here=here, every=Sum("registered"))
    return (found["here"] or 0) / found["every"] if found["every"] else None
