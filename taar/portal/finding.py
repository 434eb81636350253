"""Finding over everything: dialogues, places and bodies, by any spelling."""

from datetime import date
from functools import lru_cache
from itertools import islice

from django.db.models import QuerySet

from dialogue.queries.hall import Narrowing
from dialogue.queries.search import find_threads
from taar.lib.persian import fold, fold_tight
from taar.organizations.models import Organization
from taar.places.models import Place

FOUND_AT_MOST = 20


def find_everything(words: str, narrowing: Narrowing, *, day: date, after: str = "") -> dict:
    """One page of dialogues, and on the first also places and bodies, each with what it is found by."""
    page = find_threads(words, narrowing, day=day, after=after)
    if after:
        return {"page": page}
    return {"page": page, "places": find_places(words), "bodies": find_bodies(words)}


def find_places(words: str) -> list[Place]:
    """Places whose name holds the words, by any spelling."""
    return _named(Place.objects.select_related("county").exclude(kind=Place.Kind.PROVINCE), words)


def find_bodies(words: str) -> list[Organization]:
    """Bodies whose name holds the words, by any spelling."""
    return _named(Organization.objects.active(), words)


def _named(rows: QuerySet, words: str) -> list:
    """A few hundred names are compared by their folds, with and without spaces; no index could fold them better."""
    wanted, tight = fold(words), fold_tight(words)
    names = rows.values_list("pk", "name_fa", "name_ar", "name_en")
    fitting = (key for key, *named in names if any(_holds(name, wanted, tight) for name in named if name))
    keys = list(islice(fitting, FOUND_AT_MOST))
    return list(rows.filter(pk__in=keys)) if keys else []


def _holds(name: str, wanted: str, tight: str) -> bool:
    plain, joined = _folds_of(name)
    return wanted in plain or tight in joined


@lru_cache(maxsize=4096)
def _folds_of(name: str) -> tuple[str, str]:
    return fold(name), fold_tight(name)
