"""The desk of a venue without JavaScript: from a family's wish to the second visit that is refused, and back."""

import pytest
from django.utils import timezone

from taar.lib.jalali import local_day
from taar.lib.numbers import value
from taar.organizations.models import Duty
from tests.browser.fixtures import NARROW, WIDE
from tests.journeys.steps import look, press, read, words
from tests.journeys.test_my_card import apply_with_two_children, approve_and_issue, take_the_cards
from tests.organizations.factories import make_official
from tests.people.factories import make_person
from tests.places.factories import make_place
from tests.welfare_card.applicants import make_plan
from tests.welfare_card.factories import make_signing_keys
from tests.welfare_card.ledger_factories import make_allowance, make_card, make_rule, make_venue
from welfare_card.actions.leases import book_visit
from welfare_card.models import Account, Card, Outcome, Visit
from welfare_card.numbers import REVERSALS_ALONE

pytestmark = pytest.mark.django_db(transaction=True)
CHILD, GUARDIAN = 2, 4


def test_a_family_from_the_wish_to_a_second_visit_that_is_refused(open_browser):
    make_signing_keys()
    plan, mother = make_plan(), make_person()
    make_place()
    home = open_browser(mother, width=NARROW, javascript=False)
    apply_with_two_children(home)
    approve_and_issue(plan, make_official(Duty.CARDS, is_staff=True), visits=1)
    take_the_cards(home, javascript=False)
    venue = make_venue()
    desk = open_desk(open_browser, venue, NARROW)
    card = Card.objects.get(person=mother)
    assert answer(desk, card)["yes"]
    look(desk, "desk-yes")
    spent = answer(desk, card)
    assert not spent["yes"]
    assert words(Outcome.NO_VISITS_LEFT.label) in spent["said"]
    assert venue.name in spent["said"]
    look(desk, "desk-spent")
    press(desk, "form[action$='/reverse/'] button")
    assert words("The visit is reversed; its holder is told.") in desk.locator("#notices").inner_text()
    assert answer(desk, card)["yes"]
    home.goto(f"/card/family/{mother.pk}/visits/")
    assert venue.name in read(home)
    assert Account.objects.get(person=mother, kind="allowance").balance == 0


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_who_is_booked_comes_in_by_a_button_and_a_child_with_its_guardian(open_browser, width):
    rule, venue, now = make_rule(5, cap_day=1), make_venue(), timezone.now()
    booked, account = make_allowance(rule, make_card(rule.plan, short_name="زهرا نواصری"))
    child, of_child = make_allowance(rule, make_card(rule.plan, short_name="علی نواصری", flags=CHILD | GUARDIAN))
    for each in (account, of_child):
        book_visit(each, venue=venue, on=local_day(now), by=None, at=now)
    alone, _account = make_allowance(rule, make_card(rule.plan, flags=CHILD | GUARDIAN))
    desk = open_desk(open_browser, venue, width)
    look(desk, f"desk-roster-{width}")
    press(desk, "li:has-text('زهرا') form button")
    assert desk.locator("#answer.yes").count() == 1
    press(desk, "li:has-text('علی') form button")
    assert desk.locator("#answer.yes").count() == 1
    assert set(Visit.objects.values_list("card", "tier")) == {(booked.pk, "T1"), (child.pk, "T1")}
    assert words("Nobody is booked here for today, or all have come.") in read(desk)
    asked = answer(desk, alone)
    assert words(Outcome.GUARDIAN_NEEDED.label) in asked["said"]
    look(desk, f"desk-guardian-{width}")
    press(desk, "#answer form button")
    assert desk.locator("#answer.yes").count() == 1
    assert not answer(desk, booked)["yes"]
    assert desk.evaluate("document.documentElement.scrollWidth") <= width


def test_above_the_limit_a_second_person_confirms_what_the_first_one_reverses(open_browser):
    rule, venue = make_rule(20), make_venue()
    card, account = make_allowance(rule)
    first, second = open_desk(open_browser, venue, NARROW), open_desk(open_browser, venue, WIDE)
    for _count in range(value(REVERSALS_ALONE) + 1):
        assert answer(first, card)["yes"]
    for _count in range(value(REVERSALS_ALONE) + 1):
        press(first, "form[action$='/reverse/'] button")
    assert words("a second person must confirm the reversal") in read(first)
    assert first.locator("form[action$='/confirm/']").count() == 0
    look(first, "desk-reversals")
    second.reload()
    press(second, "form[action$='/confirm/'] button")
    assert words("The visit is reversed; its holder is told.") in second.locator("#notices").inner_text()
    assert Account.objects.get(pk=account.pk).balance == 20


def open_desk(open_browser, venue, width: int):
    """The desk of a venue, as one more person at its door opens it from the page of their own."""
    person = make_official(Duty.VENUE, organization=venue.organization)
    page = open_browser(person, width=width, javascript=False)
    page.goto("/my/")
    press(page, "main a[href='/card/desk/']")
    return page


def answer(page, card: Card) -> dict:
    """Type the number of a card in Persian digits and read the answer."""
    shown = card.number.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
    page.fill("#id_card", f"{shown[:4]} {shown[4:8]} {shown[8:]}")
    press(page, "form:has(#id_card) button")
    box = page.locator("#answer")
    return {"yes": "yes" in box.get_attribute("class").split(), "said": box.inner_text()}
