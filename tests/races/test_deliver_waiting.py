import pytest

from taar.notifications.sweeps import deliver_waiting
from tests.notifications.factories import NOON, make_notice, states
from tests.people.factories import make_person, sent_messages
from tests.races.threads import all_at_once


@pytest.mark.django_db(transaction=True)
def test_eight_sweeps_at_once_send_everything_once():
    people = [make_person() for _count in range(30)]
    for person in people:
        make_notice(person)
    results = all_at_once(*(lambda: deliver_waiting(NOON) for _count in range(8)))
    assert sum(results) == 30
    assert states() == ["sent"] * 30
    phones = [message["phone"] for message in sent_messages()]
    assert sorted(phone for phone in phones if phone in {person.phone for person in people}) == sorted(
        person.phone for person in people
    )


@pytest.mark.django_db(transaction=True)
def test_eight_sweeps_at_once_keep_to_the_limit_of_a_week():
    person = make_person()
    for _count in range(12):
        make_notice(person)
    results = all_at_once(*(lambda: deliver_waiting(NOON) for _count in range(8)))
    assert sum(results) == 3
    assert sorted(states()) == ["dropped"] * 9 + ["sent"] * 3
