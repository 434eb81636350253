"""Rules of weeks against dateutil's reading of their text and against a calendar walked day by day."""

from datetime import date, datetime, timedelta

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from sports_boards.weekly_rule import days_of, fall, read_rule, write_rule
from taar.lib.jalali import from_jalali, to_jalali

# Ends of months and years on both calendars, and the leap Esfands of 1403 and 1408.
DAYS = st.dates(date(2024, 1, 1), date(2031, 12, 31))
WEEKDAYS = st.frozensets(st.integers(0, 6), min_size=1)
INTERVALS = st.integers(1, 4)
DAY = timedelta(days=1)
CALM = settings(deadline=None)


def week_of(day: date) -> date:
    """The Saturday on which the week of a day began."""
    return day - timedelta(days=(day.weekday() - 5) % 7)


def walked(starts_on: date, until_on: date, weekdays: frozenset[int], interval: int) -> list[date]:
    """The same days found by looking at every day there is."""
    days = [starts_on + timedelta(days=step) for step in range((until_on - starts_on).days + 1)]
    weeks = {day: (week_of(day) - week_of(starts_on)).days // 7 for day in days}
    return [day for day in days if day.weekday() in weekdays and weeks[day] % interval == 0]


@CALM
@given(DAYS, WEEKDAYS, INTERVALS, st.integers(0, 500))
def test_a_rule_until_a_day_falls_where_dateutil_and_the_calendar_say(starts_on, weekdays, interval, length):
    text, until_on = write_rule(weekdays, interval), starts_on + timedelta(days=length)
    read = rrulestr(f"RRULE:{text};UNTIL={until_on:%Y%m%d}", dtstart=datetime.combine(starts_on, datetime.min.time()))
    expected = walked(starts_on, until_on, weekdays, interval)
    if len(expected) <= 400:
        assert days_of(text, starts_on, until_on=until_on) == expected == [moment.date() for moment in read]


@CALM
@given(DAYS, WEEKDAYS, INTERVALS, st.integers(1, 60))
def test_a_rule_of_so_many_sessions_has_so_many(starts_on, weekdays, interval, meetings):
    text = write_rule(weekdays, interval)
    found = days_of(text, starts_on, meetings=meetings)
    assert len(found) == meetings
    assert found == walked(starts_on, found[-1], weekdays, interval)


@CALM
@given(DAYS, WEEKDAYS, INTERVALS, st.integers(1, 40), st.frozensets(st.integers(0, 300), max_size=40))
def test_skipped_days_are_offered_again_later_and_nothing_is_lost(starts_on, weekdays, interval, meetings, off):
    text, closed = write_rule(weekdays, interval), {starts_on + timedelta(days=step) for step in off}
    fell = fall(text, starts_on, is_off=lambda day: day in closed, meetings=meetings)
    every = days_of(text, starts_on, meetings=meetings)
    assert sorted(fell.days + fell.skipped) == every
    assert set(fell.skipped) == closed & set(every)
    assert len(fell.instead) == len(fell.skipped)
    assert all(day > every[-1] and day not in closed for day in fell.instead)
    assert list(fell.instead) == sorted(set(fell.instead))
    longest = walked(starts_on, fell.instead[-1], weekdays, interval) if fell.instead else every
    assert [day for day in longest if day not in closed] == [*fell.days, *fell.instead]


@CALM
@given(WEEKDAYS, INTERVALS)
def test_the_text_of_a_rule_is_read_back(weekdays, interval):
    assert read_rule(write_rule(weekdays, interval)) == (weekdays, interval)


def test_a_rule_goes_to_the_last_day_of_a_leap_esfand_and_into_the_new_year():
    thursday = write_rule([3])
    assert [str(to_jalali(day)) for day in days_of(thursday, from_jalali("1403-12-16"), until_on="1403-12-30")] == [
        "1403-12-16", "1403-12-23", "1403-12-30",
    ]  # fmt: skip
    assert str(to_jalali(days_of(thursday, from_jalali("1403-12-30"), meetings=2)[1])) == "1404-01-07"
    with pytest.raises(ValueError, match="no such Jalali day"):
        days_of(thursday, date(2026, 3, 1), until_on="1404-12-30")


def test_every_second_week_begins_on_saturday():
    # Friday 27 November and Saturday the 28th lie in two weeks here, though in one that begins on Monday.
    friday = date(2026, 11, 27)
    assert days_of(write_rule([4, 5], 2), friday, meetings=3) == [friday, date(2026, 12, 5), date(2026, 12, 11)]


def test_a_rule_that_ends_before_its_first_day_of_the_week_never_falls():
    assert days_of(write_rule([4]), date(2026, 11, 21), until_on=date(2026, 11, 26)) == []


@pytest.mark.parametrize(
    "text",
    ["", "FREQ=DAILY;INTERVAL=1;BYDAY=SA;WKST=SA", "FREQ=WEEKLY;INTERVAL=0;BYDAY=SA;WKST=SA",
     "FREQ=WEEKLY;INTERVAL=1;BYDAY=XX;WKST=SA", "FREQ=WEEKLY;INTERVAL=1;BYDAY=SA;WKST=SA;COUNT=3",
     "FREQ=WEEKLY;INTERVAL=1;BYDAY=MO,SA;WKST=SA"],
)  # fmt: skip
def test_any_other_rule_is_refused(text):
    with pytest.raises(ValueError, match="not a rule of weeks"):
        read_rule(text)


@pytest.mark.parametrize("end", [{}, {"until_on": date(2027, 1, 1), "meetings": 3}, {"meetings": 401}])
def test_a_rule_has_one_end_that_is_not_too_far(end):
    with pytest.raises(ValueError, match="ends on a day|more than"):
        days_of(write_rule([0]), date(2026, 11, 23), **end)
