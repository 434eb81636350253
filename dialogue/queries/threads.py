"""Reads of threads for lists and pages."""

from django.db.models import QuerySet

from dialogue.models import Contribution, Thread
from taar.lib.paging import Page, page_by_key


def voices_of(thread: Thread, *, after: str = "", size: int = 50) -> Page:
    """One page of what stands on a thread, oldest first; replies follow what they answer by `reply_to`."""
    rows = thread.contributions.standing().select_related("place")
    return page_by_key(rows, ("published_at", "id"), after, size)


def own_waiting(thread: Thread, person) -> QuerySet:
    """What a person wrote on a thread and a moderator has not read yet."""
    if not person.is_authenticated:
        return Contribution.objects.none()
    return thread.contributions.filter(author=person, published_at__isnull=True)


def steps_of(thread: Thread) -> list[tuple[str, str]]:
    """The five steps of a matter: each with "past", "now" or nothing."""
    reached = [
        thread.published_at is not None,
        thread.clock_from_on is not None,
        thread.answered_at is not None,
        False,
        False,
    ]
    now = reached.index(False)
    marks = ["past" if done else "now" if place == now else "" for place, done in enumerate(reached)]
    return list(zip(("registered", "asked", "answer", "commitment", "kept"), marks, strict=True))
