"""Pages of the open feeds, in the order (number of the change, id)."""

from typing import Any
from urllib.parse import urlencode

from sports_boards import openactive
from sports_boards.models import FeedItem
from sports_boards.queries.feed_items import site

PAGE = 500


def feed_page(kind: str, after: tuple[int, int] | None) -> dict[str, Any]:
    """The items of a feed after a number and an id, up to 500; the last page is empty and leads to itself."""
    rows = FeedItem.objects.filter(kind=kind).order_by("modified", "item")
    if after is not None:
        # No two items have one number: (number, id) is past `after` exactly if the number is, or is the same with a
        # larger id.
        rows = rows.filter(modified__gte=after[0]).exclude(modified=after[0], item__lte=after[1])
    items = [
        openactive.item_of(kind, item, modified, state, data)
        for item, modified, state, data in rows.values_list("item", "modified", "state", "data")[:PAGE]
    ]
    reached = (items[-1]["modified"], items[-1]["id"]) if items else after
    return openactive.page_of(items, address_of_page(kind, reached))


def address_of_page(kind: str, after: tuple[int, int] | None = None) -> str:
    """The address of a page of a feed; of its first one without `after`."""
    query = urlencode({"afterTimestamp": after[0], "afterId": after[1]}) if after else ""
    return f"{site()}/openactive/{kind}" + (f"?{query}" if query else "")
