"""What people do at the door, as they do it: a number, the code from the phone, for staff the authenticator app."""

from taar.lib.identifiers import written_mobile
from tests.people.factories import app_code, last_code


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
    with page.expect_navigation():
        page.click(selector)


def leave(page) -> None:
    """Sign out."""
    page.goto("/accounts/logout/")
    press(page, "main form button")
