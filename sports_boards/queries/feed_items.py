"""What the feeds say of things now: one function for each kind of thing, from its key to its items."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.conf import settings

from sports_boards import openactive


class Told(NamedTuple):
    """An item as it is to be told, the key of the thing it is made from, and until when it holds of itself."""

    key: int
    data: dict[str, Any]
    stale_at: datetime | None = None


# (feed, number in it) → what is told; what is not in it is not in the feeds.
Items = dict[tuple[str, int], Told]


def site() -> str:
    """The address of this portal, without a slash at its end."""
    return settings.SITE_URL.rstrip("/")


def address_of(kind: str, key: int, page: str) -> str:
    """The address that names an item for good; it leads to the page on which people read about it."""
    return f"{site()}{page}#/{kind}/{key}"


def head_of(kind: str, key: int, page: str) -> dict[str, Any]:
    """How every item begins."""
    name = openactive.KINDS[kind][1]
    return {"@context": openactive.CONTEXT, "@type": name, "@id": address_of(kind, key, page), "identifier": key}


def organization_of(body: Any, page: str) -> dict[str, Any]:
    """A body by its Persian name."""
    return openactive.body(f"{site()}/openactive/#/bodies/{body.code}", body.name_fa, f"{site()}{page}")


def activity_of(*named: tuple[Any, str]) -> list[dict[str, Any]]:
    """The first activity that has an id, by its English label; else that of many sports."""
    key, label = next(((key, label) for key, label in named if key), openactive.MULTISPORTS)
    return [openactive.concept(openactive.ACTIVITY_LIST, str(key), label)]


def chosen(items: Iterable[tuple[str, int, Told]]) -> Items:
    """Items by feed and number."""
    return {(kind, key): told for kind, key, told in items}
