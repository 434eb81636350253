"""A visit whose card is named by its signed code: the whole way from the keys to the door."""

from datetime import timedelta

import pytest

from tests.welfare_card.factories import AT, make_active_card, make_administrator, make_plan, make_signing_keys
from tests.welfare_card.ledger_factories import ask, make_allowance, make_rule, make_venue
from welfare_card.actions.cards import hand_over_card, replace_card, suspend_card
from welfare_card.actions.visits import take_visit
from welfare_card.models import Account, Card

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed():
    """A card that was signed under listed keys, with visits to spend, and a venue."""
    make_signing_keys()
    plan = make_plan()
    card = make_active_card(plan=plan)
    make_allowance(make_rule(3, plan=plan), card)
    card.refresh_from_db()
    return card, make_venue()


def said(card, venue, code):
    asked = ask(card, code=code, number="", at=AT.isoformat())
    return take_visit(asked, venue=venue.pk, by=None, at=AT + timedelta(minutes=1)).outcome


def test_a_code_that_the_house_signed_opens_the_door(signed):
    card, venue = signed
    assert said(card, venue, card.code_text) == "ok"


def test_a_code_with_another_letter_is_of_no_key_that_the_house_knows(signed):
    card, venue = signed
    last = "0" if card.code_text[-1] != "0" else "1"
    assert said(card, venue, card.code_text[:-1] + last) == "unknown_key"


def test_a_suspended_card_is_blocked_by_its_code_too(signed):
    card, venue = signed
    suspend_card(card, by=make_administrator(), at=AT, reason=Card.Reason.MISUSED)
    assert said(card, venue, card.code_text) == "blocked"


def test_a_lost_card_is_refused_and_the_one_in_its_place_goes_on_with_what_was_left(signed):
    lost, venue = signed
    assert said(lost, venue, lost.code_text) == "ok"
    fresh = replace_card(lost, by=make_administrator(), at=AT, reason=Card.Reason.LOST)
    fresh.refresh_from_db()
    assert said(lost, venue, lost.code_text) == "blocked"
    hand_over_card(fresh, by=make_administrator(), at=AT)
    assert said(fresh, venue, fresh.code_text) == "ok"
    assert Account.objects.get(person=fresh.person, kind="allowance", family="sport").balance == 1


def test_a_code_past_its_days_is_expired(signed):
    card, venue = signed
    Card.objects.filter(pk=card.pk).update(valid_from_on=AT.date() - timedelta(days=9), valid_until_on=AT.date())
    assert said(card, venue, card.code_text) == "expired"
