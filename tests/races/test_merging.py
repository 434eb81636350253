"""Merges by many hands at one moment, on real threads and real PostgreSQL."""

import pytest

from dialogue.actions.merging import merge_thread, unmerge_thread
from dialogue.actions.threads import follow_thread, support_thread, withdraw_support
from dialogue.models import Publication, Support, ThreadMerge
from taar.lib.refusals import Refused
from tests.dialogue.factories import make_moderator, make_person
from tests.dialogue.moderation import LATER, REASON, open_thread
from tests.races.threads import all_at_once

pytestmark = pytest.mark.django_db(transaction=True)


def merge(thread, into, by):
    return lambda: merge_thread(thread, into=into, by=by, at=LATER, reason=REASON)


def check_counts(*threads) -> None:
    """The numbers of each thread are those of its rows."""
    for thread in threads:
        thread.refresh_from_db()
        rows = thread.supports.filter(state=Support.State.COUNTED)
        assert (thread.support_count, thread.verified_count) == (rows.count(), rows.filter(verified=True).count())


def test_of_two_merges_against_each_other_one_stands():
    one, two = open_thread(), open_thread()
    moderators = [make_moderator() for _ in range(4)]
    outcomes = all_at_once(
        merge(one, two, moderators[0]), merge(two, one, moderators[1]),
        merge(one, two, moderators[2]), merge(two, one, moderators[3]),
    )  # fmt: skip
    assert sum(isinstance(outcome, ThreadMerge) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, Refused) for outcome in outcomes) == 3
    assert ThreadMerge.objects.count() == 1


@pytest.mark.parametrize("round_", range(3))
def test_merges_in_a_ring_never_lock_up_and_never_make_a_chain(round_):
    threads = [open_thread() for _ in range(3)]
    by = make_moderator()
    outcomes = all_at_once(*(merge(threads[place], threads[(place + 1) % 3], by) for place in range(3)))
    assert all(isinstance(outcome, ThreadMerge | Refused) for outcome in outcomes)
    standing = list(ThreadMerge.objects.standing())
    assert standing
    assert not {row.thread_id for row in standing} & {row.into_id for row in standing}


def test_people_who_come_and_go_while_threads_are_united_are_counted_once():
    thread, into = open_thread(), open_thread()
    people = [make_person() for _ in range(6)]
    for person in people[:3]:
        support_thread(thread, by=person, at=LATER)
    outcomes = all_at_once(
        merge(thread, into, make_moderator()),
        *(lambda person=person: support_thread(thread, by=person, at=LATER) for person in people[3:]),
        *(lambda person=person: support_thread(into, by=person, at=LATER) for person in people),
        *(lambda person=person: follow_thread(into, by=person, at=LATER) for person in people[:2]),
        lambda: withdraw_support(into, by=people[0], at=LATER),
    )
    assert all(isinstance(outcome, ThreadMerge | Refused | bool) for outcome in outcomes)
    check_counts(thread, into)
    assert thread.publication == Publication.MERGED


def test_a_merge_undone_by_four_at_once_is_undone_once():
    thread, into = open_thread(), open_thread()
    support_thread(thread, by=make_person(), at=LATER)
    merge(thread, into, make_moderator())()
    moderators = [make_moderator() for _ in range(4)]
    outcomes = all_at_once(*(lambda by=by: unmerge_thread(thread, by=by, at=LATER, reason=REASON) for by in moderators))
    assert sum(isinstance(outcome, ThreadMerge) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, Refused) for outcome in outcomes) == 3
    check_counts(thread, into)
    assert into.support_count == 0
