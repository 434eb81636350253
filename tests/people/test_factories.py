"""The short way to a person is the way of the verbs: else tests would stand on people whom the hall does not know."""

from datetime import timedelta

import pytest

from taar.people.actions import confirm_phone, register_phone, verify_resident
from taar.people.models import Person
from tests.dialogue.factories import NOW, make_person
from tests.people.factories import next_phone

pytestmark = pytest.mark.django_db
OWN = {"id", "phone", "phone_index", "password"}


@pytest.mark.parametrize("verified", [True, False])
def test_a_person_of_the_tests_is_like_one_who_came_through_the_door(verified):
    person = register_phone(next_phone(), at=NOW - timedelta(days=90))
    confirm_phone(person, at=NOW - timedelta(days=90))
    if verified:
        verify_resident(person, by=None, at=NOW - timedelta(days=80), method="visit_code")
    made = make_person(verified=verified)
    assert row_of(made) == row_of(person)
    assert checks_of(made) == checks_of(person)


def row_of(person) -> dict:
    return {name: value for name, value in Person.objects.values().get(pk=person.pk).items() if name not in OWN}


def checks_of(person) -> list:
    return list(person.verifications.order_by("pk").values("level", "method", "by_label", "at"))
