"""The fourth guardian, the quota's last place, two imports of one file: one wins, whoever else asks."""

from datetime import date

import pytest

from taar.lib.refusals import Refused
from taar.people.actions import appoint_guardian, register_person
from tests.people.factories import AT
from tests.races.threads import all_at_once

pytestmark = pytest.mark.django_db(transaction=True)


def register(birth_on=date(1989, 7, 18)):
    about = {"given_name": "مریم", "family_name": "کعبی", "sex": "woman"}
    return register_person(by=None, at=AT, birth_on=birth_on, **about)


def test_of_eight_guardians_at_once_three_are_appointed():
    child, adults = register(date(2017, 5, 2)), [register() for _ in range(8)]
    calls = [lambda adult=adult: appoint_guardian(child, adult, by=None, at=AT, proof="court") for adult in adults]
    results = all_at_once(*calls)
    assert sum(isinstance(result, Refused) for result in results) == 5
    assert child.guardianships.open().count() == 3
