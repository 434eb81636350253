"""Authors edit, mend and withdraw: a slip is free, later versions are kept, numbers wait for a moderator."""

from datetime import timedelta

import pytest

from dialogue.actions.hiding import hide_contribution
from dialogue.actions.masking import mask_words
from dialogue.actions.queue import approve_item, reject_item
from dialogue.actions.texts import edit_contribution, edit_thread, mend_text, withdraw_contribution, withdraw_thread
from dialogue.models import ContributionVersion, Thread
from taar.journal.models import Entry
from taar.lib.refusals import Refused, TooOften
from tests.dialogue.factories import NOW, make_moderator, make_person
from tests.dialogue.moderation import JUDGED, LATER, held, new_voice, open_thread, open_voice, text_in

pytestmark = pytest.mark.django_db
NEW = "این را درست‌تر می‌گویم: سالن از ساعت پنج بسته است."


def test_a_slip_in_the_first_five_minutes_leaves_no_version():
    voice = open_voice(open_thread())
    assert edit_contribution(voice, by=voice.author, at=NOW + timedelta(minutes=4), body=NEW)
    voice.refresh_from_db()
    assert (voice.body, voice.edited_at) == (NEW, None)
    assert not ContributionVersion.objects.exists()


def test_a_later_change_keeps_the_earlier_words_for_everybody(client):
    voice = open_voice(open_thread())
    before = voice.body
    edit_contribution(voice, by=voice.author, at=LATER, body=NEW)
    page = client.get(f"/hall/contributions/{voice.pk}/versions/").content.decode()
    assert before in page
    assert NEW in page
    assert Entry.objects.get(verb="edit_contribution").facts == {"place": voice.thread.place.code}


def test_what_a_moderator_approved_is_not_changed_without_a_trace():
    author, moderator = make_person(), make_moderator()
    voice = new_voice(open_thread(), author)
    approve_item(held(voice.moderation_items.get(), moderator, NOW), by=moderator, at=NOW)
    edit_contribution(voice, by=author, at=NOW + timedelta(minutes=1), body=NEW)
    assert ContributionVersion.objects.count() == 1


def test_masked_words_do_not_come_back_unread():
    voice = open_voice(open_thread(), body="آقای جمشیدپور در را بسته است.")
    mask_words(voice, by=make_moderator(), at=LATER, phrases=["جمشیدپور"], **JUDGED)
    assert not edit_contribution(voice, by=voice.author, at=LATER, body="آقای جمشیدپور هنوز در را بسته است.")
    voice.refresh_from_db()
    assert "جمشیدپور" not in voice.body


def test_a_changed_thread_is_found_by_its_new_words_only():
    thread = open_thread()
    edit_thread(thread, by=thread.author, at=LATER, title="کتابخانهٔ محله بسته است", body="کتابخانه بسته است.")
    assert Thread.objects.filter(search="کتابخانه").exists()
    assert not Thread.objects.filter(search="دختر").exists()


def test_a_change_that_brings_a_number_waits_and_the_old_words_stand():
    voice = open_voice(open_thread())
    before, moderator = voice.body, make_moderator()
    assert not edit_contribution(voice, by=voice.author, at=LATER, body="زنگ بزنید ۰۹۱۶۱۲۳۴۵۶۷")
    voice.refresh_from_db()
    assert voice.body == before
    item = voice.moderation_items.get(cause="edited", settled_at=None)
    reject_item(held(item, moderator), by=moderator, at=LATER, **JUDGED)
    voice.refresh_from_db()
    assert (voice.body, voice.publication) == (before, "published")


def test_a_hidden_text_that_was_mended_is_shown_again_with_its_new_words():
    voice = open_voice(open_thread())
    hide_contribution(voice, by=make_moderator(), at=LATER, **JUDGED)
    mend_text(voice, by=voice.author, at=LATER, body=NEW)
    voice.refresh_from_db()
    assert voice.publication == "hidden"
    moderator = make_moderator()
    item = held(voice.moderation_items.get(cause="edited", settled_at=None), moderator)
    approve_item(item, by=moderator, at=LATER)
    voice.refresh_from_db()
    assert (voice.publication, voice.body) == ("published", NEW)


def test_a_hidden_text_is_mended_within_seven_days():
    voice = open_voice(open_thread())
    hide_contribution(voice, by=make_moderator(), at=LATER, **JUDGED)
    with pytest.raises(Refused):
        mend_text(voice, by=voice.author, at=LATER + timedelta(days=8), body=NEW)


def test_a_returned_thread_that_was_mended_waits_again():
    thread = text_in("returned", thread=True)
    mend_text(thread, by=thread.author, at=LATER, title="عنوان تازه برای گفتگو", body=NEW)
    thread.refresh_from_db()
    assert (thread.publication, thread.body) == ("pending", NEW)
    assert thread.moderation_items.get(settled_at=None)


@pytest.mark.parametrize("verb", [withdraw_thread, withdraw_contribution])
def test_nobody_but_the_author_changes_or_withdraws(verb):
    thread = open_thread()
    text = thread if verb is withdraw_thread else open_voice(thread)
    with pytest.raises(Refused):
        verb(text, by=make_person(), at=LATER)
    with pytest.raises(Refused):
        mend_text(text, by=make_person(), at=LATER, body=NEW)


def test_a_withdrawn_thread_leaves_a_stub_and_its_words_are_gone_from_the_very_next_page(client):
    thread = open_thread()
    voice = open_voice(thread)
    assert thread.body in client.get(thread.get_absolute_url()).content.decode()
    withdraw_thread(thread, by=thread.author, at=LATER)
    page = client.get(thread.get_absolute_url()).content.decode()
    assert thread.body not in page
    assert thread.title not in page
    assert voice.body in page
    assert client.get(f"/hall/{thread.code}/versions/").status_code == 404


def test_one_account_changes_twenty_texts_a_day():
    voice = open_voice(open_thread())
    for step in range(20):
        edit_contribution(voice, by=voice.author, at=LATER + timedelta(minutes=step), body=f"{NEW} {step}")
    with pytest.raises(TooOften):
        edit_contribution(voice, by=voice.author, at=LATER + timedelta(minutes=30), body=NEW)
