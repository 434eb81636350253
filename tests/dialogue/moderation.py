"""Texts in each state of publication, and moderators at work, for the tests of moderation."""

import uuid
from datetime import timedelta

from dialogue.actions.contributions import contribute
from dialogue.actions.hiding import hide_contribution, hide_thread, lock_thread
from dialogue.actions.merging import merge_thread
from dialogue.actions.queue import publish_text, reject_item, return_item, take_item
from dialogue.actions.texts import withdraw_contribution, withdraw_thread
from dialogue.models import Contribution, ModerationItem, Publication, Thread
from taar.organizations.models import Duty, Organization, Post
from tests.dialogue.factories import NOW, hold, make_moderator, make_person, new_thread

LATER = NOW + timedelta(hours=1)
REASON = "این متن با قاعدهٔ تالار نمی‌خواند."
JUDGED = {"rule": "spam", "reason": REASON}


def open_thread(author=None, **over) -> Thread:
    """A published thread."""
    thread = new_thread(author, **over)
    publish_text(thread, at=over.get("at", NOW))
    ModerationItem.objects.filter(thread=thread).update(settled_at=NOW)
    return thread


def new_voice(thread: Thread, author=None, **over) -> Contribution:
    """A contribution as its author has just sent it."""
    fields = {"at": NOW, "kind": "point", "body": "ما هم همین را می‌خواهیم و سال‌هاست گفته‌ایم.", "once": uuid.uuid4()}
    return contribute(thread, by=author or make_person(), **(fields | over))


def open_voice(thread: Thread, author=None, **over) -> Contribution:
    """A published contribution."""
    voice = new_voice(thread, author, **over)
    if voice.publication == Publication.PENDING:
        publish_text(voice, at=over.get("at", NOW))
        ModerationItem.objects.filter(contribution=voice).update(settled_at=NOW)
    return voice


def held(item: ModerationItem, moderator, at=LATER) -> ModerationItem:
    """An item on lease."""
    return take_item(item, by=moderator, at=at)


def make_switcher():
    """A person who holds the post for switches."""
    body, _made = Organization.objects.get_or_create(
        code="OSTAN-SW", defaults={"kind": "governor", "name_fa": "استانداری"}
    )
    person = make_person()
    post = Post.objects.create(
        organization=body, code=f"SW-{person.pk}", title_fa="مسئول کلیدها", duties=[Duty.SWITCHES]
    )
    hold(post, person)
    return person


def text_in(state: str, *, thread: bool) -> Thread | Contribution:
    """A thread or contribution that was brought into a state by the hall's own verbs."""
    if state == Publication.PENDING:
        return new_thread() if thread else new_voice(open_thread())
    if state in (Publication.RETURNED, Publication.REJECTED):
        text, moderator = text_in(Publication.PENDING, thread=thread), make_moderator()
        verb = return_item if state == Publication.RETURNED else reject_item
        verb(held(text.moderation_items.get(), moderator), by=moderator, at=LATER, **JUDGED)
    else:
        text = open_thread() if thread else open_voice(open_thread())
        if state == Publication.HIDDEN:
            (hide_thread if thread else hide_contribution)(text, by=make_moderator(), at=LATER, **JUDGED)
        elif state == Publication.LOCKED:
            lock_thread(text, by=make_moderator(), at=LATER, **JUDGED)
        elif state == Publication.MERGED:
            merge_thread(text, into=open_thread(), by=make_moderator(), at=LATER, reason=REASON)
        elif state == Publication.WITHDRAWN:
            (withdraw_thread if thread else withdraw_contribution)(text, by=text.author, at=LATER)
    text.refresh_from_db()
    return text
