"""Where places are on the map: their own point, else that of the nearest place they lie in."""

from collections.abc import Iterable

from taar.places.models import Place

Point = tuple[float, float]


def points_of(places: Iterable[Place]) -> dict[int, Point]:
    """Latitude and longitude by the key of each place that has, or lies in something that has, a point; one query."""
    places = {place.pk: place for place in places}
    keys = {key for place in places.values() for key in place.ancestors} | set(places)
    rows = Place.objects.filter(pk__in=keys, lat__isnull=False).order_by().values_list("pk", "lat", "lon")
    known = {key: (lat, lon) for key, lat, lon in rows}
    # Ancestors stand from the province down to the place itself.
    found = {key: [known[each] for each in [*place.ancestors, key] if each in known] for key, place in places.items()}
    return {key: points[-1] for key, points in found.items() if points}
