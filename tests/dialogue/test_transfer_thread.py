"""A thread goes to another body."""

from datetime import date

import pytest

from dialogue.actions.answers import acknowledge_thread
from dialogue.actions.clock import recount_due_dates
from dialogue.actions.transfers import (
    accept_silent_transfers,
    accept_transfer,
    ask_transfer,
    assign_thread,
    refuse_transfer,
)
from dialogue.models import Answer, Thread, Transfer
from taar.journal.models import Entry
from taar.lib.refusals import Refused
from taar.notifications.models import Notification
from taar.organizations.models import Duty, Holding
from tests.dialogue.answering import (
    REASON,
    answered,
    close_offices,
    drafted,
    make_keeper,
    make_office,
    owed_thread,
    working_moment,
)
from tests.dialogue.factories import NOW, make_body
from tests.dialogue.moderation import open_thread

pytestmark = pytest.mark.django_db
Status = Transfer.Status


@pytest.fixture
def office():
    return make_office()


@pytest.fixture
def other():
    return make_office("OTHER")


@pytest.fixture
def thread(office):
    return owed_thread(office)


def wish(thread, office, other, *, at=NOW):
    thread.refresh_from_db()
    return ask_transfer(thread, by=office.officer, at=at, receiver=other.body, reason=REASON)


def test_the_receiver_accepts_and_the_clock_goes_on(office, other, thread):
    acknowledge_thread(thread, by=office.officer, at=NOW, post=office.answering)
    drafted(thread, office)
    due_on = thread.due_on
    accept_transfer(wish(thread, office, other), by=other.officer, at=NOW)
    thread.refresh_from_db()
    assert (thread.organization, thread.answer_state, thread.due_on) == (other.body, "waiting", due_on)
    assert thread.owner_post is None
    assert Answer.objects.get().status == Answer.Status.SHELVED
    assert answered(thread, other).organization == other.body


def test_the_receiver_refuses_with_a_reason_and_the_thread_stays(office, other, thread):
    transfer = refuse_transfer(wish(thread, office, other), by=other.head, at=NOW, reason=REASON)
    thread.refresh_from_db()
    assert (transfer.status, thread.organization) == (Status.REFUSED, office.body)
    assert Notification.objects.get(kind="transfer_refused").person == office.officer
    with pytest.raises(Refused):
        accept_transfer(transfer, by=other.officer, at=NOW)


def test_silence_of_two_working_days_accepts_once(office, other, thread):
    wish(thread, office, other)
    assert accept_silent_transfers(working_moment(2)) == 0
    assert accept_silent_transfers(working_moment(3)) == 1
    assert accept_silent_transfers(working_moment(3)) == 0
    thread.refresh_from_db()
    assert thread.organization == other.body
    assert Entry.objects.get(verb="accept_transfer").facts["silent"] is True


def test_silence_of_a_body_whose_post_fell_empty_brings_it_to_the_secretariat(office, other, thread):
    transfer = wish(thread, office, other)
    Holding.objects.filter(post=other.answering).delete()
    assert accept_silent_transfers(working_moment(3)) == 1
    transfer.refresh_from_db()
    assert (transfer.status, transfer.silent_until_on) == (Status.ASKED, None)


def test_a_third_wish_is_decided_by_the_secretariat(office, other, thread):
    secretary = make_keeper(Duty.SECRETARIAT)
    for _ in range(2):
        refuse_transfer(wish(thread, office, other), by=other.officer, at=NOW, reason=REASON)
    third = wish(thread, office, other)
    assert third.silent_until_on is None
    assert accept_silent_transfers(working_moment(30)) == 0
    with pytest.raises(Refused):
        accept_transfer(third, by=other.officer, at=NOW)
    accept_transfer(third, by=secretary, at=NOW)
    thread.refresh_from_db()
    assert thread.organization == other.body


def test_the_secretariat_assigns_a_thread_past_an_open_wish(office, other, thread):
    third = make_office("THIRD")
    first = wish(thread, office, other)
    assign_thread(thread, by=make_keeper(Duty.SECRETARIAT), at=NOW, organization=third.body, reason=REASON)
    thread.refresh_from_db()
    first.refresh_from_db()
    assert (thread.organization, first.status) == (third.body, Status.REFUSED)
    assert Entry.objects.get(verb="assign_thread").post.startswith("OSTAN-PSD-secretariat ")
    with pytest.raises(Refused):
        assign_thread(thread, by=office.officer, at=NOW, organization=other.body, reason=REASON)


def test_a_thread_goes_only_to_a_body_that_can_be_asked_and_is_another(office, thread):
    for body in (office.body, make_body("EMPTY", held=False)):
        with pytest.raises(Refused) as refused:
            ask_transfer(thread, by=office.officer, at=NOW, receiver=body, reason=REASON)
        assert refused.value.field == "receiver"


def test_two_wishes_do_not_run_at_once_and_an_answered_thread_stays(office, other, thread):
    transfer = wish(thread, office, other)
    with pytest.raises(Refused):
        wish(thread, office, other)
    refuse_transfer(transfer, by=other.officer, at=NOW, reason=REASON)
    answered(thread, office)
    with pytest.raises(Refused):
        wish(thread, office, other)


def test_a_stranger_settles_nothing(office, other, thread):
    transfer = wish(thread, office, other)
    for stranger in (office.officer, other.checker, make_office("THIRD").officer):
        with pytest.raises(Refused):
            accept_transfer(transfer, by=stranger, at=NOW)


def test_the_days_for_an_answer_to_a_wish_are_working_days(office, other, thread):
    assert wish(thread, office, other).silent_until_on == date(2026, 11, 24)
    assert Thread.objects.get().transfer_count == 1


def test_a_closure_moves_the_day_of_silence_and_the_page_that_names_it_is_new(office, other):
    thread = open_thread(organization=office.body)
    transfer = wish(thread, office, other)
    thread.refresh_from_db()
    before = thread.version
    close_offices(thread.place, transfer.silent_until_on)
    assert recount_due_dates(NOW) == 1
    transfer.refresh_from_db()
    thread.refresh_from_db()
    assert transfer.silent_until_on == date(2026, 11, 25)
    assert thread.version > before
