"""Reads over places for pages of the floors above."""

from collections.abc import Iterable
from datetime import date

from taar.places.models import Closure, Place, PlaceFlag
from taar.places.models.place import PROVINCE_CODE, on_day


def province() -> Place:
    """The province, the root of all places."""
    return Place.objects.get(code=PROVINCE_CODE)


def path_of(place: Place) -> list[Place]:
    """The places a place lies in, from the province down to itself."""
    found = {each.pk: each for each in Place.objects.filter(pk__in=place.ancestors)}
    return [found[key] for key in place.ancestors if key in found]


def choices_by_county() -> list[tuple[Place, list[Place]]]:
    """Every place a person can live in, under its county, in the order of the alphabet, in one query."""
    places = Place.objects.exclude(kind=Place.Kind.PROVINCE).order_by("sort_key", "pk")
    counties: dict[int, tuple[Place, list[Place]]] = {}
    rest = []
    for place in places:
        if place.kind == Place.Kind.COUNTY:
            counties[place.pk] = (place, [])
        elif place.is_livable:
            rest.append(place)
    for place in rest:
        counties[place.county_id][1].append(place)
    return list(counties.values())


def underserved_places(places: Iterable[Place], day: date) -> set[int]:
    """Which of the places are underserved on a day, by their keys, in one query."""
    flags = PlaceFlag.objects.filter(on_day(day), kind=PlaceFlag.Kind.UNDERSERVED).order_by()
    bearers = set(flags.values_list("place_id", flat=True))
    return {place.pk for place in places if bearers.intersection(place.ancestors)}


def closures_on(day: date, place: Place | None = None) -> list[Closure]:
    """Closures in force on a day, in a place or anywhere; each closure once."""
    closures = Closure.objects.on(day).prefetch_related("places")
    if place:
        closures = closures.filter(places__in=place.ancestors).distinct()
    return list(closures)
