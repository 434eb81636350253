"""Keeping doors: devices are looked at, blocked, mended and opened for a day, women's hours come and end."""

from datetime import time, timedelta

import pytest
from django.utils import timezone

from taar.journal.models import Entry
from taar.lib.jalali import local_day, to_jalali
from taar.lib.refusals import Refused
from taar.organizations.models import Duty, Venue
from tests.organizations.factories import make_official
from tests.people.factories import make_person, sign_in
from tests.welfare_card.ledger_factories import NOON, Desk, make_allowance, make_rule, make_venue
from welfare_card.actions.devices import block_device, mend_chain, open_emergency, receive_records
from welfare_card.actions.leases import close_ended_leases, open_lease
from welfare_card.actions.womens_hours import set_womens_hours
from welfare_card.models import Account, Device, Emergency, Visit, WomensHours

pytestmark = pytest.mark.django_db
LIST = "/card/desk/keep/"


@pytest.fixture
def venue(client):
    """A venue that the client heads."""
    venue = make_venue()
    sign_in(client, make_official(Duty.HEAD, organization=venue.organization), second_factor=True)
    return venue


def typed(day) -> str:
    return str(to_jalali(day)).replace("-", "/")


def page(venue) -> str:
    return f"{LIST}{venue.pk}/"


def break_chain(desk: Desk, card) -> None:
    """A journal whose second line does not follow its first; two more come after it."""
    desk.write(card)
    desk.prev = "ab" * 32
    for _count in range(3):
        desk.write(card)
    receive_records(desk.device, desk.records(), at=NOON)


def test_a_head_sees_the_venues_of_their_body_and_an_administrator_finds_all(client, venue):
    other = make_venue()
    Venue.objects.filter(pk=other.pk).update(name_fa="استخر دیگر")
    other.refresh_from_db()
    listed = client.get(LIST).content.decode()
    assert venue.name in listed
    assert other.name not in listed
    assert client.get(page(other)).status_code == 404
    sign_in(client, make_official(Duty.CARDS), second_factor=True)
    assert {venue.name, other.name} <= {row.name for row in client.get(LIST).context["page"]}
    assert [row.name for row in client.get(LIST, {"name": "استخر"}).context["page"]] == [other.name]
    assert client.get(page(other)).status_code == 200


@pytest.mark.parametrize("duty", [Duty.VENUE, Duty.ACCOUNTS, Duty.ANSWER])
def test_who_only_stands_at_the_door_keeps_nothing(client, duty):
    venue = make_venue()
    device = Desk(venue).device
    sign_in(client, make_official(duty, organization=venue.organization), second_factor=True)
    assert client.get(LIST).status_code == 403
    for path in (page(venue), f"{LIST}devices/{device.pk}/block/", f"{page(venue)}hours/"):
        assert client.post(path).status_code == 404


def test_a_device_is_blocked_with_a_reason_that_the_log_keeps(client, venue):
    device = Desk(venue).device
    path = f"{LIST}devices/{device.pk}/block/"
    assert client.post(path, {"reason": ""}).status_code == 422
    assert client.post(path, {"reason": "because of Ali"}).status_code == 422
    assert client.post(path, {"reason": "lost"}).status_code == 302
    assert Device.objects.get(pk=device.pk).blocked_at
    assert Entry.objects.get(verb="block_device").facts == {"device": device.pk, "reason": "lost"}
    assert client.post(path, {"reason": "lost"}).status_code == 422
    assert path not in client.get(page(venue)).content.decode()


def test_what_a_blocked_device_held_comes_back_when_that_ends():
    (_card, account), desk = make_allowance(make_rule(5)), Desk(make_venue())
    lease = open_lease(account, device=desk.device, visits=2, by=None, at=NOON)
    block_device(desk.device, reason="lost", by=None, at=NOON)
    assert close_ended_leases(lease.until_at - timedelta(seconds=1)) == 0
    assert close_ended_leases(lease.until_at) == 1
    assert Account.objects.get(pk=account.pk).balance == 5


def test_a_broken_chain_goes_on_when_somebody_has_looked_at_it(client, venue):
    (card, _account), desk = make_allowance(make_rule(9)), Desk(venue)
    break_chain(desk, card)
    assert (Visit.objects.count(), desk.device.gapless_seq) == (1, 0)
    assert client.get(LIST).context["page"].rows[0].alarms == 1
    path = f"{LIST}devices/{desk.device.pk}/mend/"
    assert path in client.get(page(venue)).content.decode()
    assert client.post(path, {"reason": "restored"}).status_code == 302
    mended = Device.objects.get(pk=desk.device.pk)
    assert (mended.broken_at, mended.gapless_seq, Visit.objects.count()) == (None, 4, 4)
    assert Entry.objects.get(verb="mend_chain").facts == {"device": mended.pk, "number": 2, "reason": "restored"}
    assert client.get(LIST).context["page"].rows[0].alarms == 0
    assert client.post(path, {"reason": "restored"}).status_code == 422


