"""The same number asked for at once from many sides is one account, and the same page gives one name."""

import pytest

from taar.people.actions import pseudonym_for, register_phone
from taar.people.models import Person, Pseudonym
from tests.people.factories import AT, make_neighbourhood, make_person, next_phone
from tests.races.threads import all_at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_eight_requests_for_one_number_make_one_account():
    phone = next_phone()
    persons = all_at_once(*[lambda: register_phone(phone, at=AT).pk] * 8)
    assert len(set(persons)) == 1
    assert Person.objects.get().pk == persons[0]


def test_eight_pages_at_once_give_a_person_one_name():
    person, place = make_person(), make_neighbourhood()
    names = all_at_once(*[lambda: pseudonym_for(person, place).name] * 8)
    assert len(set(names)) == 1
    assert Pseudonym.objects.get().name == names[0]
