"""What is found among visits, each thing once, and what becomes of it."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.urls import reverse

from taar.journal.models import Entry
from taar.lib.refusals import Refused
from taar.organizations.models import Duty
from tests.organizations.factories import AT, make_official, make_organization
from tests.people.factories import make_person, sign_in
from tests.places.factories import make_county, make_place
from tests.welfare_card.factories import make_active_card, make_administrator, make_checker, make_signing_keys
from tests.welfare_card.holder_factories import make_child, make_visit
from tests.welfare_card.ledger_factories import Desk, make_card, make_rule, make_venue
from welfare_card.actions.signs import act_on_sign, dismiss_sign, find_concentration, find_signs, report_visit
from welfare_card.models import Card, Sign
from welfare_card.queries.signs import distance_km

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=3)


@pytest.fixture
def card():
    return make_card(make_rule().plan)


def venue_at(lat: float | None = None, lon: float | None = None, **over):
    place = make_place(parent=make_county(lat=lat, lon=lon))
    venue = make_venue(organization=make_organization(), **over)
    type(venue).objects.filter(pk=venue.pk).update(place=place)
    return venue


def found() -> list[str]:
    return sorted(Sign.objects.values_list("kind", flat=True))


def test_three_visits_of_a_card_within_an_hour_are_a_sign_once(card):
    venue = make_venue()
    for minute in (0, 20, 59):
        make_visit(card, venue=venue, at=AT + timedelta(minutes=minute))
    assert find_signs(LATER) == 1
    assert find_signs(LATER + timedelta(hours=1)) == 0
    sign = Sign.objects.get()
    assert (sign.kind, sign.card_id, sign.facts) == ("velocity", card.pk, {"visits": 3})


def test_slow_refused_and_reversed_visits_are_no_velocity(card):
    venue = make_venue()
    for minute in (0, 30, 61):
        make_visit(card, venue=venue, at=AT + timedelta(minutes=minute))
    make_visit(card, venue=venue, at=AT, outcome="already_used")
    make_visit(card, venue=venue, at=AT, reversed_at=AT)
    assert find_signs(LATER) == 0


def test_two_counties_closer_in_time_than_the_way_are_a_sign(card):
    ahvaz, abadan = venue_at(31.32, 48.67), venue_at(30.34, 48.30)
    make_visit(card, venue=ahvaz, at=AT)
    make_visit(card, venue=abadan, at=AT + timedelta(minutes=40))
    find_signs(LATER)
    sign = Sign.objects.get()
    assert (sign.kind, sign.venue_id, sign.facts["minutes"]) == ("travel", abadan.pk, 40)
    assert 110 < sign.facts["km"] < 120


def test_two_counties_with_time_for_the_way_or_without_a_known_point_are_no_sign(card):
    other = make_card(card.plan)
    for who, first, second, minutes in (
        (card, venue_at(31.32, 48.67), venue_at(30.34, 48.30), 100),
        (other, venue_at(), venue_at(), 5),
    ):
        make_visit(who, venue=first, at=AT)
        make_visit(who, venue=second, at=AT + timedelta(minutes=minutes))
    assert find_signs(LATER) == 0


def test_the_way_between_two_points_is_that_of_the_globe():
    assert distance_km(31.0, 48.0, 31.0, 48.0) == 0
    assert distance_km(0, 0, 0, 90) == pytest.approx(10_007.5, abs=1)


def test_a_visit_outside_the_hours_is_a_sign_of_its_venue_and_day(card):
    venue = make_venue(opens_at=time(8), closes_at=time(20))
    night = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)  # 4:30 in Tehran
    early = datetime(2026, 11, 24, 4, 5, tzinfo=UTC)  # 7:35, within the half hour
    for at in (night, night + timedelta(minutes=2), early):
        make_visit(make_card(card.plan), venue=venue, at=at)
    make_visit(make_card(card.plan), venue=make_venue(), at=night)  # of a venue that names no hours
    find_signs(night + timedelta(hours=5))
    sign = Sign.objects.get()
    assert (sign.kind, sign.venue_id, sign.facts, sign.card) == ("hours", venue.pk, {"visits": 2}, None)


def test_many_visits_from_one_device_within_minutes_are_a_sign(card):
    venue = make_venue()
    device = Desk(venue).device
    for number in range(30):
        make_visit(make_card(card.plan), venue=venue, device=device, at=AT + timedelta(seconds=9 * number), tier="T2")
    find_signs(LATER)
    assert found() == ["burst"]
    assert Sign.objects.get().device == device


def test_a_few_cards_that_make_most_visits_of_a_venue_are_a_sign_once_a_month(card):
    busy, fair = make_venue(), make_venue()
    for number in range(60):
        at = AT - timedelta(days=number % 25, hours=number % 5)
        make_visit(card if number % 2 else make_card(card.plan), venue=busy, at=at)
        make_visit(make_card(card.plan), venue=fair, at=at)
    assert find_concentration(AT + timedelta(minutes=1)) == 1
    assert find_concentration(AT + timedelta(days=1)) == 0
    sign = Sign.objects.get()
    assert (sign.venue_id, sign.facts["visits"]) == (busy.pk, 60)
    assert sign.facts["share"] > 0.5


def test_what_was_posted_late_is_looked_at_and_what_is_old_is_not_again(card):
    venue = make_venue()
    for minute in (0, 1, 2):
        make_visit(card, venue=venue, at=AT - timedelta(days=5, minutes=minute), posted_at=AT)
    assert find_signs(AT + timedelta(days=3)) == 0
    assert find_signs(AT + timedelta(days=1)) == 1


@pytest.fixture
def sign(db):
    make_signing_keys()
    visit = make_visit(make_active_card(make_person()))
    return report_visit(visit, by=visit.person, at=AT)


def test_a_sign_is_dismissed_with_a_reason_of_the_list_once(sign):
    by = make_checker()
    with pytest.raises(Refused):
        dismiss_sign(sign, by=by, at=AT, reason="because")
    dismiss_sign(sign, by=by, at=AT, reason="explained")
    assert (sign.status, sign.reason, sign.settled_by) == ("dismissed", "explained", by)
    assert Entry.objects.get(verb="dismiss_sign").facts == {"sign": "not_mine", "reason": "explained"}
    with pytest.raises(Refused):
        dismiss_sign(sign, by=by, at=AT, reason="known")
    with pytest.raises(Refused):
        act_on_sign(sign, by=by, at=AT, act="suspend_card")


@pytest.mark.parametrize("make", [make_administrator, make_checker])
def test_acting_suspends_the_card_by_its_own_verb(sign, make):
    act_on_sign(sign, by=make(), at=AT, act="suspend_card")
    card = Card.objects.get(pk=sign.card_id)
    assert (sign.status, card.status, card.reason) == ("acted", "suspended", "misused")
    assert Entry.objects.filter(verb="suspend_card", subject=f"card:{card.index}").exists()


def test_what_cannot_be_done_leaves_the_sign_open(sign):
    Card.objects.filter(pk=sign.card_id).update(status="expired")
    for act in ("suspend_card", "block_device", "shout"):
        with pytest.raises(Refused):
            act_on_sign(sign, by=make_administrator(), at=AT, act=act)
        sign.refresh_from_db()
        assert (sign.status, sign.act) == ("open", "")


def test_acting_blocks_the_device(sign):
    device = Desk(make_venue()).device
    Sign.objects.filter(pk=sign.pk).update(device=device)
    sign.refresh_from_db()
    act_on_sign(sign, by=make_administrator(), at=AT, act="block_device")
    device.refresh_from_db()
    assert device.blocked_at == AT


def test_nobody_settles_a_sign_about_the_card_of_their_own_family(db):
    make_signing_keys()
    officer = make_administrator(birth_on=date(1990, 1, 1))
    for person in (officer, make_child(officer)):
        visit = make_visit(make_active_card(person))
        sign = report_visit(visit, by=officer, at=AT)
        with pytest.raises(Refused):
            dismiss_sign(sign, by=officer, at=AT, reason="wrong")


def test_only_the_holder_and_a_guardian_report_a_visit(sign):
    visit = make_visit(make_active_card(make_person()))
    with pytest.raises(Refused):
        report_visit(visit, by=make_person(), at=AT)


def test_the_queue_in_the_back_office_settles_by_the_verbs(client, sign):
    checker = make_official(Duty.CARD_CHECK, is_staff=True)
    sign_in(client, checker, second_factor=True)
    assert client.get(reverse("admin:welfare_card_sign_changelist")).status_code == 200
    path = reverse("admin:welfare_card_sign_settle", args=[sign.pk])
    assert sign.card.person.phone[3:] not in client.get(path).content.decode()
    assert client.post(path, {"settled": ""}).status_code == 422
    assert client.post(path, {"settled": "known"}).status_code == 302
    sign.refresh_from_db()
    assert (sign.status, sign.reason) == ("dismissed", "known")
    assert client.post(path, {"settled": "known"}).status_code == 422
