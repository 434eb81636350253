"""Drafting, checking and publishing an official answer."""

from datetime import date, timedelta

import pytest

from dialogue.actions.answers import (
    acknowledge_thread,
    check_answer,
    draft_answer,
    publish_answer,
    return_answer,
    revise_answer,
)
from dialogue.actions.queue import approve_item, take_item
from dialogue.models import Answer, Commitment, Thread
from taar.journal.models import Entry
from taar.lib.refusals import Refused
from taar.notifications.models import Notification
from taar.organizations.models import Holding
from taar.organizations.queries import forget_standing
from tests.dialogue.answering import (
    WORDS,
    answered,
    checked,
    drafted,
    make_keeper,
    make_office,
    owed_thread,
    promise,
    supporters,
    working_moment,
)
from tests.dialogue.factories import NOW, hold, make_person, new_thread

pytestmark = pytest.mark.django_db
Status, State = Answer.Status, Thread.Answering


@pytest.fixture
def office():
    return make_office()


@pytest.fixture
def thread(office):
    return owed_thread(office)


def test_a_body_names_one_owner_of_a_thread(office, thread):
    fresh = acknowledge_thread(thread, by=office.officer, at=NOW, post=office.answering)
    assert (fresh.answer_state, fresh.owner_post) == (State.ACKNOWLEDGED, office.answering)
    assert fresh.version > thread.version
    with pytest.raises(Refused):
        acknowledge_thread(thread, by=office.officer, at=NOW, post=office.answering)


def test_an_owner_is_a_held_post_of_the_body_asked(office, thread):
    other = make_office("OTHER")
    with pytest.raises(Refused) as refused:
        acknowledge_thread(thread, by=office.officer, at=NOW, post=other.answering)
    assert refused.value.field == "post"
    with pytest.raises(Refused):
        acknowledge_thread(thread, by=other.officer, at=NOW, post=other.answering)


def test_an_answer_is_drafted_checked_and_published_and_everybody_behind_the_thread_is_told(office, thread):
    supporter = supporters(thread, 1)[0]
    answer = answered(thread, office, at=working_moment(8))
    thread.refresh_from_db()
    assert (thread.answer_state, thread.answered_at) == (State.ANSWERED, working_moment(8))
    assert (answer.working_days, answer.term_days, answer.post) == (8, 10, office.answering)
    told = Notification.objects.filter(kind="answer_published").values_list("person_id", flat=True)
    assert set(told) == {thread.author_id, supporter.pk}
    entry = Entry.objects.get(verb="publish_answer")
    assert entry.post.startswith("SPORT-ANSWER ")
    assert entry.facts["decision"] == "accepted"


def test_those_who_may_check_hear_of_a_finished_draft_and_of_no_unfinished_one(office, thread):
    drafted(thread, office, ready=False)
    assert not Notification.objects.filter(kind="check_asked").exists()
    revise_answer(thread.answers.get(), by=office.officer, at=NOW, revision=1, ready=True, **WORDS)
    asked = Notification.objects.filter(kind="check_asked").values_list("person_id", flat=True)
    assert set(asked) == {office.checker.pk, office.head.pk}


def test_the_drafter_does_not_check_their_own_answer(office, thread):
    answer = drafted(thread, office)
    with pytest.raises(Refused):
        check_answer(answer, by=office.officer, at=NOW, revision=answer.revision)


def test_an_unchecked_answer_is_not_published(office, thread):
    with pytest.raises(Refused):
        publish_answer(drafted(thread, office), by=office.officer, at=NOW)


def test_a_draft_is_kept_unfinished_but_not_checked_so(office, thread):
    answer = drafted(thread, office, ready=False, summary="", decision="")
    assert answer.text == WORDS["text"]
    with pytest.raises(Refused):
        check_answer(answer, by=office.checker, at=NOW, revision=answer.revision)
    with pytest.raises(Refused) as refused:
        revise_answer(answer, by=office.officer, at=NOW, revision=1, ready=True, **(WORDS | {"summary": " "}))
    assert refused.value.field == "summary"


def test_a_change_after_the_check_needs_a_new_check(office, thread):
    answer = checked(thread, office)
    revised = revise_answer(answer, by=office.officer, at=NOW, revision=1, ready=True, **WORDS)
    assert (revised.status, revised.checked_by) == (Status.DRAFT, None)
    with pytest.raises(Refused):
        publish_answer(revised, by=office.officer, at=NOW)


