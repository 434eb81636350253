"""A device without anything to hand over says so, and what it held can come back."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.welfare_card.ledger_factories import Desk, make_allowance, make_rule, make_venue
from welfare_card.actions.devices import block_device, receive_records
from welfare_card.actions.leases import close_ended_leases, open_lease
from welfare_card.models import Account, Device

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    """A device that was registered two days ago."""
    return Desk(make_venue(), at=timezone.now() - timedelta(days=2))


def word(desk, at, seq=0, key=None, **over) -> dict:
    """What a device says of itself, signed."""
    said = [desk.device.pk, seq, at.isoformat()]
    message = f"RefahSeen/1\n{json.dumps(said, separators=(',', ':'))}".encode()
    signature = (key or desk.key).sign(message).hex()
    return dict(zip(("device", "seq", "at"), said, strict=True)) | {"signature": signature} | over


def send(client, desk, body):
    path = f"/card/desk/devices/{desk.device.pk}/seen/"
    return client.post(path, json.dumps(body), content_type="application/json")


def synced(desk):
    return Device.objects.get(pk=desk.device.pk).synced_at


def test_an_idle_device_is_synced_up_to_what_it_says_and_its_lease_comes_back(client, desk):
    _card, account = make_allowance(make_rule(5))
    now = timezone.now()
    open_lease(account, device=desk.device, visits=3, by=None, at=now - timedelta(days=7, hours=1))
    assert close_ended_leases(now) == 0
    answer = send(client, desk, word(desk, now))
    assert (answer.status_code, answer.json()) == (200, {"gapless": 0})
    assert synced(desk) == now
    assert close_ended_leases(now) == 1
    assert Account.objects.get(pk=account.pk).balance == 5


def test_an_old_word_sent_again_moves_nothing_back_and_one_from_the_future_counts_up_to_now(client, desk):
    now = timezone.now()
    old, new = word(desk, now - timedelta(hours=5)), word(desk, now - timedelta(hours=1))
    send(client, desk, new)
    assert send(client, desk, old).status_code == 200
    assert synced(desk) == now - timedelta(hours=1)
    send(client, desk, word(desk, now + timedelta(days=30)))
    assert now <= synced(desk) <= timezone.now()


def test_a_word_that_does_not_know_of_all_records_moves_nothing(client, desk):
    (card, _account), now, before = make_allowance(make_rule()), timezone.now(), synced(desk)
    desk.write(card, at=(now - timedelta(days=3)).isoformat())
    desk.write(card, at=(now - timedelta(days=3)).isoformat())
    receive_records(desk.device, desk.records()[1:], at=now)
    for seq in (1, 2):
        assert send(client, desk, word(desk, now, seq=seq)).json() == {"gapless": 0}
    assert synced(desk) == before
    receive_records(desk.device, desk.records()[:1], at=now)
    assert send(client, desk, word(desk, now, seq=0)).json() == {"gapless": 2}
    assert synced(desk) == before
    send(client, desk, word(desk, now, seq=2))
    assert synced(desk) == now


def test_only_the_device_itself_says_so_and_no_blocked_one(client, desk):
    now, before, other = timezone.now(), synced(desk), Desk(make_venue())
    assert send(client, desk, word(desk, now, key=other.key)).status_code == 409
    assert send(client, desk, word(other, now)).status_code == 409
    assert send(client, desk, word(desk, now) | {"at": (now + timedelta(hours=1)).isoformat()}).status_code == 409
    unknown = client.post(f"/card/desk/devices/{2**62}/seen/", word(desk, now), content_type="application/json")
    assert unknown.status_code == 403
    Device.objects.filter(pk=desk.device.pk).update(broken_at=now)
    assert send(client, desk, word(desk, now)).status_code == 200
    assert synced(desk) == before
    block_device(desk.device, reason="lost", by=None, at=now)
    assert send(client, desk, word(desk, now)).status_code == 409
    assert synced(desk) == before


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"seq": -1}, "seq"), ({"seq": True}, "seq"), ({"seq": 2**70}, "seq"), ({"at": "now"}, "at"),
        ({"at": None}, "at"), ({"device": "1"}, "device"), ({"signature": "zz"}, "signature"),
        ({"signature": "\ud800"}, "signature"),
    ],
)  # fmt: skip
def test_each_wrong_field_is_named(client, desk, change, field):
    answer = send(client, desk, word(desk, timezone.now()) | change)
    assert (answer.status_code, answer.json()["field"]) == (400, field)
    assert send(client, desk, [1]).status_code == 400
    assert client.post(f"/card/desk/devices/{desk.device.pk}/seen/", {"a": "b"}).status_code == 415
