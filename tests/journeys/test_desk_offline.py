"""A desk whose cable is cut: who holds a visit comes in, once; afterwards the house and the desk say the same."""

import json

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.fixtures import NARROW
from tests.journeys.doors import ask, hand_over, make_door, number_of, stand_at, use_as_desk, verdict, wait_ready
from tests.journeys.steps import look, words
from tests.welfare_card.ledger_factories import make_venue
from welfare_card.actions.devices import block_device, open_emergency
from welfare_card.actions.lists import publish_status_list
from welfare_card.models import Account, Device, DeviceRecord, Visit
from welfare_card.queries.ledger import ledger_differences

pytestmark = pytest.mark.django_db(transaction=True)
BLOCKED, NONE_LEFT = "This card is blocked.", "No visits are left."
NOT_HELD, USED = "This device holds no visit of this card.", "The visits of this day are used already."
CUT = "There is no network. Visits that are held here are let in and handed over later."
SIGN_IN = "Sign in again to bring the lists up to date; what was written down is kept."
UNSEEN = "This visit was counted, but its answer was lost on the way. If the person did not come in, reverse it."
NOT_KNOWN = "This device is blocked or not known. Ask the manager of the venue."
GUEST = "This device is the desk of another venue: here it asks the house only, and cannot go on without a network."
VISITS = "/card/visits/"


@pytest.fixture
def door(transactional_db):
    """A venue with somebody at its door."""
    return make_door()


@pytest.fixture
def desk(way, door, open_browser):
    """A phone that is the desk of the door."""
    page = open_browser(door.keeper, width=NARROW)
    stand_at(page, way.url)
    use_as_desk(page)
    return page


def cut(page, way) -> None:
    """The cable is gone, and the page is loaded anew from what the browser keeps."""
    way.state = "cut"
    page.reload()
    wait_ready(page)


def held_of(card) -> int:
    """What is held of a holder's allowance."""
    return Account.objects.get(person=card.person, kind="held", family="sport").balance


def refused(page, card, sentence: str) -> None:
    """The desk says no to a card, with this sentence."""
    yes, read = ask(page, card.code_text)
    assert (yes, words(sentence) in read) == (False, True), read


@pytest.fixture
def cards(desk, door):
    """Zahra is booked; the desk holds a visit of Maryam, two of Ali, and one of Reza, whose card is on the list."""
    made = {name: door.card(name) for name in ("زهرا", "مریم", "علی", "رضا")}
    door.book(made["زهرا"][1])
    for name, visits in (("مریم", 1), ("علی", 2), ("رضا", 1)):
        door.lease(made[name][1], visits)
    door.block(made["رضا"][0])
    publish_status_list(at=timezone.now())
    hand_over(desk)
    return [card for card, _allowance in made.values()]


def test_three_come_in_without_a_network_and_the_house_counts_exactly_three(desk, door, way, cards):
    zahra, maryam, ali, reza = cards
    cut(desk, way)
    door.block(ali)  # after the list: this desk cannot know
    expect(desk.locator("[data-part=state]")).to_have_text(words(CUT))
    desk.click("[data-part=roster] button")
    assert (verdict(desk)[0], "زهرا" in verdict(desk)[1]) == (True, True)
    look(desk, "desk-yes-360")
    expect(desk.locator("[data-part=roster] button")).to_be_disabled()
    assert ask(desk, maryam.code_text)[0]
    assert ask(desk, ali.code_text)[0]
    for card, sentence in ((reza, BLOCKED), (maryam, NONE_LEFT), (zahra, USED)):
        refused(desk, card, sentence)
    look(desk, "desk-no-360")
    expect(desk.locator("[data-part=waiting]")).to_have_text("۳")
    assert not Visit.objects.exists()

    way.state = "open"
    hand_over(desk)
    expect(desk.locator("[data-part=waiting]")).to_have_text("۰")
    the_house_says_the_same(zahra, maryam, ali, reza)
    publish_status_list(at=timezone.now())
    hand_over(desk)
    cut(desk, way)
    refused(desk, ali, BLOCKED)
    refused(desk, maryam, NOT_HELD)
    assert number_of(desk, "waiting") == "۰"


