"""One slip in many hands at one moment."""

import pytest

from taar.lib.refusals import Refused
from taar.organizations.actions import make_visit_code, redeem_visit_code
from taar.organizations.models import Duty
from taar.people.models import Person
from tests.organizations.factories import AT, make_official
from tests.people.factories import make_person
from tests.races.threads import all_at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_slip_that_six_people_enter_at_once_verifies_one():
    code = make_visit_code(by=make_official(Duty.VERIFY), at=AT)
    people = [make_person() for _ in range(6)]
    results = all_at_once(*(lambda person=person: redeem_visit_code(code, by=person, at=AT) for person in people))
    assert sum(isinstance(result, Refused) for result in results) == 5
    assert Person.objects.filter(pk__in=[person.pk for person in people], identity_level=2).count() == 1
