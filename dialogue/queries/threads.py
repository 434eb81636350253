"""Reads of threads for lists and pages."""

from datetime import date

from django.db.models import QuerySet

from dialogue.models import Area, Axis, Contribution, Thread
from dialogue.queries.decisions import standing_hidings
from taar.lib.paging import Page, page_by_key
from taar.places.models import Place

SORTS = {
    "newest": ("-published_at", "-id"),
    "supported": ("-support_count", "-id"),
    "waiting": ("due_on", "id"),
}
STATES = ("waiting", "late", "answered")


def hall_list(*, sort: str, state: str, axis: str, area: str, place: Place | None, day: date, after: str) -> Page:
    """One page of open threads in an order, narrowed by state, axis, area and place."""
    rows = Thread.objects.open().select_related("place__county", "organization")
    if sort == "waiting":
        rows = rows.awaiting_answer()
    if state == "waiting":
        rows = rows.awaiting_answer()
    elif state == "late":
        rows = rows.late(day)
    elif state == "answered":
        rows = rows.exclude(answer_state__in=Thread.OWED)
    if axis in Axis.values:
        rows = rows.filter(axis=axis)
    if area in Area.values:
        rows = rows.filter(area=area)
    if place:
        rows = rows.filter(place__in=Place.objects.within(place))
    return page_by_key(rows, SORTS.get(sort, SORTS["newest"]), after)


def voices_of(thread: Thread, *, after: str = "", size: int = 50) -> Page:
    """One page of what stands on a thread, oldest first; replies follow what they answer by `reply_to`."""
    rows = thread.contributions.standing().select_related("place").prefetch_related(standing_hidings())
    return page_by_key(rows, ("published_at", "id"), after, size)


def own_waiting(thread: Thread, person) -> QuerySet:
    """What a person wrote on a thread and a moderator has not read yet."""
    if not person.is_authenticated:
        return Contribution.objects.none()
    return thread.contributions.filter(author=person, published_at__isnull=True)
