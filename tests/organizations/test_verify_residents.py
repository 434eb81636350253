"""Becoming a verified resident: by one's national ID, by a slip of an office, or vouched for on the spot."""

import json
import re
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from django.utils import timezone

from taar.journal.models import Entry
from taar.lib.refusals import Refused, TooOften
from taar.organizations.actions import (
    appoint_holder,
    change_number,
    make_visit_code,
    redeem_visit_code,
    vouch_for_resident,
)
from taar.organizations.models import Duty
from taar.organizations.numbers import VERIFIED_A_DAY
from taar.people.models import Person
from tests.organizations.factories import AT, LONG_AGO, make_official, make_post
from tests.people.factories import make_person, sign_in

pytestmark = pytest.mark.django_db
RIGHT_ID, OTHER_ID = "0499370899", "0790419904"


@pytest.fixture
def facilitator():
    return make_official(Duty.FACILITATE, Duty.VERIFY)


def level(person):
    person.refresh_from_db()
    return person.identity_level


def test_a_code_makes_its_bearer_a_verified_resident_once(facilitator):
    person, other = make_person(), make_person()
    code = make_visit_code(by=facilitator, at=AT)
    redeem_visit_code(code, by=person, at=AT)
    assert level(person) == Person.Level.RESIDENT
    with pytest.raises(Refused):
        redeem_visit_code(code, by=other, at=AT)
    assert level(other) == Person.Level.PHONE


def test_a_code_is_not_good_for_ever_nor_for_its_maker(facilitator):
    code = make_visit_code(by=facilitator, at=AT)
    with pytest.raises(Refused):
        redeem_visit_code(code, by=facilitator, at=AT)
    with pytest.raises(Refused):
        redeem_visit_code(code, by=make_person(), at=AT + timedelta(days=15))


def test_an_office_vouches_for_whoever_has_signed_in_but_not_for_itself(facilitator):
    person = make_person()
    vouch_for_resident(person.phone, by=facilitator, at=AT)
    assert level(person) == Person.Level.RESIDENT
    for phone in (person.phone, facilitator.phone, "+989169999999"):
        with pytest.raises(Refused):
            vouch_for_resident(phone, by=facilitator, at=AT)


def test_only_posts_that_are_there_for_it_verify():
    with pytest.raises(Refused):
        make_visit_code(by=make_official(Duty.ANSWER), at=AT)


def test_an_office_verifies_so_many_in_a_day_and_no_more(facilitator):
    change_number(VERIFIED_A_DAY, 2, by=None, at=AT)
    make_visit_code(by=facilitator, at=AT)
    vouch_for_resident(make_person().phone, by=facilitator, at=AT)
    with pytest.raises(TooOften):
        make_visit_code(by=facilitator, at=AT)
    assert make_visit_code(by=facilitator, at=AT + timedelta(hours=25))


def test_the_journal_tells_the_office_and_neither_the_person_nor_the_code(facilitator):
    person = make_person()
    code = make_visit_code(by=facilitator, at=AT)
    redeem_visit_code(code, by=person, at=AT)
    entry = Entry.objects.get(verb="verify_resident")
    assert entry.post
    assert code not in entry.body
    assert person.phone not in entry.body


def test_the_slip_goes_from_the_desk_to_the_persons_page(client, facilitator):
    sign_in(client, facilitator, second_factor=True)
    shown = client.post("/verification/", {"make": "1"}).content.decode()
    code = re.search(r'id="visit-code">([^<]+)<', shown)[1]
    assert len(code.replace(" ", "")) == 8
    person = make_person()
    sign_in(client, person)
    assert client.post("/my/verification/", {"code": code}).url == "/my/"
    assert level(person) == Person.Level.RESIDENT


def test_the_desk_wants_the_post_and_the_second_factor(client, facilitator):
    assert client.get("/verification/").status_code == 302
    sign_in(client, make_person())
    assert client.get("/verification/").status_code == 403
    sign_in(client, facilitator)
    assert "second-factor" in client.get("/verification/").url


