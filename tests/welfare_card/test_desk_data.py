import json
from datetime import UTC, datetime, time, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.utils import timezone

from taar.lib.jalali import local_day
from taar.lib.numbers import value
from taar.organizations.models import Duty
from tests.organizations.factories import make_official
from tests.people.factories import make_person, sign_in
from tests.welfare_card.ledger_factories import Desk, make_allowance, make_rule, make_venue
from welfare_card.actions.devices import block_device, open_emergency
from welfare_card.actions.leases import book_visit, open_lease
from welfare_card.models import Card, Device, WomensHours
from welfare_card.numbers import DEVICES_OF_VENUE

pytestmark = pytest.mark.django_db
BUNDLE, DEVICES = "/card/desk/bundle/", "/card/desk/devices/"


def key() -> str:
    return Ed25519PrivateKey.generate().public_key().public_bytes_raw().hex()


def register(client, **over):
    body = {"name": "گوشی ورودی", "public_key": key()} | over
    return client.post(DEVICES, data=json.dumps(body), content_type="application/json")


@pytest.fixture
def venue(client):
    """A venue, at whose door the client stands."""
    venue = make_venue()
    sign_in(client, make_official(Duty.VENUE, organization=venue.organization))
    return venue


def test_who_stands_at_the_door_registers_a_device_of_that_venue(client, venue):
    answer = register(client, venue=venue.pk)
    assert answer.status_code == 201
    device = Device.objects.get(pk=answer.json()["device"])
    assert (device.venue, device.name, answer.json()["venue"]) == (venue, "گوشی ورودی", venue.pk)


@pytest.mark.parametrize(
    ("change", "status", "field"),
    [
        ({"public_key": "ab"}, 400, "public_key"),
        ({"public_key": None}, 400, "public_key"),
        ({"public_key": "z" * 64}, 400, "public_key"),
        ({"name": 5}, 400, "name"),
        ({"name": "\u202e "}, 409, "name"),
        ({"venue": None}, 403, ""),
        ({"venue": "1"}, 403, ""),
        ({"venue": True}, 403, ""),
        ({"venue": 2**70}, 403, ""),
    ],
)
def test_a_wrong_device_is_told_what_is_wrong(client, venue, change, status, field):
    answer = register(client, **({"venue": venue.pk} | change))
    assert (answer.status_code, answer.json()["field"]) == (status, field)
    assert answer.json()["error"]
    assert not Device.objects.exists()


def test_a_key_is_registered_once_and_a_venue_has_so_many_devices(client, venue):
    same = key()
    assert register(client, venue=venue.pk, public_key=same).status_code == 201
    assert register(client, venue=venue.pk, public_key=same).status_code == 409
    for _count in range(value(DEVICES_OF_VENUE) - 1):
        assert register(client, venue=venue.pk).status_code == 201
    assert register(client, venue=venue.pk).status_code == 409
    block_device(Device.objects.first(), reason="lost", by=None, at=timezone.now())
    assert register(client, venue=venue.pk).status_code == 201


def test_another_venue_is_not_ones_own(client, venue):
    other = Desk(make_venue())
    assert register(client, venue=other.device.venue_id).status_code == 403
    for device in (other.device.pk, "", "x", "\0", 2**70):
        assert client.get(BUNDLE, {"device": device}).status_code == 404
    sign_in(client, make_person())
    assert client.get(BUNDLE, {"device": other.device.pk}).status_code == 403


def test_who_is_signed_out_or_stands_at_no_door_is_told_so_in_json(client):
    for status in (401, 403):
        for answer in (client.get(BUNDLE), register(client)):
            assert (answer.status_code, answer["Content-Type"]) == (status, "application/json")
            assert answer.json()["error"]
        sign_in(client, make_person())


def test_a_device_is_given_what_it_holds_and_nobody_elses(client, venue):
    now = timezone.now()
    today, rule, desk = local_day(now), make_rule(), Desk(venue, at=now)
    booked, leased, other, bare = (make_allowance(rule) for _count in range(4))
    Card.objects.filter(pk=booked[0].pk).update(short_name="زهرا", flags=1 | 2 | 4)
    Card.objects.filter(pk=bare[0].pk).update(status="suspended", blocked_at=now)
    book_visit(booked[1], venue=venue, on=today, by=None, at=now)
    book_visit(bare[1], venue=venue, on=today, by=None, at=now)
    book_visit(other[1], venue=make_venue(), on=today, by=None, at=now)
    lease = open_lease(leased[1], device=desk.device, by=None, at=now, visits=2)
    open_lease(other[1], device=Desk(make_venue(), at=now).device, by=None, at=now, visits=2)
    hours = {"weekday": 3, "opens_at": time(9), "closes_at": time(12), "owner_label": "x"}
    WomensHours.objects.create(venue=venue, from_on=today, **hours)
    WomensHours.objects.create(venue=venue, from_on=today - timedelta(days=9), until_on=today, **hours)
    answer = client.get(BUNDLE, {"device": desk.device.pk})
    said = answer.json()
    assert "no-store" in answer["Cache-Control"]
    about = {"family": "sport", "generation": 1}
    assert said["held"] == [
        {"tier": "T1", "index": booked[0].index, "number": booked[0].number, "name": "زهرا", "guardian": True,
         "woman": True, "women_only": False, "on": today.isoformat(), "until": None, "left": 1, **about},
        {"tier": "T2", "index": leased[0].index, "number": leased[0].number, "name": "", "guardian": False,
         "woman": False, "women_only": False, "on": None, "until": lease.until_at.isoformat(), "left": 2, **about},
    ]  # fmt: skip
    assert said["device"] == {"id": desk.device.pk, "gapless": 0, "last_hash": "0" * 64, "blocked": False}
    assert said["venue"] == {"id": venue.pk, "name": venue.name, "families": ["sport"]}
    assert said["womens_hours"] == [{"weekday": 3, "opens": "09:00", "closes": "12:00", "family": ""}]
    assert said["list_hours"] == {"fresh": 24, "amber": 72, "last": 168}
    assert (said["emergency"], said["clock_minutes"]) == (None, 10)
    assert said["words"]["list_too_old"]
    assert datetime.fromisoformat(said["now"]).astimezone(UTC) - now < timedelta(minutes=1)


def test_an_emergency_day_is_told_to_its_device_and_a_blocked_device_holds_nothing(client, venue):
    now = timezone.now()
    desk = Desk(venue, at=now)
    open_emergency(desk.device, on=local_day(now), by=make_person(), at=now)
    _card, account = make_allowance(make_rule())
    book_visit(account, venue=venue, on=local_day(now), by=None, at=now)
    said = client.get(BUNDLE, {"device": desk.device.pk}).json()
    assert said["emergency"] == {"on": local_day(now).isoformat(), "left": 20}
    assert len(said["held"]) == 1
    block_device(desk.device, reason="lost", by=None, at=now)
    said = client.get(BUNDLE, {"device": desk.device.pk}).json()
    assert (said["held"], said["emergency"], said["device"]["blocked"]) == ([], None, True)


def test_the_bundle_asks_the_database_as_often_for_six_as_for_one(client, venue, django_assert_max_num_queries):
    now = timezone.now()
    desk, rule = Desk(venue, at=now), make_rule()
    for _count in range(6):
        card, account = make_allowance(rule)
        book_visit(account, venue=venue, on=local_day(now), by=None, at=now)
        open_lease(account, device=desk.device, by=None, at=now, visits=1)
        assert card.pk
    with django_assert_max_num_queries(12):
        assert len(client.get(BUNDLE, {"device": desk.device.pk}).json()["held"]) == 12
