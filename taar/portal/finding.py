"""Finding over everything: dialogues, places and bodies, by any spelling."""

from datetime import date
from hashlib import sha256
from itertools import islice

from django.core.cache import cache
from django.db.models import QuerySet

from dialogue.queries.hall import Narrowing
from dialogue.queries.search import Found, find_threads, joined, newest_thread
from taar.lib.persian import fold, fold_tight
from taar.organizations.models import Organization
from taar.places.models import Place

FOUND_AT_MOST = 20
KEPT_SECONDS = 60


def find_everything(words: str, narrowing: Narrowing, *, day: date, after: str = "") -> dict:
    """One page of dialogues, and on the first also places and bodies, each with what it is found by.

    What was found is kept for a minute by its keys and versions and read again by them. It is looked for anew as soon
    as one of these dialogues has changed, or a new one has come; only older ones that have begun to fit wait so long.
    """
    key = _key_of(words, narrowing, day, after)
    kept = cache.get(key)
    page = _read_again(kept["threads"], narrowing, day) if kept else None
    if page is None:
        page = find_threads(words, narrowing, day=day, after=after)
        named = {} if after else {"places": _keys_of(find_places(words)), "bodies": _keys_of(find_bodies(words))}
        kept = {"threads": ([(row.pk, row.version) for row in page], page.next, page.likes), "named": named}
        cache.set(key, kept, KEPT_SECONDS)
    rows = {"places": _places(), "bodies": Organization.objects.active()}
    named = {kind: list(rows[kind].filter(pk__in=keys)) if keys else [] for kind, keys in kept["named"].items()}
    return {"page": page, **named}


def find_places(words: str) -> list[Place]:
    """Places whose name holds the words, by any spelling."""
    return _named(_places(), words)


def find_bodies(words: str) -> list[Organization]:
    """Bodies whose name holds the words, by any spelling."""
    return _named(Organization.objects.active(), words)


def _places() -> QuerySet[Place]:
    return Place.objects.select_related("county").exclude(kind=Place.Kind.PROVINCE)


def _key_of(words: str, narrowing: Narrowing, day: date, after: str) -> str:
    """Under which a search is kept: all that was asked, and the newest dialogue there is."""
    asked = [getattr(value, "pk", value) for value in vars(narrowing).values()]
    named = repr((words, asked, day, after, newest_thread()))
    return f"found:{sha256(named.encode()).hexdigest()[:40]}"


def _read_again(kept: tuple, narrowing: Narrowing, day: date) -> Found | None:
    """The page of the same dialogues, if all of them still fit and stand as they did."""
    versions, following, likes = kept
    found = {row.pk: row for row in joined(narrowing.rows(day).filter(pk__in=[key for key, version in versions]))}
    rows = [found[key] for key, version in versions if key in found and found[key].version == version]
    return Found(rows, following, likes) if len(rows) == len(versions) else None


def _keys_of(rows: list) -> list[int]:
    return [row.pk for row in rows]


def _named(rows: QuerySet, words: str) -> list:
    """A few hundred names are compared by their folds, with and without spaces; no index could fold them better."""
    wanted, tight = fold(words), fold_tight(words)
    folded = cache.get_or_set(f"names:{rows.model._meta.label_lower}", lambda: _folded_names(rows), KEPT_SECONDS)
    fitting = (key for key, names in folded if any(wanted in plain or tight in joined for plain, joined in names))
    keys = list(islice(fitting, FOUND_AT_MOST))
    return list(rows.filter(pk__in=keys)) if keys else []


def _folded_names(rows: QuerySet) -> list[tuple[int, list[tuple[str, str]]]]:
    """Each key with its names in three languages, folded with and without spaces."""
    names = rows.values_list("pk", "name_fa", "name_ar", "name_en")
    return [(key, [(fold(name), fold_tight(name)) for name in named if name]) for key, *named in names]
