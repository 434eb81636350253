"""What the door says to a desk: the list that it went by, women's hours, guardians, and cards that have ended since."""

from datetime import time, timedelta

import pytest

from tests.welfare_card.ledger_factories import (
    DAY,
    NOON,
    Desk,
    ask,
    make_allowance,
    make_card,
    make_list,
    make_rule,
    make_venue,
)
from welfare_card.actions.devices import receive_records
from welfare_card.actions.leases import book_visit, open_lease
from welfare_card.actions.visits import take_visit
from welfare_card.actions.womens_hours import end_womens_hours, set_womens_hours
from welfare_card.models import Account, Card, StatusList, Visit

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=3)
WOMAN, CHILD, GUARDIAN, WOMEN_ONLY = 1, 2, 4, 16
WEDNESDAY = 4


@pytest.fixture
def held():
    """A card, its allowance, and a desk that holds two of its visits."""
    card, account = make_allowance(make_rule(9))
    desk = Desk(make_venue())
    open_lease(account, device=desk.device, by=None, at=NOON - timedelta(days=1), visits=2)
    return card, account, desk


def flagged(flags: int) -> Card:
    """A card with these flags and nine visits of sport."""
    rule = make_rule(9)
    return make_allowance(rule, make_card(rule.plan, flags=flags))[0]


def offline(desk: Desk, card: Card, **over) -> str:
    """The word of the house on a visit that the desk took while it was cut off."""
    body = desk.write(card, **({"tier": "T2"} | over))
    receive_records(desk.device, desk.records(), at=LATER)
    return Visit.objects.get(pk=body["id"]).outcome


def online(card: Card, venue, **over) -> str:
    return take_visit(ask(card, **over), venue=venue.pk, by=None, at=NOON).outcome


def test_a_list_of_seven_days_is_the_oldest_that_lets_in(held):
    card, _account, desk = held
    assert offline(desk, card, list=make_list(2, NOON - timedelta(days=7))) == "ok"
    assert offline(desk, card, list=make_list(3, NOON - timedelta(days=7, seconds=1))) == "list_too_old"


def test_a_list_that_the_house_never_issued_lets_nobody_in(held):
    card, account, desk = held
    assert offline(desk, card, list=999) == "list_too_old"
    assert offline(desk, card, list=None) == "list_too_old"
    assert Account.objects.get(pk=account.pk).balance == 7
    assert not StatusList.objects.filter(seq=999).exists()


@pytest.mark.parametrize(("after_list", "said"), [(-60, "blocked"), (0, "blocked"), (1, "ok"), (3600, "ok")])
def test_a_card_blocked_before_or_with_the_list_is_refused_and_one_blocked_after_it_is_let_in(held, after_list, said):
    card, _account, desk = held
    issued = StatusList.objects.get(seq=desk.list).issued_at
    Card.objects.filter(pk=card.pk).update(status="suspended", blocked_at=issued + timedelta(seconds=after_list))
    assert offline(desk, card) == said
    assert online(card, desk.device.venue) == "blocked"


def test_a_booked_visit_of_a_card_blocked_after_the_list_is_taken_too(held):
    _card, _account, desk = held
    card, account = make_allowance(make_rule(3))
    book_visit(account, venue=desk.device.venue, on=DAY, by=None, at=NOON - timedelta(hours=5))
    Card.objects.filter(pk=card.pk).update(status="revoked", blocked_at=NOON - timedelta(minutes=1))
    assert offline(desk, card, tier="T1") == "ok"


def test_a_card_that_expired_since_is_let_in_offline_but_not_one_past_its_days(held):
    card, _account, desk = held
    Card.objects.filter(pk=card.pk).update(status="expired")
    assert offline(desk, card) == "ok"
    assert online(card, desk.device.venue) == "expired"
    past = (NOON - timedelta(days=400)).isoformat()
    assert offline(desk, card, at=past, list=make_list(4, NOON - timedelta(days=401))) == "expired"


def test_in_womens_hours_only_who_is_a_woman_by_the_card_comes_in():
    venue = make_venue(families=["sport", "culture"])
    hours = {"weekday": WEDNESDAY, "opens_at": time(11), "closes_at": time(13), "owner_label": "دستگاه"}
    row = set_womens_hours(venue, from_on=DAY, family="sport", by=None, at=NOON, **hours)
    assert online(flagged(0), venue) == "womens_session"
    assert online(flagged(CHILD), venue) == "womens_session"
    assert online(flagged(WOMAN), venue) == "ok"
    for moment, said in ((time(11), "womens_session"), (time(10, 59), "ok"), (time(13), "ok")):
        at = NOON.replace(hour=0, minute=0) + timedelta(hours=moment.hour - 3.5, minutes=moment.minute)
        visit = take_visit(ask(flagged(0), at=at.isoformat()), venue=venue.pk, by=None, at=at)
        assert visit.outcome == said, moment
    end_womens_hours(row, until_on=DAY, by=None, at=NOON)
    assert online(flagged(0), venue) == "ok"


def test_womens_hours_of_another_weekday_service_or_later_day_close_no_door():
    venue = make_venue(families=["sport", "culture"])
    hours = {"opens_at": time(0), "closes_at": time(23), "owner_label": "دستگاه", "by": None, "at": NOON}
    set_womens_hours(venue, weekday=WEDNESDAY + 1, from_on=DAY, **hours)
    set_womens_hours(venue, weekday=WEDNESDAY, from_on=DAY, family="culture", **hours)
    set_womens_hours(venue, weekday=WEDNESDAY, from_on=DAY + timedelta(days=1), **hours)
    assert online(flagged(0), venue) == "ok"


def test_a_card_for_womens_hours_alone_comes_in_then_and_at_no_other_hour():
    venue = make_venue()
    assert online(flagged(WOMAN | WOMEN_ONLY), venue) == "womens_session"
    assert online(flagged(WOMEN_ONLY), venue) == "womens_session"
    hours = {"weekday": WEDNESDAY, "opens_at": time(11), "closes_at": time(13), "owner_label": "دستگاه"}
    set_womens_hours(venue, from_on=DAY, by=None, at=NOON, **hours)
    assert online(flagged(WOMAN | WOMEN_ONLY), venue) == "ok"
    assert online(flagged(WOMEN_ONLY), venue) == "womens_session"


def test_an_offline_visit_in_womens_hours_is_refused_by_its_own_hour(held):
    card, _account, desk = held
    hours = {"weekday": WEDNESDAY, "opens_at": time(11), "closes_at": time(13), "owner_label": "دستگاه"}
    set_womens_hours(desk.device.venue, from_on=DAY, by=None, at=NOON, **hours)
    assert offline(desk, card, at=NOON.isoformat()) == "womens_session"
    assert offline(desk, card, at=(NOON + timedelta(hours=2)).isoformat()) == "ok"


def test_a_child_with_the_flag_comes_in_beside_a_guardian_only():
    venue, card = make_venue(), flagged(CHILD | GUARDIAN)
    assert online(card, venue) == "guardian_needed"
    assert online(card, venue, guardian=False) == "guardian_needed"
    assert online(card, venue, guardian=True) == "ok"
    assert online(flagged(CHILD), venue) == "ok"
