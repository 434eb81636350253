from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taar.lib.working_days import add_working_days, next_working_day, working_days_between

DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))
OFF = st.frozensets(st.dates(date(2025, 1, 1), date(2025, 3, 1)), max_size=40)


def weekend_or(holidays=frozenset()):
    return lambda day: day.weekday() in (3, 4) or day in holidays


def test_the_day_itself_is_not_counted():
    saturday = date(2026, 11, 21)
    assert add_working_days(saturday, 1, weekend_or()) == date(2026, 11, 22)


def test_the_weekend_is_stepped_over():
    wednesday = date(2026, 11, 25)
    assert add_working_days(wednesday, 1, weekend_or()) == date(2026, 11, 28)


def test_ten_working_days_are_two_weeks():
    assert add_working_days(date(2026, 11, 21), 10, weekend_or()) == date(2026, 12, 5)


def test_none_to_count_gives_the_day_or_the_next_working_one():
    thursday = date(2026, 11, 26)
    assert add_working_days(thursday, 0, weekend_or()) == date(2026, 11, 28)
    assert next_working_day(date(2026, 11, 25), weekend_or()) == date(2026, 11, 25)


def test_counting_backward_is_refused():
    with pytest.raises(ValueError):
        add_working_days(date(2026, 1, 1), -1, weekend_or())


def test_a_calendar_without_a_working_day_is_refused():
    with pytest.raises(ValueError):
        add_working_days(date(2026, 1, 1), 1, lambda day: True)


@given(DAYS, st.integers(1, 40), OFF)
def test_the_nth_day_is_working_and_n_away(day, n, holidays):
    is_off = weekend_or(holidays)
    found = add_working_days(day, n, is_off)
    assert not is_off(found)
    assert working_days_between(day, found, is_off) == n


@given(DAYS, st.integers(1, 20), st.integers(1, 20), OFF)
def test_counting_in_two_steps_is_counting_at_once(day, a, b, holidays):
    is_off = weekend_or(holidays)
    assert add_working_days(add_working_days(day, a, is_off), b, is_off) == add_working_days(day, a + b, is_off)


@given(DAYS, st.integers(1, 20), OFF, st.integers(0, 60))
def test_one_more_day_off_never_brings_a_due_day_nearer(day, n, holidays, step):
    more = holidays | {day + timedelta(days=step)}
    assert add_working_days(day, n, weekend_or(more)) >= add_working_days(day, n, weekend_or(holidays))


@given(DAYS, st.integers(0, 30))
def test_nothing_lies_between_a_day_and_an_earlier_one(day, back):
    assert working_days_between(day, day - timedelta(days=back), weekend_or()) == 0
