from datetime import timedelta

import pytest

from taar.lib.refusals import Refused
from taar.notifications.models import Notification
from taar.organizations.models import Duty
from tests.organizations.factories import make_official
from tests.people.factories import make_person
from tests.welfare_card.ledger_factories import DAY, NOON, Desk, ask, make_allowance, make_rule, make_venue
from welfare_card.actions.devices import alarm_gaps, block_device, open_emergency, receive_records
from welfare_card.actions.leases import book_visit, cancel_booking, close_lease, open_lease, release_missed
from welfare_card.actions.visits import take_visit
from welfare_card.models import Account, Device, Visit
from welfare_card.queries.ledger import balance_of, ledger_differences
from welfare_card.visit_request import read_record

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=8)


def left(account) -> int:
    return Account.objects.get(pk=account.pk).balance


def outcomes() -> list[str]:
    return list(Visit.objects.order_by("posted_at", "at").values_list("outcome", flat=True))


def test_a_lease_takes_what_it_holds_and_no_more_and_gives_the_rest_back_after_its_device_synced():
    (card, account), desk = make_allowance(make_rule(5)), Desk(make_venue())
    lease = open_lease(account, device=desk.device, by=None, at=NOON, visits=2)
    assert left(account) == 3
    for hour in range(3):
        desk.write(card, tier="T2", at=(NOON + timedelta(hours=hour)).isoformat())
    assert receive_records(desk.device, desk.records(), at=NOON + timedelta(days=1)) == 3
    assert outcomes() == ["ok", "ok", "no_lease"]
    assert left(account) == 3
    with pytest.raises(Refused):
        close_lease(lease, by=None, at=LATER)
    desk.write(card, tier="T2", at=(NOON + timedelta(days=7, hours=1)).isoformat())
    receive_records(desk.device, desk.records(), at=LATER)
    close_lease(lease, by=None, at=LATER)
    assert (left(account), balance_of("venue")) == (3, 2)
    assert ledger_differences()[0] == 0


def test_an_unused_lease_comes_back_whole_and_an_allowance_has_one_at_a_time():
    (card, account), desk = make_allowance(make_rule(5)), Desk(make_venue())
    lease = open_lease(account, device=desk.device, by=None, at=NOON, visits=3)
    with pytest.raises(Refused):
        open_lease(account, device=Desk(make_venue()).device, by=None, at=NOON, visits=1)
    desk.write(card, tier="T2", at=(NOON + timedelta(days=7, hours=1)).isoformat())
    receive_records(desk.device, desk.records(), at=LATER)
    close_lease(lease, by=None, at=LATER)
    assert left(account) == 5
    with pytest.raises(Refused):
        close_lease(lease, by=None, at=LATER)


def test_a_booked_visit_is_held_then_posted_at_the_door_once():
    (card, account), desk = make_allowance(make_rule(5, cap_day=1)), Desk(make_venue())
    book_visit(account, venue=desk.device.venue, on=DAY, by=None, at=NOON)
    assert left(account) == 4
    with pytest.raises(Refused):
        book_visit(account, venue=make_venue(), on=DAY, by=None, at=NOON)
    assert take_visit(ask(card), venue=make_venue().pk, by=None, at=NOON).outcome == "already_used"
    desk.write(card, tier="T1")
    desk.write(card, tier="T1")
    receive_records(desk.device, desk.records(), at=NOON)
    assert sorted(outcomes()) == ["already_used", "not_booked", "ok"]
    assert (left(account), balance_of("held"), balance_of("venue")) == (4, 0, 1)


def test_a_missed_booking_comes_back_only_when_the_venues_devices_have_synced_past_its_day():
    (card, account), desk = make_allowance(make_rule(5)), Desk(make_venue())
    book_visit(account, venue=desk.device.venue, on=DAY, by=None, at=NOON)
    assert release_missed(NOON + timedelta(days=2)) == 0
    desk.write(card, tier="T1", at=(NOON + timedelta(days=1)).isoformat())
    receive_records(desk.device, desk.records(), at=NOON + timedelta(days=2))
    assert release_missed(NOON + timedelta(days=2)) == 1
    assert left(account) == 5


