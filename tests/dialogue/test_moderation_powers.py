"""The matrix of moderation: every role before every act, in the verbs and at the doors."""

import pytest
from django.urls import reverse

from dialogue.actions import hiding, masking, merging, queue
from dialogue.models import Answer, Thread
from dialogue.permissions import moderation as may
from taar.lib.refusals import Refused
from tests.dialogue.factories import NOW, make_moderator, make_person
from tests.dialogue.moderation import JUDGED, LATER, REASON, make_switcher, open_thread, text_in
from tests.organizations.factories import make_post
from tests.people.factories import sign_in

pytestmark = pytest.mark.django_db


def author(thread):
    return thread.author


def author_with_the_post(thread):
    moderator = make_moderator()
    Thread.objects.filter(pk=thread.pk).update(author=moderator)
    thread.refresh_from_db()
    return moderator


def of_the_body(thread):
    return make_moderator(thread.organization.code)


def reporter(thread):
    moderator = make_moderator()
    thread.reports.create(person=moderator, rule="spam", weight=1, at=NOW)
    return moderator


def answerer(thread):
    moderator = make_moderator()
    Answer.objects.create(
        thread=thread,
        organization=thread.organization,
        post=make_post("answer"),
        drafted_by=moderator,
        decision="accepted",
        summary="پذیرفته شد",
        text="پذیرفته شد",
        drafted_at=NOW,
    )
    return moderator


ROLES = {
    "stranger": (lambda thread: make_person(), False),
    "author": (author, False),
    "author who moderates": (author_with_the_post, False),
    "moderator of the body asked": (of_the_body, False),
    "moderator who reported": (reporter, False),
    "moderator who answered": (answerer, False),
    "holder of the switches": (lambda thread: make_switcher(), False),
    "moderator": (lambda thread: make_moderator(), True),
}


def unite(thread, into, by):
    return merging.merge_thread(thread, into=into, by=by, at=LATER, reason=REASON)


ACTS = {
    "hide": ("published", lambda thread, by: hiding.hide_thread(thread, by=by, at=LATER, **JUDGED)),
    "lock": ("published", lambda thread, by: hiding.lock_thread(thread, by=by, at=LATER, **JUDGED)),
    "mask": ("published", lambda thread, by: masking.mask_words(thread, by=by, at=LATER, phrases=["سالن"], **JUDGED)),
    "restore": ("hidden", lambda thread, by: hiding.restore_text(thread, by=by, at=LATER, reason=REASON)),
    "unlock": ("locked", lambda thread, by: hiding.unlock_thread(thread, by=by, at=LATER, reason=REASON)),
    "merge": ("published", lambda thread, by: unite(thread, open_thread(), by)),
    "merge into": ("published", lambda thread, by: unite(open_thread(), thread, by)),
    "unmerge": ("merged", lambda thread, by: merging.unmerge_thread(thread, by=by, at=LATER, reason=REASON)),
    "take": ("pending", lambda thread, by: queue.take_item(thread.moderation_items.get(), by=by, at=LATER)),
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("role", ROLES)
def test_an_act_is_open_to_moderators_who_are_not_of_the_matter(role, act):
    make_role, may_act = ROLES[role]
    state, verb = ACTS[act]
    thread = text_in(state, thread=True)
    person = make_role(thread)
    assert may.can_moderate_text(person, thread, at=LATER) is may_act
    if may_act:
        verb(thread, person)
        assert may.has_moderated(person, thread) is (act != "take")
    else:
        with pytest.raises(Refused):
            verb(thread, person)


@pytest.mark.parametrize("role", ROLES)
def test_the_door_of_the_moderators_page_keeps_the_same_rule(client, role):
    make_role, may_act = ROLES[role]
    thread = open_thread()
    sign_in(client, make_role(thread), second_factor=True)
    status = client.get(f"/hall/moderation/thread/{thread.code}/").status_code
    assert status == (200 if may_act else 403)


def test_a_moderator_without_the_second_factor_is_asked_for_it(client):
    thread = open_thread()
    sign_in(client, make_moderator())
    for path in ("/hall/moderation/", f"/hall/moderation/thread/{thread.code}/"):
        assert client.get(path).status_code == 302


@pytest.mark.parametrize("thread", [True, False])
def test_no_moderator_opens_what_its_author_took_back(thread, client):
    text = text_in("withdrawn", thread=thread)
    sign_in(client, make_moderator(), second_factor=True)
    name, key = ("moderate_thread", text.code) if thread else ("moderate_contribution", text.pk)
    assert client.get(reverse(name, args=[key])).status_code == 404
