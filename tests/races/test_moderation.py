"""Moderation by many hands at one moment, on real threads and real PostgreSQL."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model

from dialogue.actions.appeals import appeal_decision, decide_appeal, lapse_appeals
from dialogue.actions.hiding import hide_contribution, hide_thread, lock_thread, second_hiding, unlock_thread
from dialogue.actions.queue import keep_item, take_item
from dialogue.actions.reports import report_text
from dialogue.actions.texts import withdraw_contribution, withdraw_thread
from dialogue.models import Appeal, HidingProposal, ModerationDecision, Report, Thread
from taar.lib.refusals import Refused
from tests.dialogue.factories import NOW, make_moderator, make_person
from tests.dialogue.moderation import JUDGED, LATER, REASON, open_thread, open_voice
from tests.races.test_hall import at_once
from tests.races.threads import all_at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_eight_moderators_hide_one_thread_once():
    thread = open_thread()
    moderators = [make_moderator() for _ in range(8)]
    outcomes = at_once(lambda by: hide_thread(thread, by=by, at=LATER, **JUDGED), moderators, width=8)
    assert sum(isinstance(outcome, ModerationDecision) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, Refused) for outcome in outcomes) == 7
    assert ModerationDecision.objects.filter(act="hide").count() == 1


def test_eight_seconds_hide_together_with_the_first_once():
    thread = open_thread()
    Thread.objects.filter(pk=thread.pk).update(support_count=80)
    proposal = hide_thread(thread, by=make_moderator(), at=LATER, **JUDGED)
    outcomes = at_once(
        lambda by: second_hiding(proposal, by=by, at=LATER), [make_moderator() for _ in range(8)], width=8
    )
    assert sum(isinstance(outcome, ModerationDecision) for outcome in outcomes) == 1
    assert HidingProposal.objects.get().agreed


def test_two_moderators_and_the_clock_decide_one_appeal_once():
    voice = open_voice(open_thread())
    decision = hide_contribution(voice, by=make_moderator(), at=LATER, **JUDGED)
    appeal = appeal_decision(decision, by=voice.author, at=LATER, words="آگهی نیست")
    late = LATER + timedelta(days=30)
    first, second = make_moderator(), make_moderator()
    outcomes = all_at_once(
        lambda: decide_appeal(appeal, by=first, at=late, overturn=True, reason=REASON),
        lambda: decide_appeal(Appeal.objects.get(), by=second, at=late, overturn=False, reason=REASON),
        lambda: lapse_appeals(late),
    )
    voice.refresh_from_db()
    status = Appeal.objects.get().status
    settled = [outcome for outcome in outcomes if isinstance(outcome, Appeal) or outcome == 1]
    assert len(settled) == 1
    assert voice.publication == ("hidden" if status == "upheld" else "published")


def test_a_storm_of_reports_at_one_moment_hides_once_and_counts_each():
    voice = open_voice(open_thread())
    people = [make_person() for _ in range(12)]
    for step, person in enumerate(people):
        get_user_model().objects.filter(pk=person.pk).update(created_at=NOW - timedelta(days=100 + step))
    people = list(get_user_model().objects.filter(pk__in=[person.pk for person in people]))
    outcomes = at_once(lambda by: report_text(voice, by=by, at=LATER, rule="insult"), people, width=8)
    voice.refresh_from_db()
    assert voice.publication == "hidden"
    assert ModerationDecision.objects.filter(act="hide").count() == 1
    reports = [outcome for outcome in outcomes if isinstance(outcome, Report)]
    assert Report.objects.count() == len(reports) >= 3
    assert all(isinstance(outcome, Report | Refused) for outcome in outcomes)
    assert voice.moderation_items.filter(cause="reported", settled_at=None).count() == 1


@pytest.mark.parametrize("round_", range(4))
def test_acts_that_meet_on_one_text_wait_for_each_other_and_never_lock_up(round_):
    voice = open_voice(open_thread())
    reporters, moderators = [make_person() for _ in range(3)], [make_moderator() for _ in range(3)]
    report_text(voice, by=reporters[0], at=LATER, rule="spam")
    item = take_item(voice.moderation_items.get(settled_at=None), by=moderators[0], at=LATER)
    lock = lock_thread(voice.thread, by=moderators[2], at=LATER, **JUDGED)
    outcomes = all_at_once(
        lambda: keep_item(item, by=moderators[0], at=LATER),
        lambda: hide_contribution(voice, by=moderators[1], at=LATER, **JUDGED),
        lambda: report_text(voice, by=reporters[1], at=LATER, rule="danger"),
        lambda: report_text(voice, by=reporters[2], at=LATER, rule="danger"),
        lambda: withdraw_contribution(voice, by=voice.author, at=LATER),
        lambda: appeal_decision(lock, by=voice.thread.author, at=LATER, words="باز باشد"),
        lambda: unlock_thread(voice.thread, by=moderators[2], at=LATER, reason=REASON),
    )
    known = (Refused, ModerationDecision, Report, Appeal, type(None))
    assert [outcome for outcome in outcomes if not isinstance(outcome, known)] == []


def test_an_author_who_withdraws_while_a_moderator_hides_leaves_one_outcome():
    thread = open_thread()
    moderator = make_moderator()
    outcomes = all_at_once(
        lambda: withdraw_thread(thread, by=thread.author, at=LATER),
        lambda: hide_thread(thread, by=moderator, at=LATER, **JUDGED),
    )
    thread.refresh_from_db()
    assert sum(isinstance(outcome, Refused) for outcome in outcomes) == 1
    assert thread.publication in ("withdrawn", "hidden")
    hidden = ModerationDecision.objects.filter(act="hide", ended_at=None).exists()
    assert hidden == (thread.publication == "hidden")
