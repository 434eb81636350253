"""What people do at the door, as they do it: a number, the code from the phone, for staff the authenticator app."""

import os

from django.utils import translation
from django.utils.translation import gettext

from taar.lib.identifiers import written_mobile
from taar.lib.persian import local_digits
from taar.people.actions import give_demo_second_factor
from tests.browser.checks import axe_violations, html_errors
from tests.people.factories import DEMO_SECRET, app_code, last_code


def enter(page, person, *, staff: bool = False) -> None:
    """Sign in through the door; staff use their second step as well."""
    page.goto("/accounts/login/code/")
    page.fill("input[name=phone]", written_mobile(person.phone))
    press(page, "form:has(input[name=phone]) button")
    page.fill("input[name=code]", last_code(person.phone))
    press(page, "button[value=verify]")
    if staff:
        page.fill("input[name=code]", app_code())
        press(page, "form:has(input[name=code]) button")


def press(page, selector: str) -> None:
    """Press a button that leads to another page, and wait for that page."""
    press_on(page.locator(selector).first)


def press_on(found) -> None:
    """Press what a locator has found, and wait for the page that it leads to."""
    with found.page.expect_navigation():
        found.click()


def leave(page) -> None:
    """Sign out."""
    page.goto("/accounts/logout/")
    press(page, "main form button")


def register(page, phone: str) -> None:
    """Come for the first time: the number in Persian digits, and the code that was sent to it."""
    page.goto("/accounts/login/code/")
    page.fill("input[name=phone]", local_digits(written_mobile(phone), "fa"))
    press(page, "form:has(input[name=phone]) button")
    page.fill("input[name=code]", local_digits(last_code(phone), "fa"))
    press(page, "button[value=verify]")


def work(page, person, desk: str) -> None:
    """Sign in with the second step and go to a desk by way of one's own page."""
    give_demo_second_factor(person, DEMO_SECRET)
    enter(page, person, staff=True)
    page.goto("/my/")
    press(page, f"main a[href='{desk}']")


def open_notice(page, word: str) -> None:
    """Find a notice by a word of it and go where it leads."""
    page.goto("/my/notices/")
    press(page, f"ol > li:has-text('{word}') form button")


def words(msgid: str) -> str:
    """What stands on a Persian page for words of ours."""
    with translation.override("fa"):
        return gettext(msgid)


def read(page) -> str:
    """All that a person reads on a page."""
    return page.locator("main").inner_text()


def look(page, name: str) -> None:
    """Keep a picture of a page where somebody wants to look at the story."""
    folder = os.environ.get("JOURNEY_PICTURES")
    if folder:
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def must_be_well(page, javascript: bool) -> None:
    """Nothing is wrong on the page, and nothing of it is out of a phone; without scripts HTML alone is judged."""
    if not javascript:
        assert html_errors(page.request.get(page.url).text()) == []
        return
    assert axe_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