def test_a_booking_is_cancelled_until_the_day_before():
    (_card, account), venue = make_allowance(make_rule(5)), make_venue()
    tomorrow = book_visit(account, venue=venue, on=DAY + timedelta(days=1), by=None, at=NOON)
    today = book_visit(account, venue=venue, on=DAY, by=None, at=NOON)
    cancel_booking(tomorrow, by=None, at=NOON)
    assert left(account) == 4
    for entry in (tomorrow, today):
        with pytest.raises(Refused):
            cancel_booking(entry, by=None, at=NOON)


def test_emergency_visits_are_off_until_opened_and_charged_to_the_loss_account():
    (card, account), desk = make_allowance(make_rule(1)), Desk(make_venue())
    desk.write(card, tier="T3")
    receive_records(desk.device, desk.records(), at=NOON)
    open_emergency(desk.device, on=DAY, by=make_person(), at=NOON)
    desk.write(card, tier="T3", at=(NOON + timedelta(minutes=1)).isoformat())
    desk.write(card, tier="T3", at=(NOON + timedelta(minutes=2)).isoformat())
    receive_records(desk.device, desk.records(), at=NOON)
    assert outcomes() == ["no_emergency", "ok", "already_used"]
    assert (left(account), balance_of("loss"), balance_of("venue")) == (1, -1, 1)


def test_records_are_judged_up_to_the_first_gap_and_repeats_change_nothing():
    (card, account), desk = make_allowance(make_rule(9)), Desk(make_venue())
    open_lease(account, device=desk.device, by=None, at=NOON, visits=3)
    for _count in range(3):
        desk.write(card, tier="T2")
    first, second, third = desk.records()
    assert receive_records(desk.device, [third, first], at=NOON) == 1
    assert receive_records(desk.device, [third], at=NOON) == 1
    assert receive_records(desk.device, [second], at=NOON) == 3
    assert receive_records(desk.device, [first, second, third], at=NOON) == 3
    assert outcomes() == ["ok"] * 3


def test_what_is_not_signed_by_the_device_or_says_something_else_is_refused():
    (card, _account), desk, other = make_allowance(make_rule()), Desk(make_venue()), Desk(make_venue())
    body = desk.write(card)
    forged = body | {"service": "culture"}
    with pytest.raises(Refused):
        receive_records(desk.device, [read_record(forged)], at=NOON)
    with pytest.raises(Refused):
        receive_records(other.device, desk.records(), at=NOON)
    receive_records(desk.device, desk.records(), at=NOON)
    desk.seq = 0
    desk.write(card)
    with pytest.raises(Refused):
        receive_records(desk.device, desk.records()[1:], at=NOON)
    block_device(desk.device, reason="lost", by=None, at=NOON)
    with pytest.raises(Refused):
        receive_records(Device.objects.get(pk=desk.device.pk), desk.records()[:1], at=NOON)


def test_a_broken_chain_is_told_and_nothing_after_it_is_judged():
    (card, _account), desk = make_allowance(make_rule()), Desk(make_venue())
    desk.write(card)
    desk.prev = "ab" * 32
    desk.write(card)
    assert receive_records(desk.device, desk.records(), at=NOON) == 1
    assert Device.objects.get(pk=desk.device.pk).broken_at == NOON


def test_an_id_of_another_visit_counts_for_nothing_and_keeps_no_record_waiting():
    (card, account), desk = make_allowance(make_rule()), Desk(make_venue())
    online = take_visit(ask(card), venue=desk.device.venue_id, by=None, at=NOON)
    desk.write(card, id=online.id)
    desk.write(card)
    assert receive_records(desk.device, desk.records(), at=NOON) == 2
    assert left(account) == 8


def test_a_gap_is_told_to_the_people_of_the_venue_once_after_a_day():
    desk = Desk(make_venue())
    keeper = make_official(Duty.VENUE, organization=desk.device.venue.organization)
    card, _account = make_allowance(make_rule())
    desk.write(card)
    desk.write(card)
    receive_records(desk.device, desk.records()[1:], at=NOON)
    assert alarm_gaps(NOON + timedelta(hours=23)) == 0
    assert alarm_gaps(NOON + timedelta(hours=24)) == 1
    assert alarm_gaps(NOON + timedelta(hours=25)) == 0
    assert Notification.objects.filter(person=keeper, kind="device_gap").count() == 1
