"""What the demonstration shows at the pool's door, and to whoever keeps it."""

import pytest
from django.core.management import call_command

from tests.whole.test_walk import client_of
from welfare_card.models import Device, Visit

pytestmark = pytest.mark.django_db


def test_the_pool_has_a_desk_guests_for_today_and_womens_hours():
    call_command("demo", verbosity=0)
    device = Device.objects.get()
    assert device.gapless_seq == 1
    assert Visit.objects.get(device=device).outcome == "ok"
    officer, head = client_of("venue officer"), client_of("head")
    assert 'href="/card/desk/"' in officer.get("/my/").content.decode()
    assert 'href="/card/desk/"' in officer.get("/card/").content.decode()
    booked = officer.get(f"/card/desk/?venue={device.venue_id}").context["booked"].rows
    assert len(booked) == 5
    assert any(entry.guardian for entry in booked)
    assert 'href="/card/desk/keep/"' in head.get("/my/").content.decode()
    kept = head.get(f"/card/desk/keep/{device.venue_id}/").context
    assert [row.name for row in kept["devices"]] == [device.name]
    assert len(kept["hours"]) == 2
