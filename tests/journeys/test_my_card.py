"""A mother and her two children: from the wish to the card on her phone, lost, replaced, and the old one refused."""

import io
import json
import uuid

import pytest
import zxingcpp
from django.test import Client
from django.utils import timezone
from PIL import Image

from taar.organizations.models import Duty
from tests.browser.checks import axe_violations, html_errors
from tests.browser.fixtures import NARROW
from tests.journeys.steps import look, press, read, words
from tests.organizations.factories import make_official
from tests.people.factories import make_person, sign_in
from tests.places.factories import make_place
from tests.welfare_card.applicants import make_plan, next_national_id
from tests.welfare_card.factories import make_checker, make_signing_keys
from tests.welfare_card.holder_factories import make_season
from tests.welfare_card.ledger_factories import make_venue
from welfare_card.actions import batches
from welfare_card.actions.decisions import confirm_batch, make_batch
from welfare_card.actions.grants import top_up_season
from welfare_card.actions.issuing import card_approved
from welfare_card.models import AllowanceRule, Application, Card

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_family_from_the_wish_to_a_lost_card_replaced(open_browser, javascript):
    make_signing_keys()
    plan, mother = make_plan(), make_person()
    make_place()
    page = open_browser(mother, width=NARROW, javascript=javascript)
    apply_with_two_children(page)
    administrator = make_official(Duty.CARDS, is_staff=True)
    approve_and_issue(plan, administrator)
    take_the_cards(page, javascript)
    old = see_the_card(page, mother, javascript)
    assert at_the_door(old)["outcome"] == "ok"
    lose_it(page, old)
    assert at_the_door(old)["outcome"] == "blocked"
    fresh = replace_it(open_browser, administrator, old, javascript)
    assert at_the_door(old)["outcome"] == "blocked"
    see_the_new_one(page, old, fresh)


def apply_with_two_children(page) -> None:
    """Three forms and a consent, on a phone."""
    page.goto("/card/")
    press(page, "main a[href='/card/apply/']")
    fill(page, "مریم", "1368/04/27")
    page.select_option("#id_place", index=1)
    press(page, "main form button.button")
    for name in ("زهرا", "علی"):
        fill(page, name, "1396/02/12")
        press(page, "main form.sheet button.button")
    press(page, "a[href$='/send/']")
    page.check("#id_consent")
    press(page, "main form button.button")
    page.goto("/card/")
    assert words("We read it. You need do nothing now.") in read(page)


def fill(page, name: str, born: str) -> None:
    page.fill("#id_given_name", name)
    page.fill("#id_family_name", "نواصر")
    page.select_option("#id_sex", "woman")
    page.fill("#id_birth_on", born)
    page.fill("#id_national_id", next_national_id())


def approve_and_issue(plan, administrator, visits: int = 12) -> None:
    """Two persons decide, a batch goes its whole way, and the season's visits are granted."""
    now, application = timezone.now(), Application.objects.get()
    checker, act = make_checker(), {"by": administrator, "at": now}
    proposed, _refused = make_batch(application.members.all(), **act)
    confirm_batch(proposed, by=checker, at=now)
    batch = card_approved(application.members.all(), title="دسته", **act)
    batches.check_batch(batch, **act)
    batches.approve_batch(batch, by=checker, at=now)
    batches.begin_signing(batch, **act)
    batches.sign_waiting_shares(now)
    batch.refresh_from_db()
    batches.print_batch(batch, **act)
    batches.deliver_batch(batch, **act)
    rule = AllowanceRule.objects.create(
        plan=plan, season=make_season(plan), family="sport", visits=visits, cap_day=2, owner_label="x",
        from_on=make_season(plan).from_on,
    )  # fmt: skip
    top_up_season(rule, by=None, at=now)


def take_the_cards(page, javascript) -> None:
    """The mother says of each of the three cards that it is in her hand."""
    for card in Card.objects.order_by("pk"):
        page.goto(f"/card/mine/{card.pk}/")
        assert not faults(page, javascript)
        press(page, f"form[action$='/{card.pk}/received/'] button")
    assert set(Card.objects.values_list("status", flat=True)) == {"active"}


def see_the_card(page, mother, javascript) -> Card:
    """The code fills the screen and another phone reads it from there; paper and visits are a step away."""
    page.goto("/card/")
    assert page.locator("article:has(a[href*='/card/mine/'])").count() == 3
    look(page, "my-cards")
    press(page, "main article a.button[href$='/show/']")
    card = Card.objects.get(person=mother)
    assert decoded(page.locator(".code").screenshot()) == card.code_text
    box = page.locator(".code").bounding_box()
    assert box["width"] > NARROW * 0.85
    assert not faults(page, javascript)
    for leaf in ("", "paper/", "lost/"):
        page.goto(f"/card/mine/{card.pk}/{leaf}")
        assert not faults(page, javascript)
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW
        look(page, f"my-card-{leaf.strip('/')}")
        if leaf == "paper/":
            assert decoded(page.locator(".code").screenshot()) == card.code_text
    return card


def at_the_door(card: Card) -> dict:
    """What the desk of a venue says of a card just now."""
    venue = make_venue()
    desk = sign_in(Client(), make_official(Duty.VENUE, organization=venue.organization))
    body = {"id": str(uuid.uuid4()), "code": card.code_text, "service": "sport", "tier": "online"}
    body["at"] = timezone.now().isoformat()
    answer = desk.post("/card/visits/", json.dumps(body), content_type="application/json")
    assert answer.status_code == 200, answer.content
    return answer.json()


def lose_it(page, card: Card) -> None:
    """One button, one question, and what happens next; the visit stands in the list."""
    page.goto(f"/card/mine/{card.pk}/")
    assert page.locator("li[id^='visit-']").count() == 1
    press(page, f"a[href='/card/mine/{card.pk}/lost/']")
    press(page, "main form button.danger")
    assert words("The card is suspended") in read(page)
    assert page.locator(".code").count() == 0
    look(page, "my-card-after-loss")


def replace_it(open_browser, administrator, card: Card, javascript) -> Card:
    """The administrator's one form; the new card is handed over at once."""
    session = sign_in(Client(), administrator, second_factor=True)
    page = open_browser(session=session, width=NARROW, javascript=javascript)
    page.goto(f"/admin/welfare_card/card/{card.pk}/replace/")
    press(page, "#content form button.default")
    card.refresh_from_db()
    assert card.status == "replaced"
    return card.replaced_by


def see_the_new_one(page, old: Card, fresh: Card) -> None:
    """The old page leads to the new card, which is another code; what was left stays."""
    page.goto(f"/card/mine/{old.pk}/")
    press(page, f"main a[href='/card/mine/{fresh.pk}/']")
    assert decoded(page.locator(".pass .code").screenshot()) == fresh.code_text != old.code_text
    assert "۱۱" in read(page)
    assert at_the_door(fresh)["outcome"] == "ok"


def decoded(picture: bytes) -> str:
    """What a reader reads from a picture of the screen."""
    found = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)).convert("L"))
    assert len(found) == 1
    return found[0].text


def faults(page, javascript) -> list[str]:
    """What both judges find; axe itself needs timers, which a page without JavaScript does not have."""
    found = html_errors(page.request.get(page.url).text())
    return found + (axe_violations(page) if javascript else [])
