"""Reads of threads for lists and pages."""

from django.db.models import QuerySet

from dialogue.models import Contribution, Thread
from dialogue.queries.decisions import standing_hidings
from taar.lib.paging import Page, page_by_key


def voices_of(thread: Thread, *, after: str = "", size: int = 50) -> Page:
    """One page of what stands on a thread, oldest first; replies follow what they answer by `reply_to`."""
    rows = thread.contributions.standing().select_related("place").prefetch_related(standing_hidings())
    return page_by_key(rows, ("published_at", "id"), after, size)


def own_waiting(thread: Thread, person) -> QuerySet:
    """What a person wrote on a thread and a moderator has not read yet."""
    if not person.is_authenticated:
        return Contribution.objects.none()
    return thread.contributions.filter(author=person, published_at__isnull=True)
