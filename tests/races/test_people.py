"""The fourth guardian, the quota's last place, two imports of one file: one wins, whoever else asks."""

from datetime import date

import pytest

from taar.lib.refusals import Refused
from taar.organizations.models import Duty
from taar.people.actions import appoint_guardian, register_person
from tests.organizations.factories import make_official
from tests.people.factories import AT
from tests.places.factories import make_place
from tests.races.threads import all_at_once
from tests.welfare_card.applicants import make_plan
from welfare_card.actions.imports import receive_import
from welfare_card.actions.quotas import take_place
from welfare_card.models import ImportRun, Quota

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


def test_the_last_place_of_a_quota_goes_to_one():
    place, plan = make_place(), make_plan()
    Quota.objects.create(plan=plan, county=place.county, places=1)
    results = all_at_once(*[lambda: take_place(plan.pk, place.county_id)] * 8)
    assert results.count(True) == 1
    assert Quota.objects.get().taken == 1


def test_two_imports_of_one_file_at_once_are_one():
    officer, plan = make_official(Duty.CARDS), make_plan()
    about = {"by": officer, "at": AT, "plan": plan, "agency_label": "کمیته", "file_name": "list.csv"}
    results = all_at_once(*[lambda: receive_import(b"a,b\n1,2\n", **about)] * 6)
    assert sum(isinstance(result, ImportRun) for result in results) == 1
    assert ImportRun.objects.count() == 1
