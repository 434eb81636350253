"""Reads of threads for lists and pages."""

from django.db.models import Exists, OuterRef, QuerySet

from dialogue.models import Contribution, Follow, Publication, Support, Thread
from dialogue.queries.decisions import standing_hidings
from taar.lib.paging import Page, page_by_key

SHOWN = ("place__county", "organization", "owner_post__organization", "extension")


def readable_threads(person) -> QuerySet[Thread]:
    """Threads that a person may open, with what the person is to each."""
    rows = Thread.objects.visible_to(person)
    if not person.is_authenticated:
        return rows
    support = Support.objects.filter(thread=OuterRef("pk"), person=person)
    return rows.annotate(
        supported=Exists(support),
        counted=Exists(support.filter(state=Support.State.COUNTED)),
        followed=Exists(Follow.objects.filter(thread=OuterRef("pk"), person=person)),
        speaks=Exists(Contribution.objects.filter(thread=OuterRef("pk"), author=person)),
    )


def whole_thread(thread: Thread) -> Thread:
    """A thread with all that its page says of it."""
    return Thread.objects.select_related(*SHOWN).get(pk=thread.pk)


def voices_of(thread: Thread, *, after: str = "", size: int = 50) -> Page:
    """One page of what stands on a thread, oldest first; replies follow what they answer by `reply_to`."""
    rows = thread.contributions.standing().select_related("place").prefetch_related(standing_hidings())
    return page_by_key(rows, ("published_at", "id"), after, size)


def union_of(thread: Thread) -> dict:
    """With which thread this one is united, or which ones are united with it.

    Their codes alone are shown: what is hidden there must not go on standing on a kept page of this one.
    """
    if thread.publication == Publication.MERGED:
        return {"united_with": thread.merges.standing().select_related("into").first()}
    return {"united": list(thread.united.standing().select_related("thread").order_by("at", "pk"))}
