"""Promises: progress, a later day, proof, and the word of those who asked."""

from datetime import date, timedelta

import pytest

from dialogue.actions import commitments as verbs
from dialogue.actions.threads import support_thread
from dialogue.models import Commitment
from taar.lib.refusals import Refused
from taar.notifications.models import Notification
from tests.dialogue.answering import REASON, answered, make_office, owed_thread, promise, supporters
from tests.dialogue.factories import NOW, make_person

pytestmark = pytest.mark.django_db
DUE = date(2026, 12, 20)
LATER = NOW + timedelta(days=28)
Status = Commitment.Status


@pytest.fixture
def office():
    return make_office()


@pytest.fixture
def thread(office):
    return owed_thread(office)


@pytest.fixture
def commitment(office, thread):
    return answered(thread, office, promises=[promise(DUE)]).commitments.get()


def claimed(commitment, office):
    return verbs.claim_done(commitment, by=office.officer, at=NOW, proof="عکس در دفتر محله هست.")


def test_a_note_shows_that_a_promise_is_in_progress(commitment, office, thread):
    verbs.note_progress(commitment, by=office.officer, at=NOW, text="مربی معرفی شد.")
    commitment.refresh_from_db()
    assert (commitment.status, commitment.notes.count()) == (Status.IN_PROGRESS, 1)
    with pytest.raises(Refused) as refused:
        verbs.note_progress(commitment, by=office.officer, at=NOW, text="  ")
    assert refused.value.field == "text"


def test_the_day_moves_once_and_later_only_and_the_first_stays(commitment, office):
    for day in (DUE, DUE - timedelta(days=1)):
        with pytest.raises(Refused):
            verbs.move_due_date(commitment, by=office.officer, at=NOW, due_on=day, reason=REASON)
    moved = verbs.move_due_date(commitment, by=office.officer, at=NOW, due_on=DUE + timedelta(days=9), reason=REASON)
    assert (moved.first_due_on, moved.due_on) == (DUE, DUE + timedelta(days=9))
    with pytest.raises(Refused):
        verbs.move_due_date(commitment, by=office.officer, at=NOW, due_on=DUE + timedelta(days=20), reason=REASON)


def test_late_is_told_by_the_date(commitment):
    assert not commitment.is_late(DUE)
    assert commitment.is_late(DUE + timedelta(days=1))
    assert Commitment.objects.late(DUE + timedelta(days=1)).get() == commitment


def test_supporters_are_asked_once_after_28_days(commitment, office, thread):
    supporter = supporters(thread, 1)[0]
    claimed(commitment, office)
    with pytest.raises(Refused):
        verbs.reply_to_commitment(commitment, by=supporter, at=NOW, kept=True)
    assert verbs.ask_whether_kept(LATER - timedelta(hours=1)) == 0
    assert verbs.ask_whether_kept(LATER) == 1
    assert verbs.ask_whether_kept(LATER) == 0
    asked = Notification.objects.filter(kind="kept_asked").values_list("person_id", flat=True)
    assert set(asked) == {thread.author_id, supporter.pk}


@pytest.mark.parametrize(("yes", "status"), [(3, Status.CONFIRMED), (2, Status.DISPUTED)])
def test_five_replies_decide(commitment, office, thread, yes, status):
    people = supporters(thread, 5)
    claimed(commitment, office)
    verbs.ask_whether_kept(LATER)
    for place, person in enumerate(people):
        commitment.refresh_from_db()
        assert commitment.status == Status.CLAIMED
        verbs.reply_to_commitment(commitment, by=person, at=LATER, kept=place < yes)
    commitment.refresh_from_db()
    assert commitment.status == status


def test_a_disputed_promise_is_claimed_again_and_asked_again(commitment, office, thread):
    people = supporters(thread, 5)
    claimed(commitment, office)
    verbs.ask_whether_kept(LATER)
    for person in people:
        verbs.reply_to_commitment(commitment, by=person, at=LATER, kept=False)
    commitment.refresh_from_db()
    assert commitment.status == Status.DISPUTED
    again = verbs.claim_done(commitment, by=office.officer, at=LATER, proof="کار تمام شد.")
    assert (again.claims, again.asked_at, again.settled_at) == (2, None, None)
    assert verbs.ask_whether_kept(LATER + timedelta(days=28)) == 1
    for person in people:
        verbs.reply_to_commitment(commitment, by=person, at=LATER + timedelta(days=28), kept=True)
    commitment.refresh_from_db()
    assert commitment.status == Status.CONFIRMED


def test_a_promise_is_given_up_only_with_a_reason(commitment, office):
    with pytest.raises(Refused) as refused:
        verbs.drop_commitment(commitment, by=office.officer, at=NOW, reason="نشد")
    assert refused.value.field == "reason"
    assert verbs.drop_commitment(commitment, by=office.head, at=NOW, reason=REASON).status == Status.DROPPED


def test_strangers_keep_and_judge_nothing(commitment, office):
    with pytest.raises(Refused):
        verbs.note_progress(commitment, by=make_office("OTHER").officer, at=NOW, text="x")
    claimed(commitment, office)
    verbs.ask_whether_kept(LATER)
    with pytest.raises(Refused):
        verbs.reply_to_commitment(commitment, by=make_person(), at=LATER, kept=True)


def test_who_belongs_to_the_body_does_not_judge_its_promise(commitment, office, thread):
    support_thread(thread, by=office.checker, at=NOW)
    claimed(commitment, office)
    verbs.ask_whether_kept(LATER)
    with pytest.raises(Refused):
        verbs.reply_to_commitment(commitment, by=office.checker, at=LATER, kept=True)


def test_every_act_on_a_promise_makes_the_thread_newer(commitment, office, thread):
    thread.refresh_from_db()
    before = thread.version
    verbs.note_progress(commitment, by=office.officer, at=NOW, text="مربی معرفی شد.")
    claimed(commitment, office)
    thread.refresh_from_db()
    assert thread.version == before + 2