def test_nobody_checks_a_text_that_was_changed_while_they_read(office, thread):
    answer = drafted(thread, office)
    revise_answer(answer, by=office.officer, at=NOW, revision=1, ready=True, **WORDS)
    with pytest.raises(Refused):
        check_answer(answer, by=office.checker, at=NOW, revision=1)
    assert check_answer(answer, by=office.checker, at=NOW, revision=2).status == Status.CHECKED


def test_nobody_writes_over_what_another_has_saved_meanwhile(office, thread):
    answer = drafted(thread, office)
    revise_answer(answer, by=office.officer, at=NOW, revision=1, **WORDS)
    with pytest.raises(Refused):
        revise_answer(answer, by=office.officer, at=NOW, revision=1, **WORDS)


def test_a_thread_has_one_answer_in_hand(office, thread):
    drafted(thread, office)
    with pytest.raises(Refused):
        drafted(thread, office)


def test_a_returned_answer_is_a_draft_with_a_note_again(office, thread):
    returned = return_answer(checked(thread, office), by=office.head, at=NOW, note="تاریخ را بنویسید")
    assert (returned.status, returned.ready_at, returned.return_note) == (Status.DRAFT, None, "تاریخ را بنویسید")
    assert Notification.objects.get(kind="answer_returned").person == office.officer


def test_an_answer_under_study_names_a_day_within_sixty_days(office, thread):
    for until in (None, NOW.date(), NOW.date() + timedelta(days=61)):
        with pytest.raises(Refused) as refused:
            drafted(thread, office, decision="study", study_until_on=until)
        assert refused.value.field == "study_until_on"
    assert drafted(thread, office, decision="study", study_until_on=NOW.date() + timedelta(days=60)).is_whole


def test_promises_count_from_the_moment_their_answer_is_published(office, thread):
    day = date(2026, 12, 20)
    answer = checked(thread, office, promises=[promise(day)])
    assert not Commitment.objects.promised().exists()
    publish_answer(answer, by=office.checker, at=NOW)
    kept = Commitment.objects.promised().get()
    assert (kept.organization, kept.due_on, kept.status) == (office.body, day, Commitment.Status.PROMISED)


def test_an_answer_whose_promised_day_has_passed_is_not_published(office, thread):
    answer = checked(thread, office, promises=[promise(date(2026, 11, 24))])
    with pytest.raises(Refused):
        publish_answer(answer, by=office.officer, at=NOW + timedelta(days=5))


def test_an_answer_is_published_once(office, thread):
    answer = answered(thread, office)
    with pytest.raises(Refused):
        publish_answer(answer, by=office.checker, at=NOW)
    assert Entry.objects.filter(verb="publish_answer").count() == 1


def test_a_body_may_answer_before_anything_is_due(office):
    thread = new_thread(organization=office.body)
    approve_item(take_item(thread.moderation_items.get(), by=(by := moderator()), at=NOW), by=by, at=NOW)
    answer = answered(thread, office)
    assert (answer.working_days, answer.term_days) == (None, None)


def test_somebody_of_another_body_answers_nothing_here(office, thread):
    for stranger in (make_office("OTHER").officer, make_person(), office.checker):
        with pytest.raises(Refused):
            draft_answer(thread, by=stranger, at=NOW, **WORDS)


def test_who_moderated_on_a_thread_does_not_answer_there(office):
    thread = new_thread(organization=office.body)
    by = moderator()
    approve_item(take_item(thread.moderation_items.get(), by=by, at=NOW), by=by, at=NOW)

    Holding.objects.filter(post=office.answering).delete()
    hold(office.answering, by)
    forget_standing(by)
    with pytest.raises(Refused):
        draft_answer(thread, by=by, at=NOW, **WORDS)


def test_nobody_answers_their_own_thread(office):
    thread = owed_thread(office, office.officer)
    with pytest.raises(Refused):
        drafted(thread, office)


def test_a_hidden_thread_is_not_answered(office, thread):
    answer = checked(thread, office)
    Thread.objects.filter(pk=thread.pk).update(publication="hidden")
    with pytest.raises(Refused):
        publish_answer(answer, by=office.officer, at=NOW)


def test_from_the_second_threshold_on_the_head_signs_and_is_one_of_the_two(office, thread):
    Thread.objects.filter(pk=thread.pk).update(second_threshold_at=NOW)
    answer = drafted(thread, office)
    assert answer.post == office.heading
    with pytest.raises(Refused):
        check_answer(answer, by=office.checker, at=NOW, revision=1)
    assert check_answer(answer, by=office.head, at=NOW, revision=1).status == Status.CHECKED


def moderator():
    return make_keeper("moderate")
