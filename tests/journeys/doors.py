"""A door for journeys: a venue with somebody at it, cards that hold visits there, and the desk as they use it."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from taar.lib.jalali import local_day
from taar.organizations.models import Duty
from tests.organizations.factories import make_official
from tests.welfare_card.factories import make_plan, make_signing_keys, request_for
from tests.welfare_card.ledger_factories import make_venue
from welfare_card.actions import cards
from welfare_card.actions.grants import grant_allowance
from welfare_card.actions.leases import book_visit, open_lease
from welfare_card.actions.lists import publish_status_list
from welfare_card.models import Account, AllowanceRule, Card, Device, Season

DESK = "/card/desk/"


@dataclass
class Door:
    """A venue, who stands at its door, the office, and the rule by which visits are granted."""

    venue: object
    keeper: object
    office: object
    rule: AllowanceRule

    @property
    def device(self) -> Device:
        """The device that was registered here last."""
        return Device.objects.filter(venue=self.venue).latest("pk")

    def card(self, name: str, **facts) -> tuple[Card, Account]:
        """An active, signed card with its allowance."""
        now = timezone.now()
        card = cards.issue_card(self.rule.plan, request=request_for(name=name, **facts), by=self.office, at=now)
        cards.hand_over_card(card, by=self.office, at=now)
        grant_allowance(card.person, rule=self.rule, by=None, at=now)
        card.refresh_from_db()
        return card, Account.objects.get(person=card.person, kind="allowance", family="sport")

    def book(self, allowance: Account) -> None:
        """A visit here today."""
        now = timezone.now()
        book_visit(allowance, venue=self.venue, on=local_day(now), by=None, at=now)

    def lease(self, allowance: Account, visits: int = 1) -> None:
        """Visits that the device of this door holds."""
        open_lease(allowance, device=self.device, by=None, at=timezone.now(), visits=visits)

    def block(self, card: Card) -> None:
        """The card is lost, says the office."""
        cards.suspend_card(card, by=self.office, at=timezone.now(), reason=Card.Reason.LOST)


def make_door() -> Door:
    """A sports hall with its keeper, in a season that is now."""
    make_signing_keys()
    today = local_day(timezone.now())
    plan, venue = make_plan(from_on=today - timedelta(days=30)), make_venue()
    season = Season.objects.create(
        plan=plan, name_fa="این فصل", from_on=today - timedelta(days=30), until_on=today + timedelta(days=60)
    )
    rule = AllowanceRule.objects.create(
        plan=plan, season=season, family="sport", visits=10, owner_label="دبیرخانه", from_on=season.from_on
    )
    keeper = make_official(Duty.VENUE, organization=venue.organization)
    publish_status_list(at=timezone.now())
    return Door(venue, keeper, make_official(Duty.CARDS, is_staff=True), rule)


def stand_at(page, base: str = "") -> None:
    """Open the desk and wait until it is up to date."""
    page.goto(f"{base}{DESK}")
    wait_ready(page)


def wait_ready(page) -> None:
    """Until the desk has asked for what it needs, or knows that it cannot."""
    page.wait_for_selector("#desk-room[data-ready]")


def use_as_desk(page, name: str = "گوشی ورودی") -> None:
    """Register this browser as a device, and wait until the worker keeps the page."""
    page.fill("#device-name", name)
    page.click("[data-part=setup] button")
    expect(page.locator("[data-part=facts]")).to_be_visible()
    wait_kept(page)


def wait_kept(page) -> None:
    """Until the worker has taken the page: its files are kept from now on."""
    page.evaluate(
        """() => new Promise((done, failed) => {
            const kept = () => navigator.serviceWorker.controller && done(true);
            navigator.serviceWorker.addEventListener("controllerchange", kept);
            setTimeout(() => failed(new Error("no worker has taken the page")), 10000);
            kept();
        })"""
    )


def hand_over(page) -> None:
    """Press the button and wait until it is done."""
    page.evaluate(
        """async () => {
            document.querySelector("[data-part=sync]").click();
            await new Promise((done) => setTimeout(done, 50));
            await navigator.locks.request("desk-sync", () => true);
            await new Promise((done) => setTimeout(done, 300));
        }"""
    )


def ask(page, text: str) -> tuple[bool, str]:
    """Type what is on a card; whether the desk says yes, and all that it says."""
    page.fill("#desk-number", text)
    page.click("[data-part=submit]")
    return verdict(page)


def verdict(page) -> tuple[bool, str]:
    """What the desk says now: whether it is a yes, and its words."""
    shown = page.locator("[data-part=verdict].yes, [data-part=verdict].no")
    shown.wait_for()
    return "yes" in shown.get_attribute("class").split(), shown.inner_text()


def number_of(page, name: str) -> str:
    """A number among the facts of the desk."""
    return page.locator(f"[data-part={name}]").inner_text()