def test_no_chain_is_mended_that_is_whole_or_of_a_blocked_device():
    (card, _account), whole, blocked = make_allowance(make_rule()), Desk(make_venue()), Desk(make_venue())
    break_chain(blocked, card)
    block_device(blocked.device, reason="broken", by=None, at=NOON)
    for desk in (whole, blocked):
        with pytest.raises(Refused):
            mend_chain(desk.device, reason="fault", by=None, at=NOON)


def test_a_missing_record_is_shown_until_it_comes(client, venue):
    (card, _account), desk = make_allowance(make_rule()), Desk(venue)
    for _count in range(3):
        desk.write(card)
    receive_records(desk.device, desk.records()[1:], at=NOON)
    assert client.get(LIST).context["page"].rows[0].alarms == 1
    assert client.get(page(venue)).context["devices"].rows[0].missing
    receive_records(desk.device, desk.records()[:1], at=NOON)
    assert client.get(LIST).context["page"].rows[0].alarms == 0


def test_an_emergency_day_is_opened_for_today_or_later_once_a_venue(client, venue):
    device, today = Desk(venue).device, local_day(timezone.now())
    path = f"{LIST}devices/{device.pk}/emergency/"
    assert client.post(path, {"on": typed(today - timedelta(days=1))}).status_code == 422
    assert client.post(path, {"on": "1405/13/40"}).status_code == 422
    assert client.post(path, {"on": typed(today)}).status_code == 302
    assert Emergency.objects.get().on == today
    assert client.post(path, {"on": typed(today)}).status_code == 422
    assert device.name in client.get(page(venue)).content.decode().split('id="emergencies"')[1]


def test_no_emergency_day_is_opened_for_a_device_that_is_blocked_or_broken():
    (card, _account), broken, blocked = make_allowance(make_rule()), Desk(make_venue()), Desk(make_venue())
    break_chain(broken, card)
    block_device(blocked.device, reason="lost", by=None, at=NOON)
    for desk in (broken, blocked):
        with pytest.raises(Refused):
            fresh = Device.objects.get(pk=desk.device.pk)
            open_emergency(fresh, on=local_day(NOON), by=make_person(), at=NOON)


def test_womens_hours_are_set_and_ended_on_the_page(client, venue):
    today = local_day(timezone.now())
    hours = {"weekday": "2", "opens_at": "۰۹:۰۰", "closes_at": "12:30", "family": "", "owner_label": "دستگاه"}
    path = f"{page(venue)}hours/"
    assert client.post(path, hours | {"from_on": typed(today - timedelta(days=1))}).status_code == 422
    assert client.post(path, hours | {"from_on": typed(today), "closes_at": "08:00"}).status_code == 422
    assert client.post(path, hours | {"from_on": typed(today), "family": "culture"}).status_code == 422
    assert client.post(path, hours | {"from_on": typed(today), "weekday": "7"}).status_code == 422
    assert client.post(path, hours | {"from_on": typed(today)}).status_code == 302
    row = WomensHours.objects.get()
    assert (row.weekday, row.opens_at, row.closes_at, row.until_on) == (2, time(9), time(12, 30), None)
    end = f"{LIST}hours/{row.pk}/end/"
    assert end in client.get(page(venue)).content.decode()
    assert client.post(end, {"until_on": typed(today - timedelta(days=1))}).status_code == 422
    assert client.post(end, {"until_on": typed(today)}).status_code == 302
    assert end not in client.get(page(venue)).content.decode()
    assert set(Entry.objects.values_list("verb", flat=True)) >= {"set_womens_hours", "end_womens_hours"}


def test_the_pages_ask_the_database_as_often_for_six_as_for_one(client, venue, django_assert_max_num_queries):
    now = timezone.now()
    hours = {"opens_at": time(9), "closes_at": time(10), "owner_label": "x", "from_on": local_day(now)}
    for count in range(6):
        device = Desk(venue).device
        open_emergency(device, on=local_day(now) + timedelta(days=count), by=make_person(), at=now)
        set_womens_hours(venue, weekday=count, by=None, at=now, **hours)
        make_venue(organization=venue.organization)
    client.get(LIST)
    with django_assert_max_num_queries(12):
        assert len(client.get(LIST).context["page"]) == 7
    with django_assert_max_num_queries(13):
        assert len(client.get(page(venue)).context["devices"]) == 6


def test_venues_devices_and_hours_go_on_by_pages(client, venue):
    now = timezone.now()
    for count in range(31):
        make_venue(organization=venue.organization)
        hours = {"opens_at": time(9), "closes_at": time(10), "owner_label": "x", "from_on": local_day(now)}
        set_womens_hours(venue, weekday=count % 7, by=None, at=now, **hours)
    for _count in range(13):
        block_device(Desk(venue).device, reason="replaced", by=None, at=now)
    first, kept = client.get(LIST).context["page"], client.get(page(venue)).context
    assert (len(first), len(kept["devices"]), len(kept["hours"])) == (30, 12, 30)
    assert len(client.get(LIST, {"after": first.next}).context["page"]) == 2
    rest = client.get(page(venue), {"devices": kept["devices"].next, "hours": kept["hours"].next}).context
    assert (len(rest["devices"]), len(rest["hours"])) == (1, 1)
