"""The back office in a browser: our letters and colours, and no list or form that is wider than a phone."""

import pytest
from django.core.management import call_command

from taar.people.models import Person
from tests.browser.checks import axe_violations
from tests.people.factories import sign_in
from tests.welfare_card.applicants import make_sent

pytestmark = pytest.mark.django_db(transaction=True)
LISTS = [
    "application", "member", "approvalbatch", "objection", "importrun", "card", "batch", "allowancerule",
    "eligibilityrule", "quota", "agreement", "paper", "signingkey", "keylist", "statuslist",
]  # fmt: skip
FORMS = ["allowancerule/add", "eligibilityrule/add", "agreement/add", "quota/add", "importrun/add"]


def test_the_back_office_serves_every_reader_and_is_no_wider_than_a_phone(open_browser, client):
    call_command("demo", verbosity=0)
    make_sent()
    sign_in(client, Person.objects.with_phone("+989160000110").get(), second_factor=True)
    page = open_browser(width=360, session=client)
    page.goto("/admin/welfare_card/allowancerule/")
    assert "Vazirmatn" in page.evaluate("getComputedStyle(document.body).fontFamily")
    assert page.evaluate("document.fonts.check('16px Vazirmatn', 'کارت')")
    assert page.evaluate("getComputedStyle(document.querySelector('#header')).backgroundColor") == "rgb(7, 52, 60)"
    assert page.evaluate("document.documentElement.dir") == "rtl"
    labels = page.locator("#result_list tbody td").evaluate_all("cells => cells.map(cell => cell.dataset.label)")
    assert sum(map(bool, labels)) >= 4
    assert not axe_violations(page)
    look_at_all(page)
    assert not axe_violations(open_at(page, ""))
    look_at_all(open_browser(width=360, javascript=False, session=client))


def look_at_all(page) -> None:
    """No list and no form of cards is wider than the phone."""
    for name in ["", *(f"welfare_card/{name}/" for name in LISTS + FORMS), "welfare_card/card/1/change/"]:
        open_at(page, name)
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider <= 0, name


def open_at(page, name: str):
    answer = page.goto(f"/admin/{name}")
    assert answer.status in (200, 403), name
    return page
