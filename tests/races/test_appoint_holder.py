import pytest

from taar.lib.refusals import Refused
from taar.organizations.actions import appoint_holder
from taar.organizations.models import Duty, Holding
from tests.organizations.factories import AT, TODAY, make_post
from tests.people.factories import make_person
from tests.races.threads import all_at_once


@pytest.mark.django_db(transaction=True)
def test_of_eight_appointments_at_once_one_holds_the_post():
    post, people = make_post(Duty.ANSWER), [make_person() for _count in range(8)]
    results = all_at_once(
        *(lambda person=person: appoint_holder(post, person=person, by=None, at=AT, from_on=TODAY) for person in people)
    )
    assert sum(isinstance(result, Refused) for result in results) == 7
    assert Holding.objects.filter(post=post).count() == 1
    assert len({result.sentence for result in results if isinstance(result, Refused)}) == 1
