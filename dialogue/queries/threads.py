"""Reads of threads for lists and pages."""

from django.db.models import Exists, OuterRef, Subquery

from dialogue.models import Follow, Support, Thread
from dialogue.queries.decisions import standing_hidings
from taar.lib.paging import Page, page_by_key


def voices_of(thread: Thread, *, after: str = "", size: int = 50) -> Page:
    """One page of what stands on a thread, oldest first; replies follow what they answer by `reply_to`."""
    rows = thread.contributions.standing().select_related("place").prefetch_related(standing_hidings())
    return page_by_key(rows, ("published_at", "id"), after, size)


def stance_of(thread: Thread, person) -> tuple[str | None, bool]:
    """The state of a person's support of a thread (None without one), and whether they follow it, in one query."""
    theirs = {"thread": OuterRef("pk"), "person": person.pk}
    support = Subquery(Support.objects.filter(**theirs).values("state")[:1])
    rows = Thread.objects.filter(pk=thread.pk).annotate(stance=support, follow=Exists(Follow.objects.filter(**theirs)))
    return rows.values_list("stance", "follow").get()
