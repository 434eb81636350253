"""Reference data of places and holidays: loaded once, never laid over what an office has corrected since."""

import csv
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from taar.lib.persian import sort_key
from taar.places.actions import flag_place, set_holiday
from taar.places.models import Holiday, Place, PlaceFlag
from taar.places.models.place import PROVINCE_CODE

DATA = Path(__file__).parent / "data"
# The report that founded the plan, 2 Shahrivar 1404: the first day of every flag we know of.
FOUNDED_ON = date(2025, 8, 24)
# A place is made after the one it lies in.
ORDER = [Place.Kind.COUNTY, Place.Kind.DISTRICT, Place.Kind.REGION, Place.Kind.NEIGHBOURHOOD]


@transaction.atomic
def load_places(at: datetime) -> int:
    """Make the places that are missing, with their flags; tell how many were made."""
    known = {place.code: place for place in Place.objects.all()}
    made = 0
    if PROVINCE_CODE not in known:
        known[PROVINCE_CODE] = _make_province()
        made += 1
    rows = sorted(_rows("places.csv"), key=lambda row: ORDER.index(row["kind"]))
    marks = {row["code"]: (row["pilot"], row["underserved"]) for row in rows}
    for row in rows:
        if row["code"] in known:
            continue
        known[row["code"]] = place = _make_place(row, known[row["parent_code"]])
        _flag(place, row, marks.get(row["parent_code"], ("0", "0")))
        made += 1
    return made


@transaction.atomic
def load_holidays(at: datetime) -> int:
    """Make the holidays of days that have none; tell how many were made."""
    known = set(Holiday.objects.values_list("on", flat=True))
    rows = [row for row in _rows("holidays.csv") if date.fromisoformat(row["date_gregorian"]) not in known]
    for row in rows:
        set_holiday(
            date.fromisoformat(row["date_gregorian"]),
            at=at,
            name_fa=row["name_fa"],
            name_ar=row["name_ar"],
            name_en=row["name_en"],
            kind=row["kind"],
            estimated=row["estimated"] == "1",
        )
    return len(rows)


def _make_province() -> Place:
    place = Place.objects.create(
        code=PROVINCE_CODE,
        kind=Place.Kind.PROVINCE,
        name_fa="خوزستان",
        name_ar="خوزستان",
        name_en="Khuzestan",
        population=4710509,
        sort_key=sort_key("خوزستان"),
    )
    return _settle(place, [], None)


def _make_place(row: dict[str, str], parent: Place) -> Place:
    """Make a place; one that is its own county gets its county and ancestors as soon as it has a key."""
    place = Place(
        code=row["code"],
        kind=row["kind"],
        parent=parent,
        name_fa=row["name_fa"],
        name_ar=row["name_ar"],
        name_en=row["name_en"],
        population=int(row["population_1395"]) if row["population_1395"] else None,
        lat=float(row["lat"]) if row["lat"] else None,
        lon=float(row["lon"]) if row["lon"] else None,
        sort_key=sort_key(row["name_fa"]),
    )
    # The county of a county is the county itself: the parent stands in for it until the row has a key.
    place.county = parent.county or parent
    place.save()
    return _settle(place, parent.ancestors, place if place.kind == Place.Kind.COUNTY else parent.county)


def _settle(place: Place, above: list[int], county: Place | None) -> Place:
    place.ancestors = [*above, place.pk]
    place.county = county
    place.save(update_fields=["ancestors", "county"])
    return place


def _flag(place: Place, row: dict[str, str], above: tuple[str, str]) -> None:
    """Flag a place unless the one it lies in already bears the flag for it."""
    wanted = [
        (PlaceFlag.Kind.PILOT, row["pilot"], above[0]),
        (PlaceFlag.Kind.UNDERSERVED, row["underserved"], above[1]),
    ]
    for kind, own, inherited in wanted:
        if own == "1" and inherited != "1":
            flag_place(place, kind=kind, from_on=FOUNDED_ON, source=row["source"][:300] or "-")


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
