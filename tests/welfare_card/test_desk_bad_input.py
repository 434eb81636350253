"""Whatever is sent to whichever address of the desk, by whomever: never a fault of ours, and nothing is changed."""

import json

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.people.factories import sign_in
from tests.welfare_card.scene import make_card_scene
from welfare_card.models import Device, Emergency, Visit, WomensHours

pytestmark = pytest.mark.django_db
NAMES = [
    "card", "family", "guardian", "once", "venue", "visit", "reason", "on", "weekday", "opens_at", "closes_at",
    "owner_label", "from_on", "until_on", "name", "public_key", "device", "seq", "at", "signature",
]  # fmt: skip
JUNK = ["", "سلام\x00دنیا", "ب" * 10_000, '🧿 <b onclick="x">{{ 1 }} %s \u202e', "9" * 40, "-1", "۱۴۰۵/۱۳/۴۵", ["a"]]
QUERIES = ["venue", "visit", "booked", "before", "after", "devices", "hours", "name", "device"]
CURSORS = ["x", "W10", "WyJ4Il0", "W251bGxd", "\x00", "WzFlOTk5XQ", "9" * 40, "WyIyMDI2Il0", "WzEsMV0"]


def addresses(scene) -> list[str]:
    """Every address of the desk that holds something of the scene."""
    things = {"keep_venue": scene.venue, "set_womens_hours": scene.venue, "end_womens_hours": scene.hours}
    things |= dict.fromkeys(("block_device", "mend_chain", "open_emergency", "desk_seen"), scene.device)
    things |= dict.fromkeys(("desk_reverse", "desk_confirm"), scene.visit)
    bare = ["desk", "desk_devices", "desk_bundle", "keep_doors", "desk_shell", "desk_worker", "desk_manifest"]
    return [reverse(name, args=[thing.pk]) for name, thing in things.items()] + [reverse(name) for name in bare]


@pytest.mark.parametrize("role", ["visitor", "resident", "venue officer", "head of the venue"])
def test_no_address_of_the_desk_breaks_by_what_is_sent_there(role):
    scene = make_card_scene()
    client, person = Client(), scene.people[role]
    if role != "visitor":
        sign_in(client, person, second_factor=True)
    before = counts()
    faults = []
    for path in addresses(scene):
        for junk in JUNK:
            said = dict.fromkeys(NAMES, junk)
            for send in (
                lambda: client.post(path, said),  # noqa: B023 – called at once
                lambda: client.post(path, json.dumps(said), content_type="application/json"),  # noqa: B023
                lambda: client.post(path, json.dumps(junk), content_type="application/json"),  # noqa: B023
            ):
                faults += judged(path, junk, send)
        for name in QUERIES if client.get(path).status_code == 200 else ():
            for cursor in CURSORS:
                faults += judged(path, f"?{name}={cursor}", lambda: client.get(path, {name: cursor}))  # noqa: B023
    assert not faults, "\n".join(faults)
    assert counts() == before


def judged(path: str, said: object, send) -> list[str]:
    """What is wrong with the answer to something that was sent; what it did is undone."""
    try:
        with transaction.atomic():
            status = send().status_code
            transaction.set_rollback(status == 302 and path.endswith("/reverse/"))
    except Exception as fault:  # noqa: BLE001 – whatever breaks is what this test is for
        return [f"{path} {str(said)[:30]}: {type(fault).__name__} {str(fault)[:200]}"]
    return [f"{path} {str(said)[:30]} → {status}"] if status >= 500 else []


def counts() -> list[int]:
    """How much there is of all that these addresses write."""
    blocked = Device.objects.exclude(blocked_at=None).count()
    return [blocked, *(model.objects.count() for model in (Device, Emergency, WomensHours))] + [
        Visit.objects.filter(outcome="ok").count()
    ]