def test_a_person_verifies_themselves_by_their_id_in_any_digits(client):
    person = make_person()
    sign_in(client, person)
    assert client.post("/my/verification/", {"national_id": "۰۴۹۹۳۷۰۸۹۹"}).url == "/my/"
    assert level(person) == Person.Level.RESIDENT
    assert person.national_id == RIGHT_ID


@pytest.mark.parametrize(
    "sent",
    [{"national_id": "1111111111"}, {"national_id": ""}, {"code": "12"}, {"code": "۱۲۳۴۵۶۷۸"}, {"code": "\x00"}, {}],
)
def test_what_is_wrong_gets_a_sentence_and_changes_nothing(client, sent):
    person = make_person()
    sign_in(client, person)
    answer = client.post("/my/verification/", sent)
    assert answer.status_code == 422
    assert 'class="error"' in answer.content.decode()
    assert level(person) == Person.Level.PHONE


def test_one_id_belongs_to_one_account(client):
    for person, path in ((make_person(), "/my/"), (make_person(), None)):
        sign_in(client, person)
        answer = client.post("/my/verification/", {"national_id": OTHER_ID})
        assert (answer.status_code == 302) == (path is not None)


def test_nobody_guesses_codes_all_day(client):
    sign_in(client, make_person())
    answers = [client.post("/my/verification/", {"code": f"{number:08}"}).status_code for number in range(12)]
    assert answers[:10] == [422] * 10
    assert answers[10:] == [429, 429]


@pytest.fixture
def matching_service(settings):
    """A service on this machine that knows one phone and its ID, and what it was asked."""
    asked = []

    class Service(BaseHTTPRequestHandler):
        def do_POST(self):
            question = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            asked.append((question, self.headers["Authorization"]))
            body = json.dumps({"matched": question["national_code"] == RIGHT_ID}).encode()
            self.send_response(200)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            return None

    server = HTTPServer(("127.0.0.1", 0), Service)
    Thread(target=server.serve_forever, daemon=True).start()
    settings.ID_MATCH_PROVIDER, settings.ID_MATCH_KEY = "http", "a-key"
    settings.ID_MATCH_URL = f"http://127.0.0.1:{server.server_port}/match"
    yield asked
    server.shutdown()
    server.server_close()


def test_the_service_is_asked_and_its_word_counts(client, matching_service):
    person = make_person()
    sign_in(client, person)
    assert client.post("/my/verification/", {"national_id": OTHER_ID}).status_code == 422
    assert level(person) == Person.Level.PHONE
    assert client.post("/my/verification/", {"national_id": RIGHT_ID}).status_code == 302
    assert level(person) == Person.Level.RESIDENT
    question, key = matching_service[-1]
    assert question == {"mobile": f"0{person.phone[3:]}", "national_code": RIGHT_ID}
    assert key == "Bearer a-key"


def test_a_service_that_does_not_answer_is_said_in_a_sentence(client, settings):
    settings.ID_MATCH_PROVIDER, settings.ID_MATCH_URL = "http", "http://127.0.0.1:9/match"
    person = make_person()
    sign_in(client, person)
    assert client.post("/my/verification/", {"national_id": RIGHT_ID}).status_code == 422
    assert level(person) == Person.Level.PHONE


def test_without_a_service_only_the_code_is_offered(client, settings):
    settings.ID_MATCH_PROVIDER = "none"
    sign_in(client, make_person())
    page = client.get("/my/verification/").content.decode()
    assert 'name="code"' in page
    assert 'name="national_id"' not in page
    assert client.post("/my/verification/", {"national_id": RIGHT_ID}).status_code == 422


def test_a_holder_of_a_post_speaks_for_a_checked_body():
    official = make_person()

    appoint_holder(make_post(Duty.ANSWER), person=official, by=None, at=timezone.now(), from_on=LONG_AGO)
    assert level(official) == Person.Level.BODY