def the_house_says_the_same(zahra, maryam, ali, reza) -> None:
    """Three records in an unbroken chain, three visits, and what is still held."""
    assert [(row.seq, row.conflict) for row in DeviceRecord.objects.order_by("seq")] == [(n, False) for n in (1, 2, 3)]
    visits = Visit.objects.order_by("at").values_list("card", "tier", "outcome")
    assert list(visits) == [(zahra.pk, "T1", "ok"), (maryam.pk, "T2", "ok"), (ali.pk, "T2", "ok")]
    device = Device.objects.get()
    assert (device.gapless_seq, device.broken_at) == (3, None)
    assert [held_of(card) for card in (zahra, maryam, ali, reza)] == [0, 0, 1, 1]
    assert ledger_differences()[0] == 0


def test_what_was_handed_over_stays_spent_while_the_lists_cannot_be_renewed(desk, door, way):
    card, allowance = door.card("مریم")
    door.lease(allowance)
    hand_over(desk)
    way.state = "cut"
    assert ask(desk, card.code_text)[0]
    # The sign-in has ended meanwhile: the journal goes out, but no new bundle comes in.
    desk.context.clear_cookies(name="sessionid")
    way.state = "open"
    hand_over(desk)
    expect(desk.locator("[data-part=waiting]")).to_have_text("۰")
    expect(desk.locator("[data-part=state]")).to_have_text(words(SIGN_IN))
    cut(desk, way)
    yes, read = ask(desk, card.code_text)
    assert (yes, words(NONE_LEFT) in read) == (False, True), read
    assert Visit.objects.filter(outcome="ok").count() == 1


def test_two_windows_of_one_desk_do_not_give_one_visit_twice(desk, door, way):
    card, allowance = door.card("مریم")
    door.lease(allowance)
    hand_over(desk)
    other = desk.context.new_page()
    stand_at(other, way.url)
    way.state = "cut"
    for page in (desk, other):
        page.fill("#desk-number", card.code_text)
        page.evaluate(
            """() => { new BroadcastChannel("go").onmessage = () => {
                document.querySelector("[data-part=keypad]").requestSubmit(); }; }"""
        )
    third = desk.context.new_page()
    third.goto(f"{way.url}/card/desk/")
    third.evaluate("new BroadcastChannel('go').postMessage('now')")
    assert sorted(verdict(page)[0] for page in (desk, other)) == [False, True]
    way.state = "open"
    hand_over(desk)
    assert list(Visit.objects.values_list("outcome", flat=True)) == ["ok"]


def test_a_lost_answer_is_asked_for_once_more_and_the_visit_counts_once(desk, door, way):
    card, allowance = door.card("مریم")
    way.lose = {VISITS: 1}
    yes, read = ask(desk, card.code_text)
    assert yes, read
    sent = [json.loads(body) for _method, path, body in way.arrived if path == VISITS]
    assert len(sent) == 2
    assert sent[0] == sent[1]
    assert Visit.objects.count() == 1
    allowance.refresh_from_db()
    assert allowance.balance == 9


def test_where_the_house_stays_silent_the_same_card_asked_again_is_the_same_visit(desk, door, way):
    card, allowance = door.card("مریم")
    way.lose = {VISITS: 2}
    assert not ask(desk, card.code_text)[0]
    assert ask(desk, card.code_text)[0]
    assert Visit.objects.count() == 1
    allowance.refresh_from_db()
    assert allowance.balance == 9


def test_a_visit_whose_answer_never_came_is_told_to_the_desk_afterwards(desk, door, way):
    card, _allowance = door.card("مریم")
    way.lose = {VISITS: 2}
    assert not ask(desk, card.code_text)[0]
    assert Visit.objects.filter(outcome="ok").count() == 1
    hand_over(desk)
    expect(desk.locator("[data-part=otherwise]")).to_be_hidden()
    # When it is too old to be taken anew, it is safe to ask what became of it.
    desk.evaluate("() => { const real = Date.now; Date.now = () => real() + 13 * 60000; }")
    hand_over(desk)
    expect(desk.locator("[data-part=otherwise-list]")).to_have_text(f"مریم: {words(UNSEEN)}")
    desk.click("[data-part=read]")
    expect(desk.locator("[data-part=otherwise]")).to_be_hidden()
    assert Visit.objects.count() == 1


