import json
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from taar.lib.jalali import local_day
from taar.organizations.models import Duty
from tests.organizations.factories import make_official
from tests.people.factories import make_person, sign_in
from tests.welfare_card.ledger_factories import Desk, body_of, make_allowance, make_rule, make_venue
from welfare_card.actions.leases import book_visit
from welfare_card.models import Account, RosterEntry, Visit

pytestmark = pytest.mark.django_db


def post(client, body, **headers):
    return client.post("/card/visits/", data=json.dumps(body), content_type="application/json", headers=headers)


def now() -> str:
    return datetime.now(UTC).isoformat()


@pytest.fixture
def door(client):
    """A card with ten visits and somebody at the door of a venue."""
    card, account = make_allowance(make_rule())
    venue = make_venue()
    sign_in(client, make_official(Duty.VENUE, organization=venue.organization))
    return card, account, venue


def test_who_stands_at_the_door_takes_a_visit_and_a_list(client, door):
    card, account, _venue = door
    body = body_of(card, at=now())
    first = post(client, body).json()
    assert (first["outcome"], first["left"], len(first["receipt"])) == ("ok", 9, 32)
    assert post(client, body).json()["receipt"] == first["receipt"]
    many = post(client, [body_of(card, at=now()) for _count in range(3)]).json()["visits"]
    assert [visit["outcome"] for visit in many] == ["ok"] * 3
    assert Account.objects.get(pk=account.pk).balance == 6
    conflict = post(client, body | {"service": "culture"})
    assert (conflict.status_code, conflict.json()["field"]) == (409, "id")


def test_the_sentence_is_in_the_readers_language(client, door):
    card = door[0]
    wrong = body_of(card, at=now()) | {"number": "999999999999"}
    assert post(client, wrong).json()["sentence"]


def test_a_device_signs_instead_of_signing_in(client):
    card, _account = make_allowance(make_rule())
    desk = Desk(make_venue())
    desk.write(card, at=now())
    desk.write(card, at=now())
    second, first = post(client, desk.bodies[1]).json(), post(client, desk.bodies[0]).json()
    assert (second["outcome"], second["gapless"]) == ("waiting", 0)
    assert (first["outcome"], first["gapless"]) == ("ok", 2)
    again = post(client, desk.bodies).json()
    assert [visit["outcome"] for visit in again["visits"]] == ["ok", "ok"]
    forged = desk.bodies[0] | {"service": "culture"}
    assert post(client, forged).status_code == 409
    assert post(client, desk.bodies[0] | {"device": desk.device.pk + 1}).status_code == 403


def test_strangers_and_other_venues_are_turned_away(client, door):
    card = door[0]
    assert post(client, body_of(card, at=now(), venue=make_venue().pk)).status_code == 403
    client.logout()
    assert post(client, body_of(card, at=now())).status_code == 403
    sign_in(client, make_person())
    assert post(client, body_of(card, at=now())).status_code == 403
    assert client.get("/card/visits/").status_code == 405


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"id": "x"}, "id"),
        ({"id": None}, "id"),
        ({"number": "12"}, "number"),
        ({"number": ""}, "number"),
        ({"number": {"a": 1}}, "number"),
        ({"service": "banking"}, "service"),
        ({"service": "\ud800"}, "service"),
        ({"tier": "T9"}, "tier"),
        ({"tier": "T2"}, "tier"),
        ({"at": "yesterday"}, "at"),
        ({"at": "2026-13-45T00:00:00Z"}, "at"),
        ({"at": "2026-11-25T08:00:00"}, "at"),
        ({"at": "9999-12-31T23:59:59-23:59"}, "at"),
        ({"at": 5}, "at"),
        ({"device": 1, "seq": 0}, "seq"),
        ({"device": True, "seq": 1}, "device"),
        ({"device": 1, "seq": 1, "prev": "zz", "signature": ""}, "prev"),
    ],
)
def test_each_wrong_field_is_named_and_nothing_falls_over(client, door, change, field):
    card, account, _venue = door
    answer = post(client, body_of(card, at=now()) | change)
    assert (answer.status_code, answer.json()["field"]) == (400, field)
    assert answer.json()["error"]
    assert Account.objects.get(pk=account.pk).balance == 10


def test_bodies_that_are_no_visit_get_a_clear_answer(client, door):
    for words in (" ", "{", "[]", "5", "null", '"x"', "[[]]", "[" * 5000):
        answer = client.post("/card/visits/", data=words, content_type="application/json")
        assert answer.status_code == 400, words[:10]
        assert answer.json()["error"]
    assert client.post("/card/visits/", data={"a": "b"}).status_code == 415
    huge = client.post("/card/visits/", data=b" " * 10_000_000, content_type="application/json")
    assert huge.status_code == 413
    card = door[0]
    assert post(client, [body_of(card, at=now())] * 501).status_code == 400


def test_a_visit_from_the_future_is_said_to_be_of_a_wrong_clock(client, door):
    future = (datetime.now(UTC) + timedelta(days=2)).isoformat()
    assert post(client, body_of(door[0], at=future)).json()["outcome"] == "clock_wrong"


def test_a_number_typed_in_persian_digits_is_the_same_number(client, door):
    card = door[0]
    persian = card.number.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
    assert post(client, body_of(card, at=now(), number=persian)).json()["outcome"] == "ok"


def test_a_visit_that_is_booked_here_for_today_is_the_one_that_is_taken_and_says_so_again(client, door):
    card, account, venue = door
    entry = book_visit(account, venue=venue, on=local_day(timezone.now()), by=None, at=timezone.now())
    body = body_of(card, at=now())
    first = post(client, body).json()
    entry.refresh_from_db()
    assert (first["outcome"], entry.state) == ("ok", "posted")
    assert Visit.objects.get(pk=body["id"]).tier == "T1"
    again = post(client, body).json()
    assert (again["outcome"], again["receipt"]) == ("ok", first["receipt"])
    assert Account.objects.get(pk=account.pk).balance == 9
    assert post(client, body_of(card, at=now())).json()["left"] == 8


def test_what_is_booked_elsewhere_or_for_another_day_or_asked_by_an_old_clock_stays_held(client, door):
    card, account, venue = door
    today = local_day(timezone.now())
    for place, day in ((make_venue(), today), (venue, today + timedelta(days=1))):
        book_visit(account, venue=place, on=day, by=None, at=timezone.now())
    assert post(client, body_of(card, at=now())).json()["outcome"] == "ok"
    book_visit(account, venue=venue, on=today, by=None, at=timezone.now())
    old = (timezone.now() - timedelta(minutes=11)).isoformat()
    assert post(client, body_of(card, at=old)).json()["outcome"] == "clock_wrong"
    assert RosterEntry.objects.filter(state="held").count() == 3


def test_a_refused_visit_tells_where_the_others_went(client, door):
    card, _account, venue = door
    for _count in range(10):
        post(client, body_of(card, at=now()))
    refused = post(client, body_of(card, at=now())).json()
    assert refused["outcome"] == "no_visits_left"
    assert [use["venue"] for use in refused["used"]] == [venue.name] * 3
