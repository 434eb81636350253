"""Two officials, or two sweeps, at one moment."""

import pytest

from dialogue.actions.answers import draft_answer, publish_answer
from dialogue.actions.commitments import ask_whether_kept, claim_done
from dialogue.actions.escalations import remind_of_answers
from dialogue.actions.transfers import accept_silent_transfers, accept_transfer, ask_transfer
from dialogue.models import Answer, Commitment, Reminder, Thread, Transfer
from taar.journal.models import Entry
from taar.lib.refusals import Refused
from taar.notifications.models import Notification
from tests.dialogue.answering import (
    REASON,
    WORDS,
    answered,
    checked,
    make_office,
    owed_thread,
    promise,
    working_moment,
)
from tests.dialogue.factories import NOW
from tests.races.threads import all_at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_officials_publish_one_answer_once():
    office = make_office()
    thread = owed_thread(office)
    answer = checked(thread, office)
    people = [office.officer, office.checker, office.head]
    outcomes = all_at_once(*[lambda by=by: publish_answer(answer, by=by, at=NOW) for by in people])
    assert sum(isinstance(outcome, Answer) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, Refused) for outcome in outcomes) == 2
    assert Entry.objects.filter(verb="publish_answer").count() == 1
    assert Notification.objects.filter(kind="answer_published").count() == 1


def test_two_drafts_begun_at_once_are_one():
    office = make_office()
    thread = owed_thread(office)
    outcomes = all_at_once(*[lambda: draft_answer(thread, by=office.officer, at=NOW, **WORDS)] * 4)
    assert sum(isinstance(outcome, Answer) for outcome in outcomes) == 1
    assert Answer.objects.count() == 1


def test_sweeps_side_by_side_tell_each_step_once():
    office = make_office()
    owed_thread(office)
    all_at_once(*[lambda: remind_of_answers(working_moment(12))] * 4)
    assert Reminder.objects.count() == 4
    assert Notification.objects.filter(kind="answer_due").count() == 1


def test_silence_accepts_once_even_side_by_side():
    office, other = make_office(), make_office("OTHER")
    thread = owed_thread(office)
    ask_transfer(thread, by=office.officer, at=NOW, receiver=other.body, reason=REASON)
    outcomes = all_at_once(*[lambda: accept_silent_transfers(working_moment(3))] * 4)
    assert sorted(outcomes) == [0, 0, 0, 1]
    assert Thread.objects.get().organization == other.body


def test_an_acceptance_and_silence_at_one_moment_are_one():
    office, other = make_office(), make_office("OTHER")
    wish = ask_transfer(owed_thread(office), by=office.officer, at=NOW, receiver=other.body, reason=REASON)
    calls = [
        lambda: accept_transfer(wish, by=other.officer, at=working_moment(3)),
        lambda: accept_silent_transfers(working_moment(3)),
    ]
    outcomes = all_at_once(*calls * 3)
    assert all(isinstance(outcome, Transfer | Refused | int) for outcome in outcomes), outcomes
    assert Entry.objects.filter(verb="accept_transfer").count() == 1


def test_supporters_are_asked_once_even_side_by_side():
    office = make_office()
    thread = owed_thread(office)
    kept = answered(thread, office, promises=[promise(working_moment(5).date())]).commitments.get()
    claim_done(kept, by=office.officer, at=NOW, proof="عکس")
    outcomes = all_at_once(*[lambda: ask_whether_kept(working_moment(30))] * 4)
    assert sorted(outcomes) == [0, 0, 0, 1]
    assert Commitment.objects.get().asked_at
