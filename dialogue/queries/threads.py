"""Reads of threads for lists and pages."""

from dataclasses import dataclass

from django.db import connection

from dialogue.models import Publication, Support, Thread
from dialogue.queries.decisions import standing_hidings
from taar.lib.paging import Page, page_by_key

_READER = """
    SELECT
        EXISTS (SELECT FROM dialogue_support WHERE thread_id = %(thread)s AND person_id = %(person)s),
        EXISTS (SELECT FROM dialogue_support
                WHERE thread_id = %(thread)s AND person_id = %(person)s AND state = %(counted)s),
        EXISTS (SELECT FROM dialogue_follow WHERE thread_id = %(thread)s AND person_id = %(person)s),
        EXISTS (SELECT FROM dialogue_contribution
                WHERE thread_id = %(thread)s AND author_id = %(person)s AND published_at IS NOT NULL),
        EXISTS (SELECT FROM dialogue_contribution
                WHERE thread_id = %(thread)s AND author_id = %(person)s AND published_at IS NULL)
"""
SHOWN = ("place__county", "organization", "owner_post__organization", "extension")


@dataclass(frozen=True)
class Reader:
    """What a person is to a thread: they support it (and it counts), follow it, spoke there, or wait to be read."""

    supports: bool = False
    counts: bool = False
    follows: bool = False
    spoke: bool = False
    waits: bool = False


def standing_towards(thread: Thread, person) -> Reader:
    """What a person is to a thread; one plain query, because it is asked for each page of somebody signed in."""
    if not person.is_authenticated:
        return Reader()
    with connection.cursor() as cursor:
        cursor.execute(_READER, {"thread": thread.pk, "person": person.pk, "counted": Support.State.COUNTED})
        return Reader(*cursor.fetchone())


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
