"""Reminders that climb, and the alarm of an empty post."""

from datetime import date

import pytest

from dialogue.actions.clock import begin_clock_if_due
from dialogue.actions.escalations import alarm_of_empty_posts, remind_of_answers
from dialogue.actions.ratings import rate_answer
from dialogue.actions.terms import extend_term
from dialogue.models import Alarm, Reminder, Thread
from taar.journal.models import Entry
from taar.lib.numbers import change_number
from taar.notifications.models import Notification
from taar.organizations.models import Duty, Holding, Organization, Post
from tests.dialogue.answering import (
    REASON,
    answered,
    close_offices,
    make_keeper,
    make_office,
    owed_thread,
    supporters,
    working_moment,
)
from tests.dialogue.factories import NOW, hold, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def deputy():
    return make_keeper(Duty.HEAD)


@pytest.fixture
def office(deputy):
    return make_office(higher=Post.objects.get(code="OSTAN-PSD-head"))


@pytest.fixture
def thread(office):
    return owed_thread(office)


def told(kind: str) -> list:
    return list(Notification.objects.filter(kind=kind).order_by("pk").values_list("person_id", flat=True))


def test_each_step_is_told_once_to_whom_it_belongs(office, deputy, thread):
    board = make_keeper(Duty.GOVERNOR, "OSTAN")
    for day in range(25):
        remind_of_answers(working_moment(day))
        assert remind_of_answers(working_moment(day)) == 0
    assert told("answer_due") == [office.officer.pk] * 3
    assert told("answer_late") == [office.head.pk, deputy.pk, board.pk]
    assert [reminder.step for reminder in Reminder.objects.order_by("step")] == [5, 8, 10, 11, 16, 21]
    assert [entry.facts["to"] for entry in Entry.objects.filter(verb="escalate_thread").order_by("id")] == [
        "head",
        "deputy",
        "board",
    ]


def test_steps_that_were_missed_are_told_together_and_each_person_hears_once(office, thread):
    assert remind_of_answers(working_moment(12)) == 4
    assert told("answer_due") == [office.officer.pk]
    assert told("answer_late") == [office.head.pk]


def test_a_late_second_answer_is_told_to_the_deputy_governor_once(office, deputy, thread):
    rate_answer(answered(thread, office), by=thread.author, at=NOW, satisfied=False)
    assert remind_of_answers(working_moment(7)) == 0
    assert remind_of_answers(working_moment(8)) == 1
    assert remind_of_answers(working_moment(9)) == 0
    assert told("answer_late") == [deputy.pk]


def test_an_answered_thread_reminds_nobody(office, thread):
    answered(thread, office)
    assert remind_of_answers(working_moment(12)) == 0


def test_an_extension_and_a_closure_move_the_steps(office, thread):
    extend_term(thread, by=office.officer, at=NOW, days=5, reason=REASON)
    assert remind_of_answers(working_moment(9)) == 0
    close_offices(thread.place, date(2026, 11, 24))
    assert remind_of_answers(working_moment(10)) == 0
    assert remind_of_answers(working_moment(11)) == 1


def test_a_named_owner_is_reminded_instead_of_the_whole_office(office, thread):
    Thread.objects.filter(pk=thread.pk).update(owner_post=office.heading)
    remind_of_answers(working_moment(5))
    assert told("answer_due") == [office.head.pk]


def test_a_body_that_owes_answers_and_has_nobody_alarms_the_secretariat_once(office, thread):
    secretary = make_keeper(Duty.SECRETARIAT)
    assert alarm_of_empty_posts(NOW) == 0
    Holding.objects.filter(post=office.answering).delete()
    assert alarm_of_empty_posts(NOW) == 1
    assert alarm_of_empty_posts(NOW) == 0
    assert told("post_empty") == [secretary.pk]
    hold(office.answering, make_person())
    assert alarm_of_empty_posts(NOW) == 1
    assert Alarm.objects.get().ended_at == NOW
    Holding.objects.filter(post=office.answering).delete()
    assert alarm_of_empty_posts(NOW) == 1
    assert Alarm.objects.count() == 2


def test_an_empty_post_of_a_body_that_owes_nothing_is_no_alarm():
    make_keeper(Duty.SECRETARIAT)
    Organization.objects.create(code="IDLE", kind="company", name_fa="بیکار", answers_dialogue=True)
    assert alarm_of_empty_posts(NOW) == 0


def test_the_higher_thresholds_are_numbers_of_the_house(office, thread):
    make_keeper(Duty.GOVERNOR, "OSTAN")
    change_number("dialogue.second_threshold", 2, by_label="x 1", at=NOW, since=date(2026, 11, 22))
    change_number("dialogue.third_threshold", 3, by_label="x 1", at=NOW, since=date(2026, 11, 22))
    supporters(thread, 2)
    assert (thread.second_threshold_at, thread.third_threshold_at) == (NOW, None)


def test_the_head_signs_from_t2_and_the_governors_office_owes_from_t3(office, thread):
    board = make_keeper(Duty.GOVERNOR, "OSTAN")
    Thread.objects.filter(pk=thread.pk).update(support_count=1000, verified_count=1000)
    begin_clock_if_due(thread, at=NOW)
    begin_clock_if_due(thread, at=working_moment(1))
    thread.refresh_from_db()
    assert (thread.second_threshold_at, thread.third_threshold_at) == (NOW, NOW)
    assert thread.board_due_on == date(2026, 12, 13)
    assert told("board_answers") == [board.pk]
    assert told("head_answers") == [office.head.pk]
    Thread.objects.filter(pk=thread.pk).update(support_count=1, verified_count=1)
    begin_clock_if_due(thread, at=NOW)
    assert Thread.objects.get().third_threshold_at == NOW
