"""The sequencer of the open feeds: the only writer of their items. Triggers mark what changed (`_feeds_sql.py`).

It holds an advisory lock until its commit, so numbers become public in their own order: a reader who has seen a number
has been able to see every smaller one, and what changes later gets a larger one.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Q
from django.utils import translation

from sports_boards.models import FeedItem, FeedMark, FeedThing
from sports_boards.queries.feed_items import Items
from sports_boards.queries.feed_parts import part_items
from sports_boards.queries.feed_programmes import programme_items

Thing = tuple[str, int]
State = FeedItem.State
# The first half of the key of our advisory lock; the second is nothing: there is one sequencer.
LOCK_SPACE = 0x4F41
BATCH = 2000
# Things rendered at once: a programme has up to 400 sessions, a part up to 1,000 hours.
THINGS = 100
MOST_STEPS = 500
KEPT_GONE = timedelta(days=7)
MAKERS = {FeedThing.PROGRAMME: programme_items, FeedThing.PART: part_items}


def sequence_feeds(at: datetime) -> int:
    """Render and number what was marked or has gone stale, until nothing is left; how many things were looked at."""
    looked = 0
    for _step in range(MOST_STEPS):
        things = _sequence_some(at)
        looked += things
        if not things:
            break
    return looked


def forget_gone(at: datetime) -> int:
    """Items that were told as gone for seven days are told no more."""
    return FeedItem.objects.filter(gone_at__lte=at - KEPT_GONE).delete()[0]


@transaction.atomic
def _sequence_some(at: datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, 0)", [LOCK_SPACE])
    # Marks first, rows afterwards: what is read is at least as new as what marked it.
    things = _take_marks() or _stale(at)
    if things:
        # The feeds are in Persian, whoever asks for them.
        with translation.override("fa"):
            items = _rendered(things, at)
        _write(things, items, at)
    return len(things)


def _take_marks() -> set[Thing]:
    """Some things with marks; all marks of theirs that are there now are taken away."""
    rows = FeedMark.objects.order_by("pk").values_list("thing", "key")[:BATCH]
    things = set(list(dict.fromkeys(rows))[:THINGS])
    seen = FeedMark.objects.filter(_of(things)).values_list("pk", flat=True) if things else []
    FeedMark.objects.filter(pk__in=list(seen)).delete()
    return things


def _stale(at: datetime) -> set[Thing]:
    rows = FeedItem.objects.filter(stale_at__lte=at).order_by("stale_at").values_list("thing", "key")[:BATCH]
    return set(list(dict.fromkeys(rows))[:THINGS])


def _of(things: Iterable[Thing]) -> Q:
    """Rows of some things."""
    found = Q(pk__in=[])
    for thing in MAKERS:
        keys = [key for name, key in things if name == thing]
        found |= Q(thing=thing, key__in=keys) if keys else Q(pk__in=[])
    return found


def _rendered(things: set[Thing], at: datetime) -> dict[str, Items]:
    return {thing: make([key for name, key in things if name == thing], at) for thing, make in MAKERS.items()}


def _write(things: set[Thing], items: dict[str, Items], at: datetime) -> None:
    """Number what is new, different or gone; what is as it was keeps its number, so that nobody reads it again."""
    known = {(row.kind, row.item): row for row in FeedItem.objects.filter(_of(things))}
    new, changed, kept = [], [], []
    for thing, told in items.items():
        for (kind, item), said in told.items():
            row = known.pop((kind, item), None)
            same = row is not None and row.data == said.data
            if row is None:
                new.append(FeedItem(kind=kind, item=item, thing=thing, key=said.key))
                row = new[-1]
            elif not same:
                changed.append(row)
            elif row.stale_at != said.stale_at:
                kept.append(row)
            row.state, row.data, row.stale_at, row.gone_at = State.UPDATED, said.data, said.stale_at, None
    for row in known.values():
        if row.state == State.UPDATED:
            row.state, row.data, row.stale_at, row.gone_at = State.DELETED, None, None, at
            changed.append(row)
    for row, number in zip([*new, *changed], _numbers(len(new) + len(changed)), strict=True):
        row.modified = number
    FeedItem.objects.bulk_create(new, batch_size=BATCH)
    FeedItem.objects.bulk_update(changed, ["modified", "state", "data", "stale_at", "gone_at"], batch_size=500)
    FeedItem.objects.bulk_update(kept, ["stale_at"], batch_size=500)


def _numbers(count: int) -> list[int]:
    """Numbers that were never given and never will be again, rising."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('sports_boards_feed_number') FROM generate_series(1, %s)", [count])
        return sorted(number for (number,) in cursor.fetchall())
