import pytest
from django.contrib.auth.models import AnonymousUser

from taar.organizations import permissions
from taar.organizations.models import Duty
from tests.organizations.factories import AT, make_official, make_organization, make_post
from tests.people.factories import make_person

pytestmark = pytest.mark.django_db
# Which duties open which verb; every other duty, and a person without a post, is turned away.
MATRIX = {
    "can_keep_organizations": {Duty.SECRETARIAT},
    "can_look_up_bodies": {Duty.SECRETARIAT, Duty.BOARDS},
    "can_appoint_holder": {Duty.SECRETARIAT},
    "can_keep_members": {Duty.SECRETARIAT, Duty.HEAD},
    "can_declare_closure": {Duty.CLOSURES},
    "can_change_number": {Duty.SWITCHES},
    "can_verify_residents": {Duty.VERIFY},
}
# An office answers for whom it verified; whoever set the portal up has none.
OFFICE_ONLY = {"can_verify_residents"}


def ask(verb, person, body):
    things = {"can_appoint_holder": [make_post()], "can_keep_members": [body]}
    return getattr(permissions, verb)(person, *things.get(verb, []), at=AT)


@pytest.mark.parametrize("verb", MATRIX)
@pytest.mark.parametrize("duty", Duty.values)
def test_a_duty_opens_its_verbs_and_no_other(verb, duty):
    body = make_organization()
    assert ask(verb, make_official(duty, organization=body), body) == (duty in MATRIX[verb])


@pytest.mark.parametrize("verb", MATRIX)
def test_a_person_without_a_post_is_turned_away(verb):
    body = make_organization()
    closed = make_official(Duty.SECRETARIAT, is_active=False)
    for person in (AnonymousUser(), make_person(), make_person(is_staff=True), closed):
        assert not ask(verb, person, body)


@pytest.mark.parametrize("verb", MATRIX)
def test_who_set_the_portal_up_may_what_needs_no_office(verb):
    assert ask(verb, make_person(is_superuser=True), make_organization()) == (verb not in OFFICE_ONLY)


def test_the_head_of_another_body_keeps_no_members_here():
    assert not permissions.can_keep_members(make_official(Duty.HEAD), make_organization(), at=AT)


def test_every_predicate_stands_in_the_matrix():
    assert {name for name in vars(permissions) if name.startswith("can_")} == set(MATRIX)
