"""The pages of sign-in and of one's account in a real browser: with JavaScript and without, judged from outside."""

import pytest
from allauth.mfa.models import Authenticator

from taar.lib.persian import local_digits
from taar.people.actions import give_demo_second_factor
from tests.browser.checks import check_page
from tests.browser.fixtures import NARROW, WIDE
from tests.journeys.steps import press
from tests.people.factories import DEMO_SECRET, last_code, make_neighbourhood, make_person, next_phone

pytestmark = pytest.mark.django_db(transaction=True)
OWN_PAGES = (
    "/my/residence/", "/my/email/", "/accounts/sessions/", "/accounts/second-factor/", "/accounts/2fa/",
    "/accounts/2fa/app/set-up/", "/accounts/2fa/keys/add/", "/accounts/2fa/keys/", "/accounts/logout/",
)  # fmt: skip
GUARDED_PAGES = ("/accounts/2fa/", "/accounts/2fa/reauthenticate/", "/accounts/sessions/")


def test_a_person_signs_in_with_persian_digits(open_browser, javascript):
    phone = next_phone()
    page = open_browser(javascript=javascript)
    page.goto("/accounts/login/code/?next=/my/email/")
    page.fill("#id_phone", local_digits("0" + phone[3:], "fa"))
    press(page, "main form button >> nth=0")
    page.fill("#id_code", "۱")
    press(page, "main button[value=verify]")
    assert page.get_attribute("#id_code", "aria-invalid") == "true"
    page.fill("#id_code", local_digits(last_code(phone), "fa"))
    press(page, "main button[value=verify]")
    assert page.url.endswith("/my/email/")


@pytest.mark.parametrize(("language", "width"), [("fa", NARROW), ("en", WIDE)])
def test_the_door_has_no_fault(open_browser, width, language):
    page = open_browser(width=width, language=language)
    page.goto("/accounts/login/code/")
    assert check_page(page) == []
    page.fill("#id_phone", "12")
    page.press("#id_phone", "Enter")
    page.wait_for_selector("#id_phone_error")
    assert check_page(page) == []
    page.fill("#id_phone", next_phone())
    page.press("#id_phone", "Enter")
    page.wait_for_selector("#id_code")
    assert check_page(page) == []


@pytest.mark.parametrize(("language", "width"), [("fa", NARROW), ("en", WIDE)])
def test_the_pages_of_an_account_have_no_fault(open_browser, width, language):
    make_neighbourhood()
    page = open_browser(make_person(language=language), width=width)
    faults = []
    for path in OWN_PAGES:
        page.goto(path)
        faults += [f"{path}: {fault}" for fault in check_page(page)]
    guarded = make_person(language=language)
    give_demo_second_factor(guarded, DEMO_SECRET)
    page = open_browser(guarded, width=width)
    for path in GUARDED_PAGES:
        page.goto(path)
        faults += [f"{path}: {fault}" for fault in check_page(page)]
    assert faults == []


def test_a_security_key_is_set_up_and_then_asked_for(open_browser):
    person = make_person()
    page = open_browser(person)
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    key = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True}
    key |= {"hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": key})
    page.goto("/accounts/second-factor/?next=/my/email/")
    press(page, "a[href='/accounts/2fa/keys/add/']")  # before its script runs, the button there does nothing
    page.click("#mfa_webauthn_add")
    page.wait_for_url("**/accounts/2fa/recovery-codes/")
    assert Authenticator.objects.filter(user=person, type="webauthn").count() == 1
    page.click("a[href='/accounts/second-factor/']")
    page.wait_for_url("**/my/email/")
    for path in ("/accounts/2fa/keys/", "/accounts/2fa/keys/reauthenticate/", "/accounts/2fa/recovery-codes/"):
        page.goto(path)
        assert check_page(page) == []
    page.goto("/accounts/logout/")
    press(page, "main form button")
    page.goto("/accounts/login/code/?next=/my/email/")
    page.fill("#id_phone", person.phone)
    page.press("#id_phone", "Enter")
    page.fill("#id_code", last_code(person.phone))
    page.press("#id_code", "Enter")
    page.wait_for_url("**/accounts/2fa/authenticate/")
    assert check_page(page) == []
    page.reload()  # the judges asked for the page too, and each page has its own challenge
    page.click("#mfa_webauthn_authenticate")
    page.wait_for_url("**/my/email/")
