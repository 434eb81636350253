"""However supporters overlap and in whatever order threads part: each stage is the union of what stands, no more."""

from datetime import timedelta
from random import Random

import pytest

from dialogue.actions.merging import merge_thread, unmerge_thread
from dialogue.actions.threads import follow_thread, support_thread
from dialogue.models import Support, Thread
from tests.dialogue.factories import NOW, make_moderator, make_person
from tests.dialogue.moderation import REASON, open_thread

pytestmark = pytest.mark.django_db
LATE = NOW + timedelta(days=8)
CLOCK = ("clock_from_on", "due_on", "threshold_at", "publication", "support_count", "verified_count")


def state_of(thread) -> tuple:
    row = Thread.objects.filter(pk=thread.pk).values(*CLOCK).get()
    supports = set(thread.supports.values_list("person", "verified", "state", "at"))
    return row, supports, set(thread.follows.values_list("person", flat=True))


def check_union(into, own: tuple, sources: list) -> None:
    """The target counts its own people and those of all that is united with it, once, and has the earliest clock."""
    into.refresh_from_db()
    counted = into.supports.filter(state=Support.State.COUNTED)
    taken = {person for person, *_rest in own[1]} | {into.author_id}
    rows = [row for source in sources for row in source.supports.filter(state=Support.State.COUNTED)]
    brought = {row.person_id for row in rows} - taken
    mine = {person for person, _verified, state, _at in own[1] if state == Support.State.COUNTED}
    assert set(counted.values_list("person", flat=True)) == mine | brought
    assert (into.support_count, into.verified_count) == (counted.count(), counted.filter(verified=True).count())
    followers = {person for source in sources for person in source.follows.values_list("person", flat=True)}
    assert set(into.follows.values_list("person", flat=True)) == own[2] | followers
    clocks = [own[0]["clock_from_on"], *(source.clock_from_on for source in sources)]
    assert into.clock_from_on == min((day for day in clocks if day), default=None)


@pytest.mark.parametrize("seed", range(12))
def test_parting_restores_exactly_what_was(seed):
    chance = Random(seed)
    people = [make_person(verified=chance.random() < 0.7) for _ in range(7)]
    days = [timedelta(days=chance.randint(0, 5)) for _ in range(4)]
    into, *sources = [open_thread(at=NOW + day, kind=chance.choice(["question", "point"])) for day in days]
    for thread in (into, *sources):
        for person in chance.sample(people, chance.randint(0, 6)):
            support_thread(thread, by=person, at=NOW + timedelta(days=6))
        for person in chance.sample(people, 2):
            follow_thread(thread, by=person, at=NOW)
    chosen = into.supports.order_by("?").first()
    if chosen and chance.random() < 0.5:
        Support.objects.filter(pk=chosen.pk).update(state=Support.State.HELD)
        Thread.objects.filter(pk=into.pk).update(
            support_count=into.supports.filter(state="counted").count(),
            verified_count=into.supports.filter(state="counted", verified=True).count(),
        )
    before = {thread.pk: state_of(thread) for thread in (into, *sources)}
    moderator, standing = make_moderator(), []
    for source in chance.sample(sources, 3):
        merge_thread(source, into=into, by=moderator, at=LATE, reason=REASON)
        source.refresh_from_db()
        standing.append(source)
        check_union(into, before[into.pk], standing)
    for source in chance.sample(sources, 3):
        unmerge_thread(source, by=moderator, at=LATE, reason=REASON)
        standing.remove(source)
        check_union(into, before[into.pk], standing)
        assert state_of(source) == before[source.pk]
    assert state_of(into) == before[into.pk]
