"""Many hands at one moment, on real threads and real PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError

import pytest
from django.db import connection

from dialogue.actions.queue import approve_item, publish_text, take_item
from dialogue.actions.threads import support_thread
from dialogue.models import ModerationDecision
from taar.lib.refusals import Refused
from tests.dialogue.factories import NOW, make_moderator, make_person, new_thread

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(verb, people: list, width: int = 10) -> list:
    """Run `verb(person)` for all people on `width` threads that begin together; refusals come back as they are."""
    start = Barrier(min(width, len(people)))

    def run(person):
        with suppress(BrokenBarrierError):  # the last ones may be fewer than the width
            start.wait(timeout=1)
        try:
            return verb(person)
        except Refused as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(min(width, len(people))) as pool:
        return list(pool.map(run, people))


def test_fifty_people_who_join_at_once_count_once_each():
    thread = new_thread()
    publish_text(thread, at=NOW)
    people = [make_person() for _ in range(50)]
    at_once(lambda person: support_thread(thread, by=person, at=NOW), people * 2, width=6)
    thread.refresh_from_db()
    assert (thread.support_count, thread.verified_count) == (50, 50)
    assert thread.supports.count() == 50


def test_eight_moderators_decide_one_item_once():
    item = new_thread().moderation_items.get()
    moderators = [make_moderator() for _ in range(8)]

    def decide(moderator):
        return approve_item(take_item(item, by=moderator, at=NOW), by=moderator, at=NOW)

    outcomes = at_once(decide, moderators, width=8)
    assert sum(isinstance(outcome, ModerationDecision) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, Refused) for outcome in outcomes) == 7
