"""Reports: their weight, hiding for a day, the outcome that reporters are told, and what nobody learns."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model

from dialogue.actions.hiding import end_provisional_hidings, hide_contribution
from dialogue.actions.queue import keep_item
from dialogue.actions.reports import report_text
from dialogue.models import ModerationDecision, Report
from taar.journal.models import Entry
from taar.lib.refusals import Refused, TooOften
from taar.notifications.models import Notification
from tests.dialogue.factories import NOW, hold, make_moderator, make_person
from tests.dialogue.moderation import JUDGED, LATER, held, open_thread, open_voice
from tests.organizations.factories import make_post

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def stranger(days: int):
    """A verified resident whose account was opened on a day of its own."""
    person = make_person()
    get_user_model().objects.filter(pk=person.pk).update(created_at=NOW - timedelta(days=100 + days))
    return person


def storm(text, count=3, at=LATER):
    return [report_text(text, by=stranger(step), at=at, rule="insult", words="بد است") for step in range(count)]


def test_a_report_waits_for_a_moderator_and_is_counted_once():
    voice, person = open_voice(open_thread()), make_person()
    first = report_text(voice, by=person, at=LATER, rule="spam", words="این آگهی است")
    assert report_text(voice, by=person, at=LATER, rule="insult") == first
    assert voice.moderation_items.get(cause="reported", settled_at=None).urgent is False
    assert first.weight == 3


def test_danger_is_urgent_even_after_a_milder_report():
    voice = open_voice(open_thread())
    report_text(voice, by=make_person(), at=LATER, rule="spam")
    report_text(voice, by=make_person(), at=LATER, rule="danger")
    assert voice.moderation_items.get(cause="reported", settled_at=None).urgent


def test_neither_the_reporter_nor_their_words_stand_in_the_journal():
    report_text(open_thread(), by=make_person(), at=LATER, rule="spam", words="سخن پنهان من")
    entry = Entry.objects.get(verb="report_text")
    assert entry.actor is None
    assert "سخن پنهان من" not in entry.body


def test_an_officials_report_on_criticism_of_their_own_body_weighs_nothing():
    thread = open_thread()
    official = make_person()
    hold(make_post("head", organization=thread.organization), official)
    assert report_text(thread, by=official, at=LATER, rule="false_claim").weight == 0


def test_three_unrelated_residents_hide_a_text_for_a_day_and_it_comes_back_by_itself():
    voice = open_voice(open_thread())
    storm(voice)
    voice.refresh_from_db()
    assert voice.publication == "hidden"
    decision = ModerationDecision.objects.get(act="hide")
    assert (decision.by, decision.until_at) == (None, LATER + DAY)
    assert end_provisional_hidings(LATER + timedelta(hours=23)) == 0
    assert end_provisional_hidings(LATER + DAY) == 1
    assert end_provisional_hidings(LATER + DAY) == 0
    voice.refresh_from_db()
    assert voice.publication == "published"


def test_a_text_is_hidden_by_reports_once_only():
    voice = open_voice(open_thread())
    storm(voice)
    end_provisional_hidings(LATER + DAY)
    report_text(voice, by=stranger(9), at=LATER + DAY, rule="insult")
    voice.refresh_from_db()
    assert voice.publication == "published"


def test_accounts_opened_on_one_day_in_one_place_count_as_one():
    voice = open_voice(open_thread())
    for _ in range(5):
        report_text(voice, by=make_person(), at=LATER, rule="insult")
    voice.refresh_from_db()
    assert voice.publication == "published"


def test_a_moderator_confirms_a_hiding_by_reports_and_reporters_hear_of_it():
    voice = open_voice(open_thread())
    storm(voice)
    decision = hide_contribution(voice, by=make_moderator(), at=LATER, **JUDGED)
    assert decision.before == "published"
    assert end_provisional_hidings(LATER + DAY) == 0
    voice.refresh_from_db()
    assert voice.publication == "hidden"
    assert Report.objects.filter(upheld=True).count() == 3
    assert Notification.objects.filter(kind="report_upheld").count() == 3


def test_a_kept_text_stands_again_at_once_and_its_reports_were_wrong():
    voice, moderator = open_voice(open_thread()), make_moderator()
    storm(voice)
    item = held(voice.moderation_items.get(cause="reported", settled_at=None), moderator)
    keep_item(item, by=moderator, at=LATER)
    voice.refresh_from_db()
    assert voice.publication == "published"
    assert Notification.objects.filter(kind="report_kept").count() == 3
    storm_again = [report_text(voice, by=stranger(20 + step), at=LATER, rule="insult") for step in range(3)]
    voice.refresh_from_db()
    assert (len(storm_again), voice.publication) == (3, "published")


@pytest.mark.parametrize(("upheld", "weight"), [(True, 4), (False, 2)])
def test_who_was_often_right_weighs_more_and_who_was_not_weighs_less(upheld, weight):
    person, thread = make_person(), open_thread()
    for step in range(3):
        voice = open_voice(thread, at=NOW + timedelta(minutes=step))
        report_text(voice, by=person, at=LATER, rule="spam")
    Report.objects.update(settled_at=LATER, upheld=upheld)
    assert report_text(thread, by=person, at=LATER, rule="spam").weight == weight


def test_nobody_reports_their_own_text_a_hidden_one_or_eleven_in_a_day():
    thread, person = open_thread(), make_person()
    with pytest.raises(Refused):
        report_text(thread, by=thread.author, at=LATER, rule="spam")
    for step in range(10):
        report_text(open_voice(thread, at=NOW + timedelta(minutes=step)), by=person, at=LATER, rule="spam")
    with pytest.raises(TooOften):
        report_text(thread, by=person, at=LATER, rule="spam")
    report_text(thread, by=person, at=LATER + DAY + timedelta(hours=1), rule="spam")
