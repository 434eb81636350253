"""What a person sees and changes of their own account: sessions, e-mail, and all that is known about them."""

import re

import pytest
from django.core import mail

from taar.lib.refusals import Refused
from taar.people import actions, sms
from taar.people.devices import device_of
from taar.people.email_links import email_of, token_for
from taar.people.queries import known_about, masked_email
from tests.people.factories import AT, last_code, make_neighbourhood, make_person, sign_in

pytestmark = pytest.mark.django_db
CHROME = "Mozilla/5.0 (Linux; Android 14; SM-A515F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36"


def through_the_door(client, person, **more):
    client.post("/accounts/login/code/", {"phone": person.phone}, **more)
    client.post("/accounts/login/code/confirm/", {"code": last_code(person.phone)}, **more)
    return client


def test_sessions_are_listed_and_ended_everywhere_else(client):
    person = make_person()
    other = through_the_door(type(client)(), person, HTTP_USER_AGENT=CHROME)
    through_the_door(client, person)
    page = client.get("/accounts/sessions/").content.decode()
    assert "Chrome, Android" in page
    assert "127.0.0.1" in page
    client.post("/accounts/sessions/")
    assert other.get("/accounts/sessions/").status_code == 302
    assert client.get("/accounts/sessions/").status_code == 200


@pytest.mark.parametrize(("agent", "said"), [(CHROME, "Chrome, Android"), ("curl/8", ""), ("Firefox", "Firefox")])
def test_a_device_is_named_in_two_words(agent, said):
    assert device_of(agent) == said


def test_an_address_is_kept_after_its_link_was_opened(client, settings):
    person = make_person()
    sign_in(client, person)
    assert client.post("/my/email/", {"email": " Somebody@Example.org "}).url == "/my/"
    person.refresh_from_db()
    assert person.email == ""
    assert mail.outbox[0].to == ["somebody@example.org"]
    link = re.search(re.escape(settings.SITE_URL) + r"(\S+)", mail.outbox[0].body)[1]
    assert client.get(link).status_code == 200
    person.refresh_from_db()
    assert person.email == ""
    assert client.post(link).url == "/my/"
    person.refresh_from_db()
    assert person.email == "somebody@example.org"
    client.post("/my/email/", {"email": ""})
    person.refresh_from_db()
    assert person.email == ""


def test_a_link_serves_only_the_person_it_was_made_for(client):
    person, stranger = make_person(), make_person()
    token = token_for(person, "somebody@example.org")
    assert email_of(token, person) == "somebody@example.org"
    assert email_of(token, stranger) == email_of(token[:-1] + "x", person) == ""
    sign_in(client, stranger)
    assert client.post(f"/my/email/{token}/").status_code == 409


def test_links_are_not_sent_without_end(client):
    sign_in(client, make_person())
    for _again in range(5):
        assert client.post("/my/email/", {"email": "somebody@example.org"}).status_code == 302
    assert client.post("/my/email/", {"email": "somebody@example.org"}).status_code == 429
    assert len(mail.outbox) == 5


def test_a_broken_address_gets_a_sentence_and_stays_in_its_box(client):
    sign_in(client, make_person())
    page = client.post("/my/email/", {"email": "no address"}).content.decode()
    assert 'value="no address"' in page
    assert 'id="id_email_error"' in page


def test_all_that_is_known_is_told_and_masked():
    person = make_person(language="fa")
    place = make_neighbourhood()
    actions.move_residence(person, by=person, at=AT, place=place)
    actions.verify_resident(person, by=None, at=AT, method="phone_id_match", national_id="9990000018")
    actions.choose_email(person, by=person, at=AT, email="somebody@example.org")
    name = actions.pseudonym_for(person, place).name
    values = [value for _label, value in known_about(person)]
    said = "\n".join(values)
    assert name in values
    assert place.label in values
    assert "s•••@example.org" in values
    assert person.phone[3:] not in said
    assert "9990000018" not in said


def test_an_address_is_masked_but_for_its_domain():
    assert masked_email("somebody@example.org") == "s•••@example.org"
    assert masked_email("") == ""


def test_a_language_that_is_not_offered_is_refused():
    person = make_person()
    with pytest.raises(Refused):
        actions.choose_language(person, by=person, at=AT, language="de")


def test_the_terminal_shows_a_message_with_a_masked_number(settings, capsys):
    settings.SMS_PROVIDER = "console"
    sms.send_code("+989161234567", "123456")
    said = capsys.readouterr().out
    assert "123456" in said
    assert "1234567" not in said
