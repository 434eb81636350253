"""Places for tests: a province, counties in it, neighbourhoods in them."""

import itertools

from taar.lib.persian import sort_key
from taar.places.models import Place
from taar.places.models.place import PROVINCE_CODE

_numbers = itertools.count(1)


def make_province() -> Place:
    """The province, once."""
    known = Place.objects.filter(code=PROVINCE_CODE).first()
    return known or _make(Place.Kind.PROVINCE, None, code=PROVINCE_CODE, name_fa="خوزستان", name_en="Khuzestan")


def make_county(**over) -> Place:
    """A county of the province."""
    return _make(Place.Kind.COUNTY, make_province(), **over)


def make_place(**over) -> Place:
    """A neighbourhood; `parent` is the county or district it lies in."""
    parent = over.pop("parent", None) or make_county()
    return _make(over.pop("kind", Place.Kind.NEIGHBOURHOOD), parent, **over)


def _make(kind: str, parent: Place | None, **over) -> Place:
    number = next(_numbers)
    over.setdefault("code", f"T-{number}")
    over.setdefault("name_fa", f"جای {number}")
    county = parent and (parent.county or parent)
    place = Place(kind=kind, parent=parent, county=county, sort_key=sort_key(over["name_fa"]), **over)
    place.save()
    place.ancestors = [*(parent.ancestors if parent else []), place.pk]
    if kind == Place.Kind.COUNTY:
        place.county = place
    place.save()
    return place
