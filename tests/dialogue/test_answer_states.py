"""Every state of an answer and of a promise × every verb: what is open, and that all else is refused."""

from datetime import timedelta

import pytest

from dialogue.actions import answers, commitments
from dialogue.actions.ratings import rate_answer
from dialogue.actions.terms import extend_term
from dialogue.actions.transfers import ask_transfer, assign_thread
from dialogue.models import Answer, Commitment, Thread
from taar.lib.refusals import Refused
from taar.organizations.models import Duty
from tests.dialogue.answering import (
    REASON,
    WORDS,
    answered,
    checked,
    drafted,
    make_keeper,
    make_office,
    owed_thread,
    promise,
)
from tests.dialogue.factories import NOW

pytestmark = pytest.mark.django_db
DAY = NOW.date() + timedelta(days=28)
THREAD_VERBS = {
    "acknowledge": {"waiting"},
    "draft": {"waiting", "acknowledged", "disputed"},
    "extend": {"waiting", "acknowledged"},
    "transfer": {"waiting", "acknowledged"},
    "assign": {"waiting", "acknowledged"},
    "rate": {"answered", "disputed", "final"},
}
ANSWER_VERBS = {
    "revise": {"draft", "checked"},
    "check": {"draft"},
    "return": {"draft", "checked"},
    "publish": {"checked"},
}
COMMITMENT_VERBS = {
    "note": {"promised", "in_progress", "disputed"},
    "move": {"promised", "in_progress", "disputed"},
    "claim": {"promised", "in_progress", "disputed"},
    "drop": {"promised", "in_progress", "disputed"},
    "reply": {"claimed"},
}
# What only the desk of the body shows.
UNSEEN = {"draft", "revise", "check", "return"}


def changes_the_page(verb: str, thread, call) -> bool:
    """Whether a verb is done; then, unless only the desk shows it, no kept page of the thread outlives it."""
    before = Thread.objects.get(pk=thread.pk).version
    if is_refused(call):
        return False
    after = Thread.objects.get(pk=thread.pk).version
    assert after > before or verb in UNSEEN, f"{verb} leaves kept pages of the thread as they were"
    return True


def is_refused(call) -> bool:
    try:
        call()
    except Refused:
        return True
    return False


@pytest.mark.parametrize("verb", THREAD_VERBS)
@pytest.mark.parametrize("state", Thread.Answering.values)
def test_a_thread_in_each_state_takes_its_verbs_and_no_other(state, verb):
    office, other = make_office(), make_office("OTHER")
    thread = owed_thread(office)
    given = answered(thread, office) if state in THREAD_VERBS["rate"] else None
    moments = {"answer_state": state, "acknowledged_at": NOW, "owner_post": office.answering}
    if state in ("disputed", "final"):
        moments["reopened_at"] = NOW
    Thread.objects.filter(pk=thread.pk).update(**moments)
    thread.refresh_from_db()
    at = {"at": NOW}
    officer = at | {"by": office.officer}
    calls = {
        "acknowledge": lambda: answers.acknowledge_thread(thread, post=office.answering, **officer),
        "draft": lambda: answers.draft_answer(thread, **officer, **WORDS),
        "extend": lambda: extend_term(thread, days=3, reason=REASON, **officer),
        "transfer": lambda: ask_transfer(thread, receiver=other.body, reason=REASON, **officer),
        "assign": lambda: assign_thread(
            thread, by=make_keeper(Duty.SECRETARIAT), organization=other.body, reason=REASON, **at
        ),
        "rate": lambda: rate_answer(given or Answer(thread=thread), by=thread.author, satisfied=True, **at),
    }
    assert changes_the_page(verb, thread, calls[verb]) == (state in THREAD_VERBS[verb])


@pytest.mark.parametrize("verb", ANSWER_VERBS)
@pytest.mark.parametrize("state", Answer.Status.values)
def test_an_answer_in_each_state_takes_its_verbs_and_no_other(state, verb):
    office = make_office()
    thread = owed_thread(office)
    answer = {"draft": drafted, "checked": checked, "published": answered, "shelved": drafted}[state](thread, office)
    if state == "shelved":
        Answer.objects.filter(pk=answer.pk).update(status=state)
    officer, checker = {"by": office.officer, "at": NOW}, {"by": office.checker, "at": NOW}
    calls = {
        "revise": lambda: answers.revise_answer(answer, revision=1, **officer, **WORDS),
        "check": lambda: answers.check_answer(answer, revision=1, **checker),
        "return": lambda: answers.return_answer(answer, note="تاریخ", **checker),
        "publish": lambda: answers.publish_answer(answer, **checker),
    }
    assert changes_the_page(verb, thread, calls[verb]) == (state in ANSWER_VERBS[verb])


@pytest.mark.parametrize("verb", COMMITMENT_VERBS)
@pytest.mark.parametrize("state", Commitment.Status.values)
def test_a_promise_in_each_state_takes_its_verbs_and_no_other(state, verb):
    office = make_office()
    thread = owed_thread(office)
    kept = answered(thread, office, promises=[promise(DAY)]).commitments.get()
    settled = NOW if state in ("confirmed", "disputed", "dropped") else None
    moments = {"claimed_at": NOW, "asked_at": NOW, "claims": 1, "settled_at": settled, "drop_reason": REASON}
    Commitment.objects.filter(pk=kept.pk).update(status=state, **moments)
    officer = {"by": office.officer, "at": NOW}
    calls = {
        "note": lambda: commitments.note_progress(kept, text="پیش می‌رود.", **officer),
        "move": lambda: commitments.move_due_date(kept, due_on=DAY + timedelta(days=5), reason=REASON, **officer),
        "claim": lambda: commitments.claim_done(kept, proof="عکس", **officer),
        "drop": lambda: commitments.drop_commitment(kept, reason=REASON, **officer),
        "reply": lambda: commitments.reply_to_commitment(kept, by=thread.author, at=NOW, kept=True),
    }
    assert changes_the_page(verb, thread, calls[verb]) == (state in COMMITMENT_VERBS[verb])
