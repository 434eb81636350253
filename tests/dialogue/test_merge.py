"""Threads that ask for the same are united: people count once, the clock is the earlier, all can be undone."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from dialogue.actions.hiding import hide_thread, lock_thread, restore_text
from dialogue.actions.masking import mask_words
from dialogue.actions.merging import merge_thread, unmerge_thread
from dialogue.actions.reports import report_text
from dialogue.actions.storms import admit_supports
from dialogue.actions.threads import follow_thread, support_thread, withdraw_support
from dialogue.actions.transfers import ask_transfer
from dialogue.models import ModerationItem, Publication, Support, ThreadMerge
from dialogue.notices import THREAD_MERGED, THREAD_UNMERGED, THREADS_UNITED
from dialogue.permissions.answers import has_moderated
from taar.journal.models import Entry
from taar.lib.refusals import Refused
from taar.notifications.models import Notification
from taar.places import calendars
from tests.dialogue.answering import answered, close_offices, drafted, make_office, supporters
from tests.dialogue.factories import NOW, make_body, make_moderator, make_person, make_place
from tests.dialogue.moderation import JUDGED, LATER, REASON, open_thread

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def united(thread, into, *, at=LATER) -> ThreadMerge:
    merge = merge_thread(thread, into=into, by=make_moderator(), at=at, reason=REASON)
    refresh(thread, into)
    return merge


def undone(thread, *others, at=LATER) -> ThreadMerge:
    merge = unmerge_thread(thread, by=make_moderator(), at=at, reason=REASON)
    refresh(thread, *others)
    return merge


def owed(office):
    """A question that nobody has anything to decide on."""
    return open_thread(organization=office.body, kind="question")


def refresh(*threads) -> None:
    for thread in threads:
        thread.refresh_from_db()


def counts(thread) -> tuple[int, int]:
    return thread.support_count, thread.verified_count


def test_a_person_who_stands_behind_both_counts_once():
    thread, into = open_thread(), open_thread()
    both, one, unverified = make_person(), make_person(), make_person(verified=False)
    for person in (both, one, unverified):
        support_thread(thread, by=person, at=NOW)
    support_thread(into, by=both, at=NOW)
    support_thread(thread, by=into.author, at=NOW)
    united(thread, into)
    assert counts(into) == (3, 2)
    assert counts(thread) == (4, 3)
    assert thread.publication == Publication.MERGED
    undone(thread, into)
    assert (counts(thread), counts(into)) == ((4, 3), (1, 1))
    assert thread.publication == Publication.PUBLISHED


def test_both_pages_have_another_version_and_the_act_is_in_the_journal_with_both_codes():
    thread, into = open_thread(), open_thread()
    for verb in (united, undone):
        before = thread.version, into.version
        verb(thread, into)
        assert thread.version > before[0]
        assert into.version > before[1]
    rows = Entry.objects.filter(subject=f"thread:{thread.code}", verb__endswith="merge_thread").order_by("pk")
    assert [row.verb for row in rows] == ["merge_thread", "unmerge_thread"]
    assert {row.facts["into"] for row in rows} == {into.code}
    assert [decision.act for decision in thread.decisions.order_by("pk")][-2:] == ["merge", "unmerge"]


def test_authors_followers_and_the_body_are_told_each_once():
    thread, into = open_thread(), open_thread()
    follower = make_person()
    for one in (thread, into):
        follow_thread(one, by=follower, at=NOW)
    united(thread, into)
    told = {kind: list(Notification.objects.filter(kind=kind)) for kind in (THREAD_MERGED, THREADS_UNITED)}
    assert [notice.person for notice in told[THREAD_MERGED]] == [thread.author]
    assert told[THREAD_MERGED][0].facts["reason"] == REASON
    people = [notice.person for notice in told[THREADS_UNITED]]
    assert len(people) == len(set(people))
    assert {follower, into.author} <= set(people)
    assert thread.author not in people
    undone(thread, into)
    back = Notification.objects.filter(kind=THREAD_UNMERGED).values_list("person_id", flat=True)
    assert {follower.pk, into.author_id, thread.author_id} <= set(back)


def test_who_follows_one_follows_the_other_until_it_is_undone():
    thread, into = open_thread(), open_thread()
    follower = make_person()
    follow_thread(thread, by=follower, at=NOW)
    united(thread, into)
    assert into.follows.filter(person=follower).exists()
    undone(thread, into)
    assert set(into.follows.values_list("person", flat=True)) == {into.author_id}
    assert thread.follows.filter(person=follower).exists()


def test_the_clock_is_the_earlier_one_and_its_last_day_comes_from_the_calendar():
    office = make_office()
    thread = owed(office)
    into = open_thread(organization=office.body)
    close_offices(make_place(), (NOW + 2 * DAY).date())
    united(thread, into)
    assert into.clock_from_on == thread.clock_from_on
    assert into.due_on == calendars.calendar_for(into.place).add(into.clock_from_on, 10)
    undone(thread, into)
    assert (into.clock_from_on, into.due_on, into.threshold_at) == (None, None, None)
    assert thread.due_on == calendars.calendar_for(thread.place).add(thread.clock_from_on, 10)


def test_an_earlier_clock_of_its_own_stays():
    thread, into = open_thread(at=NOW + 3 * DAY, kind="question"), open_thread(kind="question")
    before = into.clock_from_on, into.due_on
    united(thread, into, at=NOW + 4 * DAY)
    assert (into.clock_from_on, into.due_on) == before
    undone(thread, into, at=NOW + 4 * DAY)
    assert (into.clock_from_on, into.due_on) == before


def test_enough_people_together_begin_the_clock_and_it_stays_when_they_part():
    thread, into = open_thread(), open_thread()
    supporters(thread, 6)
    supporters(into, 6)
    assert thread.due_on is into.due_on is None
    united(thread, into)
    assert into.due_on is not None
    assert into.threshold_at == LATER
    undone(thread, into)
    assert into.threshold_at == LATER
    assert counts(into) == (6, 6)


def test_what_was_held_or_removed_by_a_storm_stays_as_it_is():
    thread, into = open_thread(), open_thread()
    held, removed = make_person(), make_person()
    for person in (held, removed):
        support_thread(thread, by=person, at=NOW)
    Support.objects.create(thread=into, person=held, verified=True, at=NOW, state="held")
    Support.objects.create(thread=into, person=removed, verified=True, at=NOW, state="removed")
    Support.objects.create(thread=thread, person=make_person(), verified=True, at=NOW, state="removed")
    united(thread, into)
    assert counts(into) == (0, 0)
    assert {row.state for row in into.supports.all()} == {"held", "removed"}
    admit_supports(into, by=make_moderator(), at=LATER, reason=REASON)
    undone(thread, into)
    assert counts(into) == (1, 1)
    assert counts(thread) == (2, 2)


def test_who_leaves_the_united_thread_stands_behind_neither_when_they_part():
    thread, into = open_thread(), open_thread()
    gone, stays = make_person(), make_person()
    for person in (gone, stays):
        support_thread(thread, by=person, at=NOW)
    united(thread, into)
    with pytest.raises(Refused):
        withdraw_support(thread, by=gone, at=LATER)
    withdraw_support(into, by=gone, at=LATER)
    late = make_person()
    support_thread(into, by=late, at=LATER)
    undone(thread, into)
    assert list(thread.supports.values_list("person", flat=True)) == [stays.pk]
    assert list(into.supports.values_list("person", flat=True)) == [late.pk]
    assert counts(thread) == counts(into) == (1, 1)


def test_a_merge_can_be_undone_for_ninety_days_and_no_longer():
    thread, into = open_thread(), open_thread()
    united(thread, into)
    with pytest.raises(Refused):
        undone(thread, into, at=LATER + 90 * DAY + timedelta(seconds=1))
    assert ThreadMerge.objects.standing().count() == 1
    undone(thread, into, at=LATER + 90 * DAY)
    with pytest.raises(Refused):
        undone(thread, into)
    united(thread, into, at=LATER + 91 * DAY)
    assert thread.publication == Publication.MERGED


def of_another_body():
    return open_thread(organization=make_body("ANOTHER"))


def locked():
    thread = open_thread()
    lock_thread(thread, by=make_moderator(), at=LATER, **JUDGED)
    return thread


def merged():
    thread = open_thread()
    united(thread, open_thread())
    return thread


def hidden():
    thread = open_thread()
    hide_thread(thread, by=make_moderator(), at=LATER, **JUDGED)
    return thread


@pytest.mark.parametrize("other", [of_another_body, locked, merged, hidden])
def test_only_two_open_threads_of_one_body_are_united(other):
    for thread, into in ((open_thread(), other()), (other(), open_thread())):
        with pytest.raises(Refused):
            united(thread, into)


def test_a_thread_is_not_united_with_itself_and_what_holds_others_goes_nowhere():
    thread, into = open_thread(), open_thread()
    with pytest.raises(Refused):
        united(thread, thread)
    united(thread, into)
    with pytest.raises(Refused):
        united(into, open_thread())
    united(open_thread(), into)
    assert into.united.standing().count() == 2


@pytest.mark.parametrize("progress", [drafted, answered])
def test_what_is_answered_or_being_answered_stays_apart(progress):
    office = make_office()
    thread, other = owed(office), owed(office)
    progress(thread, office)
    for one, two in ((thread, other), (other, thread)):
        with pytest.raises(Refused):
            united(one, two)


def test_what_is_on_its_way_to_another_body_stays_apart():
    office, receiver = make_office(), make_office("WATER")
    thread, other = owed(office), owed(office)
    ask_transfer(thread, by=office.officer, at=NOW, receiver=receiver.body, reason=REASON)
    for one, two in ((thread, other), (other, thread)):
        with pytest.raises(Refused):
            united(one, two)


def test_what_waits_is_decided_first_but_a_report_of_a_duplicate_is_decided_by_uniting():
    thread, into = open_thread(), open_thread()
    report = report_text(thread, by=make_person(), at=NOW, rule="misplaced")
    other = report_text(thread, by=make_person(), at=NOW, rule="insult")
    with pytest.raises(Refused):
        united(thread, into)
    other.delete()
    united(thread, into)
    report.refresh_from_db()
    assert report.upheld is True
    assert not ModerationItem.objects.filter(thread=thread, settled_at=None).exists()


def test_a_merged_thread_can_be_masked_and_hidden_and_comes_back_united():
    thread, into = open_thread(), open_thread()
    united(thread, into)
    mask_words(thread, by=make_moderator(), at=LATER, phrases=["سالن"], **JUDGED)
    hide_thread(thread, by=make_moderator(), at=LATER, **JUDGED)
    with pytest.raises(Refused):
        undone(thread, into)
    restore_text(thread, by=make_moderator(), at=LATER, reason=REASON)
    refresh(thread)
    assert thread.publication == Publication.MERGED
    undone(thread, into)
    assert "سالن" not in thread.title + thread.body


def test_whoever_united_threads_answers_on_neither():
    thread, into = open_thread(), open_thread()
    moderator = make_moderator()
    merge_thread(thread, into=into, by=moderator, at=LATER, reason=REASON)
    assert has_moderated(moderator, thread)
    assert has_moderated(moderator, into)


def test_an_answer_keeps_its_clock_when_the_threads_part_afterwards():
    office = make_office()
    thread, into = owed(office), open_thread(organization=office.body)
    united(thread, into)
    answered(into, office)
    refresh(into)
    before = into.clock_from_on, into.due_on
    undone(thread, into)
    assert (into.clock_from_on, into.due_on) == before
    assert thread.answer_state == "waiting"


def test_a_short_reason_and_a_number_of_somebody_are_refused():
    for reason in ("کوتاه", "همان خواسته است، زنگ بزنید ۰۹۱۶۱۲۳۴۵۶۷"):
        with pytest.raises(Refused):
            merge_thread(open_thread(), into=open_thread(), by=make_moderator(), at=LATER, reason=reason)


def test_the_table_itself_keeps_one_standing_merge_of_a_thread():
    thread, into = open_thread(), open_thread()
    united(thread, into)
    row = {"thread": thread, "by": make_moderator(), "at": NOW, "reason": REASON}
    for wrong in (row | {"into": open_thread()}, row | {"into": thread, "thread": into} | {"into": into}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ThreadMerge.objects.create(**wrong)
