"""Hiding: a stub with the rule and the reason, two moderators where one is not enough, nothing erased."""

from datetime import timedelta

import pytest

from dialogue.actions.hiding import hide_contribution, hide_thread, refuse_hiding, restore_text, second_hiding
from dialogue.actions.threads import support_thread
from dialogue.models import HidingProposal, ModerationDecision, Thread
from taar.journal.models import Entry
from taar.lib.refusals import Refused
from taar.notifications.models import Notification
from tests.dialogue.factories import NOW, make_moderator, make_person
from tests.dialogue.moderation import JUDGED, LATER, REASON, open_thread, open_voice, text_in

pytestmark = pytest.mark.django_db
CRITICISM = {"rule": "false_claim", "reason": REASON}


def test_a_hidden_thread_leaves_a_stub_and_its_words_reach_no_stranger(client):
    thread = open_thread()
    voice = open_voice(thread)
    hide_thread(thread, by=make_moderator(), at=LATER, **JUDGED)
    for path in ("/hall/", thread.get_absolute_url(), f"/search/?q={thread.title[:12]}", "/", "/hall/decisions/"):
        page = client.get(path).content.decode()
        assert thread.body not in page
        assert f">{thread.title}<" not in page
    page = client.get(thread.get_absolute_url()).content.decode()
    assert REASON in page
    assert voice.body in page


def test_the_author_of_a_hidden_text_still_reads_it(client):
    voice = open_voice(open_thread())
    hide_contribution(voice, by=make_moderator(), at=LATER, **JUDGED)
    assert voice.body not in client.get(voice.thread.get_absolute_url()).content.decode()
    client.force_login(voice.author)
    assert voice.body in client.get(voice.thread.get_absolute_url()).content.decode()


def test_hiding_is_journalled_with_rule_reason_and_place_but_without_the_words():
    voice = open_voice(open_thread())
    decision = hide_contribution(voice, by=make_moderator(), at=LATER, **JUDGED)
    entry = Entry.objects.get(verb="hide_contribution")
    assert entry.facts == {"rule": "spam", "reason": REASON, "place": voice.thread.place.code}
    assert entry.post == decision.office
    assert voice.body not in entry.body
    assert Notification.objects.get(kind="text_hidden").person == voice.author


def test_the_counts_and_the_replies_of_a_hidden_contribution_survive():
    thread = open_thread()
    voice = open_voice(thread)
    reply = open_voice(thread, reply_to=voice)
    hide_contribution(voice, by=make_moderator(), at=LATER, **JUDGED)
    thread.refresh_from_db()
    assert thread.contribution_count == 2
    assert reply in thread.contributions.standing()


@pytest.mark.parametrize("reason", ["بد", "تلفن این شخص ۰۹۱۶۱۲۳۴۵۶۷ بوده است"])
def test_a_reason_is_long_enough_and_names_nobody(reason):
    with pytest.raises(Refused) as refused:
        hide_thread(open_thread(), by=make_moderator(), at=LATER, rule="spam", reason=reason)
    assert refused.value.field == "reason"


def test_a_thread_of_fifty_supporters_is_hidden_by_two_moderators():
    thread = open_thread()
    Thread.objects.filter(pk=thread.pk).update(support_count=50)
    first = make_moderator()
    proposal = hide_thread(thread, by=first, at=LATER, **JUDGED)
    assert isinstance(proposal, HidingProposal)
    thread.refresh_from_db()
    assert thread.publication == "published"
    assert thread.moderation_items.get(cause="second", settled_at=None)
    with pytest.raises(Refused):
        second_hiding(proposal, by=first, at=LATER)
    second_hiding(proposal, by=make_moderator(), at=LATER)
    thread.refresh_from_db()
    assert thread.publication == "hidden"
    assert not thread.moderation_items.filter(settled_at=None).exists()


def test_a_concern_is_hidden_for_what_it_says_of_somebody_by_two_moderators():
    voice = open_voice(open_thread(), kind="concern")
    proposal = hide_contribution(voice, by=make_moderator(), at=LATER, **CRITICISM)
    with pytest.raises(Refused):
        hide_contribution(voice, by=make_moderator(), at=LATER, **CRITICISM)
    refuse_hiding(proposal, by=make_moderator(), at=LATER)
    voice.refresh_from_db()
    assert voice.publication == "published"
    assert Entry.objects.filter(verb="refuse_hiding").exists()
    assert isinstance(hide_contribution(voice, by=make_moderator(), at=LATER, **CRITICISM), HidingProposal)


def test_a_locked_thread_that_was_hidden_is_locked_again():
    thread = text_in("locked", thread=True)
    hide_thread(thread, by=make_moderator(), at=LATER, **JUDGED)
    restore_text(thread, by=make_moderator(), at=LATER, reason=REASON)
    thread.refresh_from_db()
    assert thread.publication == "locked"
    assert ModerationDecision.objects.get(act="hide").ended_at == LATER


def test_a_hidden_thread_owes_no_answer_and_takes_no_support():
    thread = open_thread(kind="question")
    assert Thread.objects.awaiting_answer().count() == 1
    hide_thread(thread, by=make_moderator(), at=LATER, **JUDGED)
    assert Thread.objects.awaiting_answer().count() == 0
    with pytest.raises(Refused):
        support_thread(thread, by=make_person(), at=NOW + timedelta(days=1))
