"""The queue before publication."""

from datetime import timedelta

import pytest

from dialogue.actions.queue import approve_item, reject_item, take_item
from dialogue.models import ModerationItem, Publication
from taar.journal.models import Entry
from taar.lib.refusals import Refused
from taar.notifications.models import Notification
from tests.dialogue.factories import NOW, make_moderator, new_thread

pytestmark = pytest.mark.django_db
REASON = "این متن نام یک شخص را آورده است."


def waiting_item() -> ModerationItem:
    return new_thread().moderation_items.get()


def test_an_approved_thread_is_published_journalled_and_its_author_told():
    item, moderator = waiting_item(), make_moderator()
    approve_item(take_item(item, by=moderator, at=NOW), by=moderator, at=NOW)
    item.thread.refresh_from_db()
    assert item.thread.publication == Publication.PUBLISHED
    assert Entry.objects.get(verb="publish_thread").subject == f"thread:{item.thread.code}"
    assert Notification.objects.get(kind="thread_published").person == item.thread.author


def test_a_refused_thread_needs_a_reason_of_twenty_letters():
    item, moderator = waiting_item(), make_moderator()
    take_item(item, by=moderator, at=NOW)
    with pytest.raises(Refused):
        reject_item(item, by=moderator, at=NOW, rule="personal", reason="بد")
    reject_item(item, by=moderator, at=NOW, rule="personal", reason=REASON)
    item.thread.refresh_from_db()
    assert item.thread.publication == Publication.REJECTED


def test_an_item_on_lease_is_free_again_after_its_minutes():
    item, first, second = waiting_item(), make_moderator(), make_moderator()
    take_item(item, by=first, at=NOW)
    with pytest.raises(Refused):
        take_item(item, by=second, at=NOW + timedelta(minutes=9))
    take_item(item, by=second, at=NOW + timedelta(minutes=11))
    with pytest.raises(Refused):
        approve_item(item, by=first, at=NOW + timedelta(minutes=12))


def test_an_item_is_decided_once():
    item, moderator = waiting_item(), make_moderator()
    approve_item(take_item(item, by=moderator, at=NOW), by=moderator, at=NOW)
    with pytest.raises(Refused):
        approve_item(item, by=moderator, at=NOW)


def test_a_moderator_decides_nothing_of_their_own():
    moderator = make_moderator()
    item = new_thread(moderator).moderation_items.get()
    with pytest.raises(Refused):
        take_item(item, by=moderator, at=NOW)


def test_a_moderator_of_the_body_asked_decides_nothing_on_it():
    item = waiting_item()
    moderator = make_moderator("SPORT")
    assert item.thread.organization.code == "SPORT"
    with pytest.raises(Refused):
        take_item(item, by=moderator, at=NOW)


def test_somebody_without_a_post_decides_nothing():
    item = waiting_item()
    with pytest.raises(Refused):
        take_item(item, by=new_thread().author, at=NOW)
