"""The back office of people finds by blind index, shows nothing sealed and writes only by verbs."""

import pytest

from taar.people.actions import verify_resident
from taar.people.models import Person
from tests.people.factories import AT, make_person, sign_in

pytestmark = pytest.mark.django_db
LIST = "/admin/people/person/"


@pytest.fixture
def office(client):
    """A browser of somebody with every right in the back office."""
    return sign_in(client, make_person(is_staff=True, is_superuser=True), second_factor=True)


@pytest.mark.parametrize("form", ["{0}", "۰{1}", "0{2} {3} {4}"])
def test_a_whole_phone_finds_its_owner_and_stands_in_no_address(office, form):
    person = make_person()
    bare = person.phone[3:]
    sent = {"identifier": form.format(person.phone, bare, bare[:3], bare[3:6], bare[6:])}
    answer = office.post(f"{LIST}find/", sent)
    assert answer.url == f"{LIST}{person.pk}/change/"
    assert bare not in office.get(LIST).content.decode()
    assert office.get(f"{LIST}find/").status_code == 405


def test_a_national_id_finds_its_owner(office):
    person = make_person()
    verify_resident(person, by=None, at=AT, method="visit_code", national_id="9990000026")
    assert office.post(f"{LIST}find/", {"identifier": "۹۹۹۰۰۰۰۰۲۶"}).url == f"{LIST}{person.pk}/change/"


def test_a_part_of_a_number_finds_nobody(office):
    person = make_person()
    assert office.post(f"{LIST}find/", {"identifier": person.phone[4:9]}).url == LIST
    assert not office.get(LIST, {"q": person.phone[4:9]}).context["cl"].result_list


def test_finding_takes_the_right_to_see_persons(client):
    sign_in(client, make_person(is_staff=True), second_factor=True)
    assert client.post(f"{LIST}find/", {"identifier": "09161234567"}).status_code == 403


def test_a_person_page_shows_nothing_sealed(office):
    person = make_person(email="somebody@example.org")
    page = office.get(f"{LIST}{person.pk}/change/").content.decode()
    assert person.phone[3:] not in page
    assert "somebody@example.org" not in page


def test_suspending_goes_through_the_verb(office):
    person = make_person()
    office.post(LIST, {"action": "suspend", "index": 0, "_selected_action": [person.pk]})
    assert not Person.objects.get(pk=person.pk).is_active
    me = Person.objects.get(is_superuser=True)
    office.post(LIST, {"action": "suspend", "index": 0, "_selected_action": [me.pk]})
    assert Person.objects.get(pk=me.pk).is_active


def test_the_list_shows_everybody_until_one_searches(office):
    person = make_person()
    assert len(office.get(LIST).context["cl"].result_list) == 2
    assert [row.pk for row in office.get(LIST, {"q": f"#{person.pk}"}).context["cl"].result_list] == [person.pk]


def test_pages_of_sessions_and_secrets_do_not_exist(office):
    for path in ("mfa/authenticator", "usersessions/usersession", "socialaccount/socialapp"):
        assert office.get(f"/admin/{path}/").status_code == 404
