"""The one door: a number, a code, signed in – in any digits, with clear sentences, and telling nobody who is known."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from taar.lib.persian import local_digits
from taar.people.models import Person, Verification
from tests.people.factories import last_code, make_person, next_phone, sent_messages, sign_in

pytestmark = pytest.mark.django_db
DOOR = "/accounts/login/code/"
BOX = "/accounts/login/code/confirm/"


def ask(client, phone, **more):
    return client.post(DOOR, {"phone": phone, **more})


def typed(phone, language="fa"):
    """A stored number as somebody types it, in the digits of a language."""
    return local_digits("0" + phone[3:], language)


def stored_login(client):
    session = client.session
    return session, session["account_login"]["state"]["stages"]["login_by_code"]["data"]


@pytest.mark.parametrize("language", ["fa", "ar", "en"])
def test_an_unknown_number_opens_an_account_in_any_digits(client, language):
    phone = next_phone()
    assert ask(client, typed(phone, language)).url == BOX
    person = Person.objects.with_phone(phone).get()
    assert (person.identity_level, person.phone_verified_at) == (0, None)
    answer = client.post(BOX, {"code": local_digits(last_code(phone), language)})
    assert answer.status_code == 302
    person.refresh_from_db()
    assert person.identity_level == Person.Level.PHONE
    assert person.phone_verified_at
    assert client.session["_auth_user_id"] == str(person.pk)
    assert Verification.objects.filter(person=person, method="phone_code").count() == 1


def test_a_known_person_comes_back_to_the_page_they_wanted(client):
    person = make_person()
    answer = ask(client, typed(person.phone), next="/hall/")
    assert answer.url == f"{BOX}?next=%2Fhall%2F"
    answer = client.post(BOX, {"code": last_code(person.phone), "next": "/hall/"})
    assert answer.url == "/hall/"
    assert Person.objects.with_phone(person.phone).count() == 1


def test_a_foreign_next_is_not_followed(client):
    person = make_person()
    ask(client, typed(person.phone), next="https://elsewhere.example/")
    answer = client.post(BOX, {"code": last_code(person.phone), "next": "https://elsewhere.example/"})
    assert answer.url == reverse("home")


def test_known_and_unknown_numbers_get_the_same_answer(client):
    known, unknown = make_person().phone, next_phone()
    answers = []
    for phone in (known, unknown):
        client.cookies.clear()
        asked = ask(client, typed(phone))
        page = client.get(BOX).content.decode()
        masked = local_digits(f"0{phone[3:6]} ••• ••{phone[-2:]}", "fa")
        assert masked in page
        answers.append((asked.status_code, asked.url, page.replace(masked, "").split("csrfmiddlewaretoken")[0]))
    assert answers[0] == answers[1]


@pytest.mark.parametrize("wrong", ["", "   ", "0611234567", "12", "abc", "+1 916 123 4567", "<b>"])
def test_a_wrong_number_gets_a_sentence_and_keeps_what_was_typed(client, wrong):
    answer = ask(client, wrong)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'aria-invalid="true"' in page
    assert 'id="id_phone_error"' in page
    assert 'aria-describedby="id_phone_helptext id_phone_error"' in page
    if wrong.strip():
        assert f'value="{wrong.replace("<", "&lt;").replace(">", "&gt;")}"' in page
    assert not Person.objects.exists()


def test_five_wrong_codes_end_the_attempt(client):
    client.cookies["language"] = "en"
    person = make_person()
    ask(client, typed(person.phone), next="/hall/")
    right = last_code(person.phone)
    wrong = "000000" if right != "000000" else "111111"
    for _attempt in range(4):
        answer = client.post(BOX, {"code": wrong, "next": "/hall/"})
        assert answer.status_code == 200
        assert 'id="id_code_error"' in answer.content.decode()
    answer = client.post(BOX, {"code": wrong, "next": "/hall/"}, follow=True)
    assert answer.redirect_chain[0][0] == f"{DOOR}?next=%2Fhall%2F"
    assert "five times" in str(next(iter(answer.context["messages"])))
    client.post(BOX, {"code": right})
    assert "_auth_user_id" not in client.session


def test_an_empty_code_is_not_an_attempt(client):
    person = make_person()
    ask(client, typed(person.phone))
    for _attempt in range(6):
        assert client.post(BOX, {"code": " "}).status_code == 200
    assert client.post(BOX, {"code": last_code(person.phone)}).status_code == 302


def test_a_code_is_good_for_five_minutes(client):
    client.cookies["language"] = "en"
    person = make_person()
    ask(client, typed(person.phone))
    session, data = stored_login(client)
    data["at"] -= 301
    session.save()
    answer = client.post(BOX, {"code": last_code(person.phone)}, follow=True)
    assert answer.redirect_chain[0][0] == DOOR
    assert "no longer good" in str(next(iter(answer.context["messages"])))
    assert "_auth_user_id" not in client.session


def test_a_code_is_good_for_one_use(client):
    person = make_person()
    ask(client, typed(person.phone))
    code = last_code(person.phone)
    client.post(BOX, {"code": code})
    client.post("/accounts/logout/")
    answer = client.post(BOX, {"code": code}, follow=True)
    assert answer.redirect_chain[0][0] == DOOR
    assert "_auth_user_id" not in client.session


def test_a_code_is_good_only_where_it_was_asked_for(client):
    person = make_person()
    ask(client, typed(person.phone))
    other = type(client)()
    other.post(BOX, {"code": last_code(person.phone)})
    assert "_auth_user_id" not in other.session


def test_a_new_code_makes_the_old_one_void_and_starts_the_five_minutes_again(client):
    person = make_person()
    ask(client, typed(person.phone))
    session, data = stored_login(client)
    data["at"] -= 250
    session.save()
    old = last_code(person.phone)
    assert client.post(BOX, {"action": "resend"}).url == BOX
    new = last_code(person.phone)
    _session, data = stored_login(client)
    assert data["code"] == new
    if old != new:
        assert client.post(BOX, {"code": old}).status_code == 200
    assert client.post(BOX, {"code": new}).status_code == 302


def test_codes_are_sent_again_only_twice(client):
    person = make_person()
    ask(client, typed(person.phone))
    for _again in range(4):
        client.post(BOX, {"action": "resend"})
    assert len([m for m in sent_messages() if m["phone"] == person.phone]) == 3
    assert client.post(BOX, {"code": last_code(person.phone)}).status_code == 302


def test_a_number_gets_four_codes_in_ten_minutes(client):
    phone = next_phone()
    for _again in range(4):
        client.cookies.clear()
        assert ask(client, typed(phone)).status_code == 302
    client.cookies.clear()
    answer = ask(client, typed(phone, "en"))
    assert answer.status_code == 429
    assert f'value="{typed(phone, "en")}"' in answer.content.decode()
    assert len([m for m in sent_messages() if m["phone"] == phone]) == 4


def test_an_address_gets_a_page_that_says_to_wait(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "ask_for_code": "2/10m/ip"}
    for _again in range(2):
        client.cookies.clear()
        assert ask(client, typed(next_phone())).status_code == 302
    client.cookies.clear()
    answer = ask(client, typed(next_phone()))
    assert answer.status_code == 429
    assert 'role="alert"' in answer.content.decode()
    assert 'lang="fa"' in answer.content.decode()
    cache.clear()
    assert ask(client, typed(next_phone())).status_code == 302


def test_another_number_can_be_given_instead(client):
    ask(client, typed(next_phone()))
    assert client.get(DOOR).url == BOX
    assert client.post("/accounts/logout/", {"next": DOOR}).url == DOOR
    assert client.get(DOOR).status_code == 200


def test_a_suspended_person_is_told_after_the_code_and_not_before(client):
    person = make_person(is_active=False)
    assert ask(client, typed(person.phone)).url == BOX
    answer = client.post(BOX, {"code": last_code(person.phone)})
    assert answer.url == "/accounts/inactive/"
    assert client.get(answer.url).status_code == 200
    assert "_auth_user_id" not in client.session


def test_a_message_that_cannot_be_sent_is_said_and_loses_nothing(client, settings):
    settings.SMS_PROVIDER = "kavenegar"
    settings.KAVENEGAR_URL = "http://127.0.0.1:9"
    answer = ask(client, "09161234567")
    assert answer.status_code == 409
    assert "09161234567" in answer.content.decode()


@pytest.mark.parametrize("address", ["/accounts/login/", "/accounts/signup/"])
def test_other_doors_lead_to_the_one(client, address):
    assert client.get(f"{address}?next=/hall/").url == f"{DOOR}?next=%2Fhall%2F"


@pytest.mark.parametrize(
    "closed",
    [
        "password/reset/", "password/change/", "password/set/", "email/", "confirm-email/", "phone/change/",
        "phone/verify/", "2fa/trust/", "social/connections/", "oidc/service/login/",
    ],
)  # fmt: skip
def test_doors_that_are_not_used_do_not_exist(client, closed):
    sign_in(client, make_person())
    assert client.get(f"/accounts/{closed}").status_code == 404


def test_signing_out_asks_and_then_does(client):
    sign_in(client, make_person())
    assert client.get("/accounts/logout/").status_code == 200
    assert client.post("/accounts/logout/").url == reverse("home")
    assert "_auth_user_id" not in client.session
