"""The nightly measuring of coverage: one dated snapshot that holds only what may be told."""

from collections import defaultdict
from collections.abc import Hashable, Mapping
from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from taar.lib.jalali import local_day
from taar.lib.numbers import value
from taar.people.models import Person
from taar.places.models import Place
from welfare_card.coverage import BANDS, Counts, Told, is_behind, told_table, told_total, total_of
from welfare_card.models import CoverageDay, CoverageRow
from welfare_card.numbers import COVERAGE_ALERT
from welfare_card.queries.coverage import count_people, target_line, underserved_counties, underserved_places

Table = CoverageRow.Table


def measure_coverage(at: datetime) -> int:
    """Count everybody whom the plan has met, once a day, and keep what may be told; tells how many rows."""
    today = local_day(at)
    if CoverageDay.objects.filter(on=today).exists():
        return 0
    by_place, by_sex, by_age = _counted(today)
    whole = told_total(total_of(by_sex))
    line = target_line(today)
    day = CoverageDay(on=today, target=line.target, expected=line.expected(today), measured_at=at, **whole._asdict())
    rows = [
        *_rows(day, Table.SEX, by_sex, [Person.Sex.MAN, Person.Sex.WOMAN], whole),
        *_rows(day, Table.AGE, by_age, [name for name, _age in reversed(BANDS)], whole),
        *_rows_of_places(day, by_place, whole),
    ]
    with transaction.atomic():
        day.save(force_insert=True)
        CoverageRow.objects.bulk_create(rows)
    return len(rows)


def _counted(today: date) -> tuple[Mapping, Mapping, Mapping]:
    by_place, by_sex, by_age = defaultdict(Counts), defaultdict(Counts), defaultdict(Counts)
    for place, sex, band, counts in count_people(today):
        for table, key in ((by_place, place), (by_sex, sex), (by_age, band)):
            table[key] = table[key].plus(counts)
    return by_place, by_sex, by_age


def _rows(day: CoverageDay, table: str, counts: Mapping, order: list[str], whole: Told) -> list[CoverageRow]:
    shown = told_table([counts.get(key, Counts()) for key in order], whole)
    return [
        CoverageRow(day=day, table=table, value=key, **each._asdict()) for key, each in zip(order, shown, strict=True)
    ]


def _rows_of_places(day: CoverageDay, by_place: Mapping, whole: Told) -> list[CoverageRow]:
    """Every county and every place where people live, whether somebody was met there or not."""
    # Where a row must be hidden with others, it is one of those with the fewest inhabitants, as the census has them.
    places = list(Place.objects.exclude(county=None).order_by(F("population").asc(nulls_first=True), "pk"))
    counties = [place for place in places if place.county_id == place.pk]
    county_of = {place.pk: place.county_id for place in places}
    within: dict[Hashable, list[Place]] = defaultdict(list)
    for place in places:
        if place.pk in by_place or place.is_livable:
            within[place.county_id].append(place)
    sums = defaultdict(Counts)
    for key, counts in by_place.items():
        county = county_of.get(key)
        sums[county] = sums[county].plus(counts)
    shown = told_table([sums[key] for key in (*(county.pk for county in counties), None)], whole)
    rows = _rows_of_counties(day, counties, sums, shown)
    flagged = underserved_places(day.on)
    for county, of in zip(counties, shown, strict=False):
        inner = told_table([by_place.get(place.pk, Counts()) for place in within[county.pk]], of)
        rows += [
            CoverageRow(
                day=day, table=Table.NEIGHBOURHOOD, place=place, underserved=place.pk in flagged, **each._asdict()
            )
            for place, each in zip(within[county.pk], inner, strict=True)
        ]
    return rows


def _rows_of_counties(day: CoverageDay, counties: list[Place], sums: Mapping, shown: list[Told]) -> list[CoverageRow]:
    """Counties with their mark: underserved, and behind the mean of all counties whose inhabitants are known."""
    flagged, share = underserved_counties(day.on), value(COVERAGE_ALERT, day.on)
    people = sum(county.population or 0 for county in counties)
    mean = sum(sums[county.pk].registered for county in counties if county.population) / people if people else 0.0
    rows = [
        CoverageRow(
            day=day,
            table=Table.COUNTY,
            place=county,
            underserved=county.pk in flagged,
            is_behind=county.pk in flagged and is_behind(sums[county.pk], county.population, mean, share),
            **each._asdict(),
        )
        for county, each in zip(counties, shown, strict=False)
    ]
    return [*rows, CoverageRow(day=day, table=Table.COUNTY, **shown[-1]._asdict())]
