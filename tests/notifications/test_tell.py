from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from taar.notifications.actions import choose_ways, tell
from taar.notifications.models import Delivery, Notification
from taar.notifications.quiet_hours import first_allowed, is_quiet
from tests.notifications.factories import LOUD, NIGHT, NOON, SILENT, make_notice
from tests.people.factories import make_person

pytestmark = pytest.mark.django_db
FACTS = {"code": "KHZ-1", "due_on": "2025-08-24", "count": 12, "body": {"fa": "شهرداری", "en": "the municipality"}}


def channels() -> list[str]:
    return list(Delivery.objects.order_by("id").values_list("channel", flat=True))


def test_everybody_is_told_once():
    first, second = make_person(), make_person()
    assert tell([first, second, first, None], SILENT, at=NOON, url="/hall/") == 2
    assert Notification.objects.count() == 2


def test_a_closed_account_is_not_told():
    assert make_notice(make_person(is_active=False)) == 0


def test_a_confirmed_phone_gets_a_kind_that_has_a_text_for_phones():
    make_notice(make_person())
    make_notice(make_person(), SILENT)
    make_notice(make_person(identity_level=0))
    assert channels() == ["sms"]


def test_a_mailbox_gets_every_kind():
    make_notice(make_person(email="a@example.org"))
    make_notice(make_person(email="b@example.org"), SILENT)
    assert channels() == ["sms", "email", "email"]


def test_a_closed_way_is_not_used():
    person = make_person(email="a@example.org")
    choose_ways(by=person, at=NOON, sms=False, email=True)
    make_notice(person)
    assert channels() == ["email"]


def test_closing_a_way_drops_what_waits_on_it():
    person = make_person()
    make_notice(person)
    choose_ways(by=person, at=NOON, sms=False, email=True)
    assert Delivery.objects.get().state == "dropped"


def test_a_kind_that_nobody_declared_is_a_fault_of_ours():
    with pytest.raises(KeyError):
        make_notice(make_person(), "unheard_of")


@pytest.mark.parametrize("url", ["https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere", "hall/"])
def test_a_notice_leads_to_a_page_of_ours_only(url):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_notice(make_person(), SILENT, url=url)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fa", "۲ شهریور ۱۴۰۴, ۱۲, شهرداری"),
        ("ar", "٢ شهريور ١٤٠٤, ١٢, شهرداری"),
        ("en", "2 Shahrivar 1404, 12, the municipality"),
    ],
)
def test_facts_are_written_in_the_language_of_the_reader(language, words):
    make_notice(make_person(), SILENT, facts=FACTS)
    with override(language):
        assert Notification.objects.get().title == f"Thread KHZ-1, due {words}"


def test_a_missing_fact_leaves_a_gap_and_no_error():
    make_notice(make_person(), SILENT)
    with override("en"):
        assert Notification.objects.get().title.startswith("Thread , due")


def test_what_is_told_at_night_waits_for_the_morning():
    make_notice(make_person(email="a@example.org"), at=NIGHT)
    sms, email = Delivery.objects.order_by("channel").reverse()
    assert sms.not_before == datetime(2026, 11, 25, 3, 30, tzinfo=UTC)
    assert email.not_before == NIGHT


@pytest.mark.parametrize(
    ("hour", "quiet"), [(0, True), (6, True), (7, False), (12, False), (21, False), (22, True), (23, True)]
)
def test_the_night_is_from_22_to_7(hour, quiet):
    at = datetime(2026, 11, 24, 20, 30, tzinfo=UTC) + timedelta(hours=hour)  # midnight in Tehran and later
    assert is_quiet(at, 22, 7) == quiet
    allowed = first_allowed(at, 22, 7)
    assert not is_quiet(allowed, 22, 7)
    assert at <= allowed <= at + timedelta(hours=9)


def test_telling_many_costs_no_query_for_each(django_assert_max_num_queries):
    people = [make_person() for _count in range(8)]
    make_notice(people[0])
    with django_assert_max_num_queries(6):
        tell(people, LOUD, at=NOON, url="/hall/")
