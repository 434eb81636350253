from datetime import UTC, date, datetime

import pytest

from taar.lib import numbers
from taar.lib.models import HouseNumber
from taar.lib.refusals import Refused

AT = datetime(2026, 11, 24, 8, tzinfo=UTC)
TODAY = date(2026, 11, 24)
KEY = "tests.days"
numbers.register(
    numbers.Number(KEY, 10, "Days to answer.", least=1, most=60),
    numbers.Number("tests.share", 0.5, "A share.", least=0, most=1),
    numbers.Number("tests.open", True, "Open?"),
)
pytestmark = pytest.mark.django_db


def change(value, key=KEY, since=None):
    return numbers.change_number(key, value, by_label="OFFICE 1", at=AT, since=since)


def test_without_a_row_the_default_holds():
    assert numbers.value(KEY) == 10


def test_a_changed_number_holds_from_its_day_on():
    change(12, since=date(2026, 12, 1))
    assert numbers.value(KEY, date(2026, 11, 30)) == 10
    assert numbers.value(KEY, date(2026, 12, 1)) == 12


def test_the_newest_row_that_has_begun_wins():
    change(12)
    change(15, since=date(2026, 12, 1))
    assert numbers.value(KEY, date(2026, 11, 25)) == 12
    assert numbers.value(KEY, date(2027, 1, 1)) == 15
    assert numbers.history(KEY) == [(TODAY, 12), (date(2026, 12, 1), 15)]


def test_who_changed_it_and_when_is_kept():
    row = change(12)
    assert (row.changed_by_label, row.changed_at, row.default, row.sentence) == ("OFFICE 1", AT, 10, "Days to answer.")
    assert numbers.changed_at(KEY) == AT


def test_a_second_change_of_a_day_takes_the_place_of_the_first():
    change(12)
    change(13)
    assert HouseNumber.objects.filter(key=KEY).count() == 1
    assert numbers.value(KEY, TODAY) == 13


@pytest.mark.parametrize(
    ("key", "value"),
    [
        (KEY, 0),
        (KEY, 61),
        (KEY, "12"),
        (KEY, True),
        (KEY, 1.5),
        ("tests.share", 2),
        ("tests.share", "x"),
        ("tests.open", 1),
        ("places.weekend", [3, 9]),
        ("places.weekend", 4),
        ("places.weekend", ["4"]),
        ("tests.unknown", 1),
    ],
)
def test_a_value_that_the_number_cannot_have_is_refused(key, value):
    with pytest.raises(Refused):
        change(value, key)
    assert not HouseNumber.objects.exists()


def test_a_whole_number_is_a_fair_share():
    change(1, "tests.share")
    assert numbers.value("tests.share", TODAY) == 1


def test_the_past_is_not_changed():
    with pytest.raises(Refused):
        change(12, since=date(2026, 11, 23))


def test_a_key_is_declared_once():
    with pytest.raises(ValueError):
        numbers.register(numbers.Number(KEY, 11, "Another."))


def test_values_are_kept_in_the_process(django_assert_num_queries):
    numbers.value(KEY)
    with django_assert_num_queries(0):
        numbers.value(KEY)
