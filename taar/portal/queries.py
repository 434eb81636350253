"""Numbers and finds for the portal's pages."""

from datetime import date

from taar.lib.persian import fold
from taar.organizations.models import Organization
from taar.organizations.queries import askable_organizations
from taar.places.models import Place, PlaceFlag
from taar.places.models.place import on_day

FOUND_AT_MOST = 20


def hall_figures(day: date) -> dict[str, int]:
    """How many bodies can be asked, and how many places are pilot and underserved on a day."""
    flags = PlaceFlag.objects.filter(on_day(day))
    return {
        "bodies": len(askable_organizations(day)),
        "places": Place.objects.livable().count(),
        "pilot": flags.filter(kind=PlaceFlag.Kind.PILOT).count(),
        "underserved": flags.filter(kind=PlaceFlag.Kind.UNDERSERVED).count(),
    }


def find_places(words: str) -> list[Place]:
    """Places whose name holds the words, by any spelling."""
    return _named(Place.objects.select_related("county").exclude(kind=Place.Kind.PROVINCE), words)


def find_bodies(words: str) -> list[Organization]:
    """Bodies whose name holds the words, by any spelling."""
    return _named(Organization.objects.active(), words)


def _named(rows, words: str) -> list:
    """A few hundred names are folded and compared here; no index could fold them better."""
    wanted = fold(words)
    folded = ((row, (fold(row.name_fa), fold(row.name_ar), row.name_en.casefold())) for row in rows)
    return [row for row, names in folded if any(wanted.casefold() in name for name in names)][:FOUND_AT_MOST]
