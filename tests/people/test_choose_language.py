"""Persian first, whatever the browser asks for; a person's own choice wins, signed in or not."""

import pytest
from django.test import Client

from tests.people.factories import last_code, make_person, next_phone, sign_in

pytestmark = pytest.mark.django_db
ENGLISH_BROWSER = {"Accept-Language": "en-US,en;q=0.9"}


def language_of(answer):
    return answer.content.decode().split('<html lang="')[1][:2]


def test_an_english_browser_sees_persian(client):
    answer = client.get("/accounts/login/code/", headers=ENGLISH_BROWSER)
    assert language_of(answer) == "fa"
    assert answer.headers["Content-Language"] == "fa"


def test_a_visitor_chooses_by_a_cookie(client):
    answer = client.post("/my/language/", {"language": "ar", "next": "/accounts/login/code/"})
    assert answer.url == "/accounts/login/code/"
    assert language_of(client.get(answer.url)) == "ar"


def test_the_choice_of_a_person_is_kept_with_the_account(client):
    person = make_person()
    sign_in(client, person)
    client.post("/my/language/", {"language": "en"})
    person.refresh_from_db()
    assert person.language == "en"
    other = sign_in(type(client)(), person)
    other.cookies["language"] = "ar"
    assert language_of(other.get("/my/email/")) == "en"


def test_a_new_account_keeps_the_language_it_was_opened_in(client):
    phone = next_phone()
    client.cookies["language"] = "ar"
    client.post("/accounts/login/code/", {"phone": phone})
    client.post("/accounts/login/code/confirm/", {"code": last_code(phone)})
    assert language_of(client.get("/my/email/")) == "ar"


def test_an_unknown_language_is_refused_and_a_broken_cookie_ignored(client):
    assert client.post("/my/language/", {"language": "de"}).status_code == 409
    client.cookies["language"] = "../../x"
    assert language_of(client.get("/accounts/login/code/")) == "fa"


def test_nobody_is_led_elsewhere(client):
    assert client.post("/my/language/", {"language": "en", "next": "//elsewhere.example"}).url == "/"
    assert client.get("/my/language/").status_code == 405


def test_a_strange_page_cannot_choose_for_a_person_but_a_visitor_needs_no_token():
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/my/language/", {"language": "ar"}).status_code == 302
    person = make_person()
    sign_in(strict, person)
    assert strict.post("/my/language/", {"language": "en"}).status_code == 403
    person.refresh_from_db()
    assert person.language == "fa"


@pytest.mark.parametrize("asked", ["somewhere", "سلام\x00دنیا", "//elsewhere.example/", "\x00/"])
def test_a_page_that_is_not_ours_leads_home(client, asked):
    answer = client.post("/my/language/", {"language": "ar", "next": asked})
    assert answer.status_code == 302
    assert answer.url == "/"
