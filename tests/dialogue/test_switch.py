"""Switches: who sets them, what they stop, that every page says so; and storms of supports."""

from datetime import timedelta

import pytest
from django.utils import timezone

from dialogue.actions.storms import admit_supports, forget_networks, remove_supports
from dialogue.actions.switches import end_switch, set_switch
from dialogue.actions.texts import edit_thread
from dialogue.actions.threads import support_thread, withdraw_support
from dialogue.models import ModerationItem, Support, Switch
from dialogue.queries.switches import forget_switches
from taar.journal.models import Entry
from taar.lib.refusals import Refused
from tests.dialogue.factories import make_moderator, make_person, make_place, new_thread
from tests.dialogue.moderation import JUDGED, LATER, REASON, make_switcher, new_voice, open_thread, open_voice

pytestmark = pytest.mark.django_db
SOON = LATER + timedelta(minutes=5)


def switch(kind, **over):
    return set_switch(kind, **({"by": make_switcher(), "at": LATER, "reason": REASON} | over))


def test_a_read_only_hall_takes_nothing_and_is_open_again_when_the_switch_ends():
    thread = open_thread()
    held = switch("read_only")
    for verb in (
        lambda: new_thread(at=SOON),
        lambda: new_voice(thread, at=SOON),
        lambda: support_thread(thread, by=make_person(), at=SOON),
        lambda: edit_thread(thread, by=thread.author, at=SOON, title="عنوان تازه برای گفتگو", body="تازه"),
    ):
        with pytest.raises(Refused) as refused:
            verb()
        assert REASON in refused.value.sentence
    end_switch(held, by=make_switcher(), at=SOON)
    assert new_voice(thread, at=SOON)


@pytest.mark.parametrize("room", ["axis", "county", "thread"])
def test_a_paused_room_takes_no_words_but_the_others_do(room):
    paused = open_thread()
    other = open_thread(axis="state", place=make_place().county) if room != "thread" else open_thread()
    rooms = {"axis": {"axis": "family"}, "county": {"place": make_place()}, "thread": {"thread": paused}}
    switch("pause_room", **rooms[room])
    with pytest.raises(Refused):
        new_voice(paused, at=SOON)
    assert new_voice(other, at=SOON)


def test_a_paused_county_pauses_its_neighbourhoods():
    thread = open_thread()
    switch("pause_room", place=make_place().county)
    with pytest.raises(Refused):
        new_voice(thread, at=SOON)


def test_with_everything_held_a_known_author_waits_too():
    author = make_person()
    open_thread(author)
    switch("hold_all")
    assert new_thread(author, at=SOON).publication == "pending"


def test_a_switch_ends_by_itself_and_can_be_set_again():
    switch("pause_supports", until_at=LATER + timedelta(hours=1))
    thread = open_thread()
    with pytest.raises(Refused):
        switch("pause_supports", at=SOON)
    with pytest.raises(Refused):
        support_thread(thread, by=make_person(), at=SOON)
    assert support_thread(thread, by=make_person(), at=LATER + timedelta(hours=2))
    assert switch("pause_supports", at=LATER + timedelta(hours=2))


def test_a_switch_is_public_and_journalled(client):
    switch("hold_all", at=timezone.now())
    assert REASON in client.get("/").content.decode()
    assert Entry.objects.get(verb="set_switch").facts["reason"] == REASON


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "pause_room"},
        {"kind": "read_only", "axis": "family"},
        {"kind": "read_only", "reason": "بس"},
        {"kind": "read_only", "until_at": LATER},
    ],
)
def test_a_switch_with_a_fault_is_refused(wrong):
    with pytest.raises(Refused):
        switch(wrong.pop("kind"), **wrong)
    assert not Switch.objects.exists()


def test_a_moderator_sets_no_switch():
    with pytest.raises(Refused):
        switch("read_only", by=make_moderator())


def test_many_waiting_texts_are_said_in_public(client):
    assert "notice warn" not in client.get("/hall/").content.decode()
    new_thread(at=timezone.now() - timedelta(hours=13))
    forget_switches()
    assert "notice warn" in client.get("/hall/").content.decode()


def storm(thread, count=33):
    for _ in range(count):
        support_thread(thread, by=make_person(), at=SOON, network=b"one network")


def test_supports_above_thirty_from_one_network_are_held_until_a_moderator_admits_them():
    thread = open_thread()
    storm(thread)
    support_thread(thread, by=make_person(), at=SOON, network=b"another")
    thread.refresh_from_db()
    assert (thread.support_count, Support.objects.filter(state="held").count()) == (31, 3)
    admit_supports(thread, by=make_moderator(), at=SOON, reason=REASON)
    thread.refresh_from_db()
    assert (thread.support_count, thread.verified_count) == (34, 34)
    assert not ModerationItem.objects.filter(cause="supports", settled_at=None).exists()


def test_removed_supports_are_removed_in_public_and_do_not_come_back():
    thread = open_thread()
    storm(thread, 31)
    person = Support.objects.get(state="held").person
    remove_supports(thread, by=make_moderator(), at=SOON, **JUDGED)
    assert Entry.objects.get(verb="remove_thread").facts["count"] == 1
    assert not withdraw_support(thread, by=person, at=SOON)
    assert not support_thread(thread, by=person, at=SOON)
    thread.refresh_from_db()
    assert thread.support_count == 30


def test_a_held_support_that_is_taken_back_was_never_counted():
    thread = open_thread()
    storm(thread, 31)
    assert withdraw_support(thread, by=Support.objects.get(state="held").person, at=SOON)
    thread.refresh_from_db()
    assert thread.support_count == 30


def test_the_network_is_forgotten_after_thirty_days():
    thread = open_thread()
    storm(thread, 2)
    assert forget_networks(SOON + timedelta(days=29)) == 0
    assert forget_networks(SOON + timedelta(days=31)) == 2
    assert forget_networks(SOON + timedelta(days=31)) == 0


def test_the_pages_of_a_network_know_only_its_digest(client):
    thread, person = open_thread(), make_person()
    client.force_login(person)
    client.post(f"/hall/{thread.code}/support/", REMOTE_ADDR="5.200.1.77")
    network = bytes(Support.objects.get().network)
    assert len(network) == 32
    assert b"5.200" not in network


def test_a_voice_of_a_paused_thread_still_stands(client):
    thread = open_thread()
    voice = open_voice(thread)
    switch("pause_room", thread=thread)
    assert voice.body in client.get(thread.get_absolute_url()).content.decode()
