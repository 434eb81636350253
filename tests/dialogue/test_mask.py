"""Masking: the words go, the rest stays, the original is sealed, and nothing finds what is gone."""

import pytest
from django.db import connection

from dialogue.actions.masking import mask_words, unmask_words
from dialogue.actions.queue import mask_item
from dialogue.actions.texts import edit_contribution
from dialogue.models import Thread
from taar.journal.models import Entry
from taar.lib.refusals import Refused
from tests.dialogue.factories import make_moderator, make_person, new_thread
from tests.dialogue.moderation import LATER, REASON, held, open_thread, open_voice

pytestmark = pytest.mark.django_db
PHONE = "۰۹۱۶۱۲۳۴۵۶۷"
MASK = {"rule": "personal", "reason": REASON}


def test_a_held_text_with_a_phone_is_published_without_it():
    author, moderator = make_person(), make_moderator()
    thread = new_thread(author, body=f"به {PHONE} زنگ بزنید تا در سالن را باز کنند")
    mask_item(held(thread.moderation_items.get(), moderator), by=moderator, at=LATER, phrases=[PHONE], **MASK)
    thread.refresh_from_db()
    assert thread.publication == "published"
    assert thread.body == "به ▒▒▒ زنگ بزنید تا در سالن را باز کنند"


def test_the_original_is_sealed_in_the_database_and_absent_from_the_journal():
    voice = open_voice(open_thread())
    decision = mask_words(voice, by=make_moderator(), at=LATER, phrases=["سال‌هاست"], **MASK)
    decision.refresh_from_db()
    assert "سال‌هاست" in decision.original
    with connection.cursor() as cursor:
        cursor.execute("SELECT original FROM dialogue_moderationdecision WHERE id = %s", [decision.pk])
        assert "سال‌هاست".encode() not in bytes(cursor.fetchone()[0])
    assert "سال‌هاست" not in Entry.objects.get(verb="mask_contribution").body


def test_words_that_only_an_earlier_version_holds_are_masked_there():
    voice = open_voice(open_thread(), body="آقای جمشیدپور در سالن را بسته است.")
    edit_contribution(voice, by=voice.author, at=LATER, body="در سالن را بسته‌اند.")
    mask_words(voice, by=make_moderator(), at=LATER, phrases=["جمشیدپور"], **MASK)
    voice.refresh_from_db()
    assert voice.body == "در سالن را بسته‌اند."
    assert voice.versions.get().body == "آقای ▒▒▒ در سالن را بسته است."


def test_a_thread_is_not_found_by_masked_words():
    thread = open_thread(body="آقای جمشیدپور در سالن را بسته است و کلید را نمی‌دهد.")
    assert Thread.objects.filter(search="جمشیدپور").exists()
    mask_words(thread, by=make_moderator(), at=LATER, phrases=["جمشیدپور"], **MASK)
    assert not Thread.objects.filter(search="جمشیدپور").exists()


def test_earlier_versions_are_masked_too(client):
    voice = open_voice(open_thread(), body="آقای جمشیدپور در را بسته است.")
    edit_contribution(voice, by=voice.author, at=LATER, body="آقای جمشیدپور هنوز در را بسته است.")
    mask_words(voice, by=make_moderator(), at=LATER, phrases=["جمشیدپور"], **MASK)
    page = client.get(f"/hall/contributions/{voice.pk}/versions/").content.decode()
    assert "▒▒▒" in page
    assert "جمشیدپور" not in page


def test_words_that_do_not_stand_there_or_are_too_short_are_refused_beside_their_field():
    voice = open_voice(open_thread())
    for phrases in ([], ["نا"], ["این کلمه‌ها آنجا نیستند"]):
        with pytest.raises(Refused) as refused:
            mask_words(voice, by=make_moderator(), at=LATER, phrases=phrases, **MASK)
        assert refused.value.field == "phrases"


def test_a_masking_that_is_undone_gives_the_words_back_unless_they_were_changed_since():
    voice = open_voice(open_thread())
    before = voice.body
    decision = mask_words(voice, by=make_moderator(), at=LATER, phrases=["سال‌هاست"], **MASK)
    unmask_words(decision)
    voice.refresh_from_db()
    assert voice.body == before
