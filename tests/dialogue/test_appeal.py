"""Appeals: once, in time, to somebody who took no part; silence is for the author, but not in grave matters."""

from datetime import date, timedelta

import pytest

from dialogue.actions.appeals import appeal_decision, decide_appeal, lapse_appeals
from dialogue.actions.hiding import hide_contribution, hide_thread, lock_thread, restore_text
from dialogue.actions.masking import mask_words
from dialogue.actions.queue import reject_item
from dialogue.models import ModerationItem
from dialogue.queries.decisions import moderation_figures
from dialogue.queries.moderation import queue
from taar.journal.models import Entry
from taar.lib.refusals import Refused
from taar.notifications.models import Notification
from tests.dialogue.factories import make_moderator, make_person, new_thread
from tests.dialogue.moderation import JUDGED, LATER, REASON, held, open_thread, open_voice

pytestmark = pytest.mark.django_db
WORDS = "این متن آگهی نیست، پرسش همهٔ محله است."


def hidden(rule="spam", moderator=None):
    voice = open_voice(open_thread())
    given = {"rule": rule, "reason": REASON}
    return hide_contribution(voice, by=moderator or make_moderator(), at=LATER, **given)


def appeal(decision, at=LATER):
    return appeal_decision(decision, by=decision.text.author, at=at, words=WORDS)


def test_an_appeal_is_due_in_five_working_days_and_waits_in_the_queue():
    appealed = appeal(hidden())
    assert appealed.due_on == date(2026, 11, 29)
    assert ModerationItem.objects.get(cause="appeal", settled_at=None)


@pytest.mark.parametrize("overturn", [True, False])
def test_an_appeal_is_decided_once_by_another_moderator_with_a_reason(overturn):
    decision = hidden()
    appealed = appeal(decision)
    decide_appeal(appealed, by=make_moderator(), at=LATER, overturn=overturn, reason=REASON)
    with pytest.raises(Refused):
        decide_appeal(appealed, by=make_moderator(), at=LATER, overturn=not overturn, reason=REASON)
    text = decision.text
    text.refresh_from_db()
    assert text.publication == ("published" if overturn else "hidden")
    assert Entry.objects.get(verb="decide_appeal").facts["outcome"] == ("overturned" if overturn else "upheld")
    kind = "appeal_overturned" if overturn else "appeal_upheld"
    assert Notification.objects.get(kind=kind).person == text.author
    assert not ModerationItem.objects.filter(cause="appeal", settled_at=None).exists()


def test_who_took_part_does_not_decide_the_appeal():
    first = make_moderator()
    decision = hidden(moderator=first)
    appealed = appeal(decision)
    with pytest.raises(Refused):
        decide_appeal(appealed, by=first, at=LATER, overturn=True, reason=REASON)
    own_body = make_moderator(decision.on_thread.organization.code)
    with pytest.raises(Refused):
        decide_appeal(appealed, by=own_body, at=LATER, overturn=False, reason=REASON)
    with pytest.raises(Refused):
        restore_text(decision.text, by=first, at=LATER, reason=REASON)


def test_an_appeal_is_shown_only_to_moderators_who_may_decide_it():
    first, other = make_moderator(), make_moderator()
    appeal(hidden(moderator=first))
    item = ModerationItem.objects.get(cause="appeal", settled_at=None)
    assert item not in queue(LATER, first)
    assert item in queue(LATER, other)


def test_only_the_author_appeals_once_and_within_fourteen_days():
    decision = hidden()
    with pytest.raises(Refused):
        appeal_decision(decision, by=make_person(), at=LATER, words=WORDS)
    with pytest.raises(Refused):
        appeal(decision, at=LATER + timedelta(days=15))
    appeal(decision, at=LATER + timedelta(days=14))
    with pytest.raises(Refused):
        appeal(decision)


def test_silence_undoes_the_decision_once():
    decision = hidden()
    appealed = appeal(decision)
    assert lapse_appeals(LATER + timedelta(days=7)) == 0
    assert lapse_appeals(LATER + timedelta(days=8)) == 1
    assert lapse_appeals(LATER + timedelta(days=8)) == 0
    appealed.refresh_from_db()
    decision.text.refresh_from_db()
    assert (appealed.status, decision.text.publication) == ("lapsed", "published")


@pytest.mark.parametrize("rule", ["personal", "danger", "illegal"])
def test_silence_never_shows_personal_data_danger_or_what_is_illegal(rule):
    decision = hidden(rule)
    appeal(decision)
    assert lapse_appeals(LATER + timedelta(days=60)) == 0
    decision.text.refresh_from_db()
    assert decision.text.publication == "hidden"


def test_every_kind_of_decision_is_undone_as_it_was_made():
    moderator = make_moderator()
    rejected = new_thread()
    item = held(rejected.moderation_items.get(), moderator)
    masked, locked, gone = open_thread(), open_thread(), open_thread()
    decisions = [
        reject_item(item, by=moderator, at=LATER, **JUDGED),
        mask_words(masked, by=moderator, at=LATER, phrases=["سالن"], **JUDGED),
        lock_thread(locked, by=moderator, at=LATER, **JUDGED),
        hide_thread(gone, by=moderator, at=LATER, **JUDGED),
    ]
    other = make_moderator()
    for decision in decisions:
        decide_appeal(appeal(decision), by=other, at=LATER, overturn=True, reason=REASON)
    for thread in (rejected, masked, locked, gone):
        thread.refresh_from_db()
        assert thread.publication == "published"
        assert "سالن" in thread.body
    assert moderation_figures(LATER).overturn_rate == 1


def test_the_queue_never_shows_a_moderator_what_is_not_for_them():
    item = new_thread().moderation_items.get()
    reporter, employee, stranger = make_moderator(), make_moderator("SPORT"), make_moderator()
    own = new_thread(stranger).moderation_items.get()
    item.thread.reports.create(person=reporter, rule="spam", weight=1, at=LATER)
    assert item not in queue(LATER, reporter)
    assert list(queue(LATER, employee)) == []
    assert item in queue(LATER, stranger)
    assert own not in queue(LATER, stranger)
