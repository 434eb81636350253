"""Starting a thread."""

import uuid
from datetime import timedelta

import pytest

from dialogue.models import ModerationItem, Publication, Thread
from taar.lib.refusals import Refused, TooOften
from tests.dialogue.factories import NOW, make_body, make_person, new_thread

pytestmark = pytest.mark.django_db


def test_a_first_thread_waits_for_a_moderator_and_its_author_follows_it():
    thread = new_thread()
    assert thread.publication == Publication.PENDING
    assert ModerationItem.objects.get().thread == thread
    assert thread.follows.get().person == thread.author


def test_a_thread_has_a_code_of_the_jalali_year_and_speaks_under_a_pseudonym():
    thread = new_thread()
    assert thread.code.startswith("KHZ-1405-")
    assert "ملاشیه" in thread.author_name


def test_the_same_form_sent_twice_is_one_thread():
    author, once = make_person(), uuid.uuid4()
    first = new_thread(author, once=once)
    assert new_thread(author, once=once) == first
    assert Thread.objects.count() == 1


def test_a_body_whose_answering_post_is_empty_cannot_be_asked():
    with pytest.raises(Refused) as refused:
        new_thread(organization=make_body("EMPTY", held=False))
    assert refused.value.field == "organization"


def test_a_text_with_somebodys_phone_waits_even_of_a_known_author():
    author = make_person()
    Thread.objects.filter(pk=new_thread(author).pk).update(publication=Publication.PUBLISHED, published_at=NOW)
    later = NOW + timedelta(minutes=1)
    held = new_thread(author, at=later, body="به ۰۹۱۶۱۲۳۴۵۶۷ زنگ بزنید")
    assert held.moderation_items.get().cause == ModerationItem.Cause.IDENTIFIER
    free = new_thread(author, at=later + timedelta(minutes=1))
    assert free.publication == Publication.PUBLISHED


def test_nobody_starts_two_threads_within_half_a_minute():
    author = make_person()
    new_thread(author)
    with pytest.raises(TooOften):
        new_thread(author, at=NOW + timedelta(seconds=20))


def test_a_verified_resident_starts_five_threads_a_day_and_no_sixth():
    author = make_person()
    for step in range(5):
        new_thread(author, at=NOW + timedelta(minutes=step))
    with pytest.raises(TooOften):
        new_thread(author, at=NOW + timedelta(minutes=9))
    assert new_thread(author, at=NOW + timedelta(hours=25))


def test_bidi_controls_are_not_stored():
    thread = new_thread(title="سالن \u202eمحله عصرها بسته است")
    assert "\u202e" not in thread.title
