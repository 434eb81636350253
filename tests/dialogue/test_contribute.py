"""Writing on a thread."""

import uuid
from datetime import timedelta

import pytest

from dialogue.actions.contributions import contribute
from dialogue.actions.queue import publish_text
from dialogue.models import Publication
from taar.lib.refusals import Refused
from taar.notifications.models import Notification
from tests.dialogue.factories import NOW, make_person, new_thread

pytestmark = pytest.mark.django_db


@pytest.fixture
def thread():
    thread = new_thread()
    publish_text(thread, at=NOW)
    return thread


def write(thread, by=None, **over):
    fields = {"at": NOW, "kind": "point", "body": "ما هم همین را می‌خواهیم.", "once": uuid.uuid4()}
    return contribute(thread, by=by or make_person(), **(fields | over))


def test_a_first_contribution_waits_and_counts_when_it_is_published(thread):
    written = write(thread)
    assert written.publication == Publication.PENDING
    publish_text(written, at=NOW)
    thread.refresh_from_db()
    assert thread.contribution_count == 1
    assert Notification.objects.get(kind="thread_contributed").person == thread.author


def test_the_same_form_sent_twice_is_one_contribution(thread):
    person, once = make_person(), uuid.uuid4()
    assert write(thread, person, once=once) == write(thread, person, once=once)


def test_a_reply_hangs_on_a_published_contribution_one_level_deep(thread):
    first = write(thread)
    with pytest.raises(Refused):
        write(thread, reply_to=first)
    publish_text(first, at=NOW)
    reply = write(thread, reply_to=first)
    publish_text(reply, at=NOW)
    with pytest.raises(Refused):
        write(thread, reply_to=reply)


def test_a_thread_that_is_not_published_takes_no_words():
    with pytest.raises(Refused):
        write(new_thread())


def test_two_texts_of_one_person_are_half_a_minute_apart(thread):
    person = make_person()
    write(thread, person)
    with pytest.raises(Refused):
        write(thread, person, at=NOW + timedelta(seconds=10))
    assert write(thread, person, at=NOW + timedelta(seconds=31))
