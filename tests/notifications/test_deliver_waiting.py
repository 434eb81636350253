from datetime import timedelta

import pytest
from django.core import mail

from taar.notifications import sweeps
from taar.notifications.models import Delivery
from taar.notifications.sweeps import deliver_waiting
from tests.notifications.factories import LOUD, NIGHT, NOON, SILENT, make_notice, states
from tests.people.factories import make_person, sent_messages

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def no_carrier(settings):
    """The messages' carrier is unknown: every message fails."""
    settings.SMS_PROVIDER = "nobody"


def test_what_waits_goes_out_once_in_the_language_of_the_person(settings):
    settings.SITE_URL = "https://hall.example/"
    person = make_person(language="en")
    make_notice(person, facts={"code": "KHZ-1", "due_on": "2025-08-24"})
    assert deliver_waiting(NOON) == 1
    assert deliver_waiting(NOON) == 0
    texts = [message["text"] for message in sent_messages() if message["phone"] == person.phone]
    assert len(texts) == 1
    assert texts[0].startswith("TAAR KHZ-1 2 Shahrivar 1404")
    assert texts[0].endswith("\nhttps://hall.example/hall/KHZ-1405-000001/")
    assert person.phone not in texts[0]


def test_an_e_mail_goes_out_with_the_sentence_as_its_subject():
    make_notice(make_person(email="a@example.org", language="en"), SILENT, facts={"code": "KHZ-1"})
    assert deliver_waiting(NIGHT) == 1
    assert mail.outbox[0].subject.startswith("Thread KHZ-1")
    assert "/hall/KHZ-1405-000001/" in mail.outbox[0].body


def test_nothing_reaches_a_phone_at_night():
    make_notice(make_person(), at=NIGHT - 3 * HOUR)
    assert deliver_waiting(NIGHT) == 0
    assert states() == ["waiting"]
    assert deliver_waiting(NIGHT + 12 * HOUR) == 1


def test_three_a_week_and_no_more_but_ones_own_threads():
    person = make_person()
    for _count in range(5):
        make_notice(person)
    make_notice(person, own=True)
    assert deliver_waiting(NOON) == 4
    assert states() == ["sent"] * 3 + ["dropped"] * 2 + ["sent"]
    assert Delivery.objects.filter(state="dropped").first().reason == "the week's limit is reached"


def test_after_a_week_there_is_room_again():
    person = make_person()
    for _count in range(3):
        make_notice(person)
    deliver_waiting(NOON)
    make_notice(person, at=NOON + 6 * DAY)
    deliver_waiting(NOON + 6 * DAY)
    make_notice(person, at=NOON + 7 * DAY)
    deliver_waiting(NOON + 7 * DAY)
    assert states() == ["sent"] * 3 + ["dropped", "sent"]


def test_a_failure_waits_longer_each_time_and_is_given_up_at_last(no_carrier):
    make_notice(make_person())
    at = NOON
    for attempt in range(1, 5):
        assert deliver_waiting(at) == 0
        delivery = Delivery.objects.get()
        assert (delivery.state, delivery.attempts) == ("waiting", attempt)
        assert delivery.not_before == at + timedelta(minutes=2**attempt)
        at = delivery.not_before
    deliver_waiting(at)
    assert states() == ["failed"]
    assert deliver_waiting(at + HOUR) == 0


def test_what_is_too_old_to_be_news_is_dropped():
    make_notice(make_person())
    assert deliver_waiting(NOON + 4 * DAY) == 0
    assert states() == ["dropped"]


def test_an_account_that_was_closed_meanwhile_gets_nothing():
    person = make_person()
    make_notice(person)
    type(person).objects.filter(pk=person.pk).update(is_active=False)
    assert deliver_waiting(NOON) == 0
    assert states() == ["dropped"]


def test_a_claim_whose_lease_is_over_is_taken_up_again():
    make_notice(make_person())
    sweeps._claim(NOON)
    assert deliver_waiting(NOON + timedelta(minutes=4)) == 0
    assert deliver_waiting(NOON + timedelta(minutes=5)) == 1
    assert Delivery.objects.get().attempts == 2


def test_more_than_a_batch_goes_out_in_one_run():
    people = [make_person() for _count in range(sweeps.BATCH + 5)]
    for person in people:
        make_notice(person, LOUD)
    assert deliver_waiting(NOON) == sweeps.BATCH + 5
