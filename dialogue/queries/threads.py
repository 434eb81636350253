"""Reads of threads for lists and pages."""

from dialogue.models import Thread
from dialogue.queries.decisions import standing_hidings
from taar.lib.paging import Page, page_by_key


def voices_of(thread: Thread, *, after: str = "", size: int = 50) -> Page:
    """One page of what stands on a thread, oldest first; replies follow what they answer by `reply_to`."""
    rows = thread.contributions.standing().select_related("place").prefetch_related(standing_hidings())
    return page_by_key(rows, ("published_at", "id"), after, size)
