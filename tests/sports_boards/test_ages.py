"""Ages on the day of a session, by Jalali birthdays."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sports_boards.ages import AgeFault, age_fault, birthdays_between
from taar.lib.jalali import from_jalali, is_leap, to_jalali

BIRTHDAYS = st.dates(date(1930, 1, 1), date(2026, 1, 1))
SESSIONS = st.dates(date(2026, 1, 1), date(2035, 1, 1))
AGES = st.integers(0, 90)
DAY = timedelta(days=1)
CALM = settings(deadline=None)


@CALM
@given(BIRTHDAYS, SESSIONS, AGES, AGES)
def test_those_who_fit_are_exactly_those_born_between_the_two_days(born, day, one, two):
    least, most = sorted((one, two))
    first, last = birthdays_between(day, least=least, most=most)
    assert (first <= born <= last) == (age_fault(born, day, least=least, most=most) is None)


def around(day: date, least: int, most: int) -> list[AgeFault | None]:
    """What is said of the day before the first birthday, of the first, of the last, and of the day after it."""
    first, last = birthdays_between(day, least=least, most=most)
    return [age_fault(born, day, least=least, most=most) for born in (first - DAY, first, last, last + DAY)]


EDGES = [AgeFault.TOO_OLD, None, None, AgeFault.TOO_YOUNG]


@CALM
@given(SESSIONS, AGES, AGES)
def test_the_first_and_the_last_birthday_fit_and_those_beyond_them_do_not(day, one, two):
    assert around(day, *sorted((one, two))) == EDGES


@pytest.mark.parametrize("day", ["1405-01-31", "1405-06-30", "1403-12-30", "1404-12-29", "1405-01-01"])
def test_so_it_is_at_the_ends_of_months_and_years(day):
    assert around(from_jalali(day), 9, 14) == EDGES


@CALM
@given(BIRTHDAYS, SESSIONS)
def test_who_is_too_young_is_not_too_old_and_a_birthday_makes_one_year(born, day):
    age = next(age for age in range(-1, 130) if age_fault(born, day, least=age + 1, most=None))
    assert age_fault(born, day, least=age, most=age) is None
    assert age_fault(born, day, least=None, most=age - 1) is AgeFault.TOO_OLD
    jalali, today = to_jalali(born), to_jalali(day)
    assert today.year - jalali.year - 1 <= age <= today.year - jalali.year


@pytest.mark.parametrize(
    ("session", "old_enough"),
    [("1412-12-29", True), ("1411-12-29", False), ("1412-01-01", True), ("1412-12-30", True)],
)
def test_who_was_born_on_the_30th_of_a_leap_esfand_is_a_year_older_on_1_farvardin_of_a_short_year(session, old_enough):
    born = from_jalali("1403-12-30")
    assert is_leap(1403)
    assert is_leap(1412)
    assert not is_leap(1411)
    fault = age_fault(born, from_jalali(session), least=8, most=None)
    assert (fault is None) == old_enough


def test_without_a_range_everybody_fits_and_with_one_a_birthday_is_needed():
    day = date(2026, 12, 1)
    assert age_fault(None, day, least=None, most=None) is None
    assert age_fault(None, day, least=9, most=None) is AgeFault.NO_BIRTHDAY
    assert birthdays_between(day, least=None, most=None) == (None, None)
