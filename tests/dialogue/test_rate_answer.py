"""«Did this answer you?» and the one time an answer is opened again."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from dialogue.actions.answers import check_answer, draft_answer, publish_answer
from dialogue.actions.clock import recount_due_dates
from dialogue.actions.ratings import rate_answer
from dialogue.actions.threads import support_thread
from dialogue.models import Answer, Rating, Support, Thread
from taar.journal.models import Entry
from taar.lib.refusals import Refused
from tests.dialogue.answering import WORDS, answered, close_offices, make_office, owed_thread, supporters
from tests.dialogue.factories import NOW, make_person
from tests.people.factories import sign_in

pytestmark = pytest.mark.django_db
State = Thread.Answering


@pytest.fixture
def office():
    return make_office()


@pytest.fixture
def thread(office):
    return owed_thread(office)


@pytest.fixture
def answer(thread, office):
    return answered(thread, office)


def fresh(thread):
    return Thread.objects.get(pk=thread.pk)


def test_the_last_word_of_a_supporter_counts(answer, thread):
    supporter = supporters(thread, 1)[0]
    rate_answer(answer, by=supporter, at=NOW, satisfied=False)
    rate_answer(answer, by=supporter, at=NOW, satisfied=True)
    assert [rating.satisfied for rating in Rating.objects.all()] == [True]
    assert fresh(thread).answer_state == State.ANSWERED


def test_a_stranger_does_not_rate(answer):
    with pytest.raises(Refused):
        rate_answer(answer, by=make_person(), at=NOW, satisfied=True)


def test_who_belongs_to_the_body_does_not_judge_its_answer(answer, thread, office):
    support_thread(thread, by=office.officer, at=NOW)
    with pytest.raises(Refused):
        rate_answer(answer, by=office.officer, at=NOW, satisfied=True)


def test_the_authors_no_opens_the_thread_for_the_next_higher_post_in_seven_working_days(answer, thread, office):
    rate_answer(answer, by=thread.author, at=NOW, satisfied=False)
    again = fresh(thread)
    assert (again.answer_state, again.owner_post, again.due_on) == (State.DISPUTED, office.heading, date(2026, 12, 1))
    assert Entry.objects.get(verb="reopen_thread").facts["to"] == "SPORT-HEAD"


def test_thirty_ratings_of_which_half_are_no_open_it(answer, thread):
    people = supporters(thread, 30)
    for place, person in enumerate(people):
        assert fresh(thread).answer_state == State.ANSWERED
        rate_answer(answer, by=person, at=NOW, satisfied=place % 2 == 0)
    assert fresh(thread).answer_state == State.DISPUTED


def test_a_second_answer_is_final_and_is_not_opened_again(answer, thread, office):
    rate_answer(answer, by=thread.author, at=NOW, satisfied=False)
    with pytest.raises(Refused):
        draft_answer(thread, by=office.officer, at=NOW, **WORDS)
    second = draft_answer(fresh(thread), by=office.head, at=NOW, ready=True, **WORDS)
    check_answer(second, by=office.checker, at=NOW, revision=1)
    publish_answer(second, by=office.head, at=NOW)
    assert (fresh(thread).answer_state, second.post) == (State.FINAL, office.heading)
    rate_answer(second, by=thread.author, at=NOW, satisfied=False)
    assert fresh(thread).answer_state == State.FINAL


def test_the_days_for_rating_end_after_fourteen(answer, thread):
    rate_answer(answer, by=thread.author, at=NOW + timedelta(days=13), satisfied=True)
    with pytest.raises(Refused):
        rate_answer(answer, by=thread.author, at=NOW + timedelta(days=14), satisfied=False)


def test_a_closure_moves_the_term_of_a_reopened_thread(answer, thread):
    rate_answer(answer, by=thread.author, at=NOW, satisfied=False)
    close_offices(thread.place, date(2026, 11, 24))
    assert recount_due_dates(NOW) == 1
    assert fresh(thread).due_on == date(2026, 12, 2)


@pytest.mark.parametrize("state", ["held", "removed"])
def test_whose_support_does_not_count_neither_rates_nor_is_asked(thread, office, client, state):
    person = supporters(thread, 1)[0]
    answer = answered(thread, office)
    rates = reverse("rate_answer", args=[answer.pk])
    sign_in(client, person)
    Answer.objects.filter(pk=answer.pk).update(published_at=timezone.now())
    assert rates in client.get(thread.get_absolute_url()).content.decode()
    Support.objects.filter(person=person).update(state=state)
    assert rates not in client.get(thread.get_absolute_url()).content.decode()
    assert client.post(rates, {"word": "no"}).status_code == 403
    with pytest.raises(Refused):
        rate_answer(answer, by=person, at=NOW, satisfied=False)
