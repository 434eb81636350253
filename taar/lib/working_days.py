"""Counting working days: pure; which days are off is told by the caller. A clock compares dates, never hours."""

from collections.abc import Callable
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)
# A calendar with no working day in ten years is a mistake, not a calendar.
LONGEST_SEARCH = 3653


def next_working_day(day: date, is_off: Callable[[date], bool]) -> date:
    """The day itself if it is a working day, otherwise the first one after it."""
    for _step in range(LONGEST_SEARCH):
        if not is_off(day):
            return day
        day += ONE_DAY
    raise ValueError("the calendar has no working day")


def add_working_days(day: date, n: int, is_off: Callable[[date], bool]) -> date:
    """The n-th working day after `day` (which is not counted); with n = 0 the day itself or the next working one."""
    if n < 0:
        raise ValueError("working days are counted forward")
    day = next_working_day(day, is_off) if n == 0 else day
    for _count in range(n):
        day = next_working_day(day + ONE_DAY, is_off)
    return day


def working_days_between(start: date, end: date, is_off: Callable[[date], bool]) -> int:
    """How many working days lie after `start` up to and with `end`; 0 when `end` is not later."""
    return sum(not is_off(start + timedelta(days=step)) for step in range(1, (end - start).days + 1))