def test_a_guest_at_another_door_asks_the_house_only_and_its_journal_goes_out_from_there(desk, door, way):
    card, allowance = door.card("مریم")
    other = make_venue(organization=door.venue.organization)
    door.lease(allowance)
    hand_over(desk)
    way.state = "cut"
    assert ask(desk, card.code_text)[0]
    way.state = "open"
    desk.goto(f"{way.url}/card/desk/?venue={other.pk}")
    wait_ready(desk)
    expect(desk.locator("[data-part=state]")).to_have_text(words(GUEST))
    assert [(row.tier, row.venue_id) for row in Visit.objects.all()] == [("T2", door.venue.pk)]
    assert ask(desk, card.code_text)[0]
    assert Visit.objects.filter(tier="online", venue=other, outcome="ok").count() == 1
    way.state = "cut"
    assert not ask(desk, card.code_text)[0]


def test_in_the_place_of_a_blocked_device_a_new_one_begins_and_the_old_lines_are_kept(desk, door, way):
    (card, allowance), (other, others) = door.card("مریم"), door.card("زهرا")
    door.lease(allowance)
    hand_over(desk)
    cut(desk, way)
    assert ask(desk, card.code_text)[0]
    block_device(door.device, reason="lost", by=None, at=timezone.now())
    way.state = "open"
    stand_at(desk, way.url)
    expect(desk.locator("[data-part=state]")).to_have_text(words(NOT_KNOWN))
    use_as_desk(desk, "گوشی تازه")
    expect(desk.locator("[data-part=setup]")).to_be_hidden()
    expect(desk.locator("[data-part=waiting]")).to_have_text("۱")
    door.lease(others)
    hand_over(desk)
    cut(desk, way)
    assert not ask(desk, card.code_text)[0]
    assert ask(desk, other.code_text)[0]
    way.state = "open"
    hand_over(desk)
    expect(desk.locator("[data-part=waiting]")).to_have_text("۱")
    assert [(row.card_id, row.device_id) for row in Visit.objects.all()] == [(other.pk, door.device.pk)]


def test_a_held_visit_with_a_network_is_written_down_and_the_house_has_it_at_once(desk, door, way):
    card, allowance = door.card("مریم")
    door.lease(allowance)
    hand_over(desk)
    yes, read = ask(desk, card.code_text)
    assert (yes, words("without network, written down") in read) == (True, False)
    assert [(row.tier, row.outcome) for row in Visit.objects.all()] == [("T2", "ok")]
    assert number_of(desk, "waiting") == "۰"


def test_in_an_emergency_a_person_comes_in_once_a_day(desk, door, way):
    card, _allowance = door.card("مریم")
    open_emergency(door.device, on=timezone.localdate(), by=door.office, at=timezone.now())
    hand_over(desk)
    cut(desk, way)
    assert ask(desk, card.code_text)[0]
    assert not ask(desk, card.number)[0]
    way.state = "open"
    hand_over(desk)
    cut(desk, way)
    yes, read = ask(desk, card.code_text)
    assert (yes, words(USED) in read) == (False, True), read
    assert [(row.tier, row.outcome) for row in Visit.objects.all()] == [("T3", "ok")]


def test_what_cannot_be_read_is_told_apart(desk, door):
    card, _allowance = door.card("مریم")
    sentences = {
        "https://example.org/": "This is no number of a card. Please look at the 12 digits once more.",
        "RK1:ABC": "The code is damaged. Scan it once more, or type the number of the card.",
        card.code_text[:-1] + ("A" if card.code_text[-1] != "A" else "B"): "The code is damaged. Scan it once more, or"
        " type the number of the card.",
        "800000000013": "This is no number of a card. Please look at the 12 digits once more.",
    }
    for text, sentence in sentences.items():
        yes, read = ask(desk, text)
        assert (yes, words(sentence) in read) == (False, True), (text, read)
    assert not Visit.objects.exists()


def test_before_a_device_is_registered_the_roster_is_the_pages_and_then_the_desks(door, way, open_browser):
    card, allowance = door.card("زهرا نواصری")
    _other, of_other = door.card("سارا سواری")
    door.book(allowance)
    door.book(of_other)
    page = open_browser(door.keeper, width=NARROW)
    stand_at(page, way.url)
    page.locator("#plain-booked li:has-text('زهرا') button").click()
    page.wait_for_selector("#answer.yes")
    wait_ready(page)
    assert list(Visit.objects.values_list("card", "tier")) == [(card.pk, "T1")]
    use_as_desk(page)
    expect(page.locator("#plain-booked")).to_be_hidden()
    expect(page.locator("[data-part=roster]")).to_contain_text("سارا")
