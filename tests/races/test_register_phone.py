"""The same number asked for at once from many sides is one account."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from taar.people.actions import pseudonym_for, register_phone
from taar.people.models import Person, Pseudonym
from tests.people.factories import AT, make_neighbourhood, make_person, next_phone


def at_once(work, times=8):
    """Do the same work in as many threads at once."""

    def one(_number):
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(one, range(times)))


@pytest.mark.django_db(transaction=True)
def test_eight_requests_for_one_number_make_one_account():
    phone = next_phone()
    persons = at_once(lambda: register_phone(phone, at=AT).pk)
    assert len(set(persons)) == 1
    assert Person.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_eight_pages_at_once_give_a_person_one_name():
    person, place = make_person(), make_neighbourhood()
    names = at_once(lambda: pseudonym_for(person, place).name)
    assert len(set(names)) == 1
    assert Pseudonym.objects.count() == 1
