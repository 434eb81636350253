import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taar.lib.jalali import (
    YEAR_STARTS,
    format_day,
    format_moment,
    from_jalali,
    is_leap,
    local_day,
    month_length,
    to_jalali,
)

VECTORS = json.loads((Path(__file__).parent.parent / "data" / "persian_test_vectors.json").read_text(encoding="utf-8"))
DAYS = st.dates(YEAR_STARTS[0], date(2254, 1, 1))


@pytest.mark.parametrize("pair", VECTORS["jalali"], ids=lambda pair: pair["jalali"])
def test_known_days_agree_in_both_directions(pair):
    day = date.fromisoformat(pair["gregorian"])
    assert str(to_jalali(day)) == pair["jalali"]
    assert from_jalali(pair["jalali"]) == day


@pytest.mark.parametrize("text", [*VECTORS["jalali_invalid"], "", "1405-01", "مهر", "1405-1-1-1", "0001-01-01"])
def test_a_day_that_does_not_exist_is_refused(text):
    with pytest.raises(ValueError):
        from_jalali(text)


@pytest.mark.parametrize("year", VECTORS["leap_years"])
def test_known_leap_years_have_a_day_more(year):
    assert is_leap(year)
    assert month_length(year, 12) == 30


def test_persian_digits_and_slashes_are_read():
    assert from_jalali("۱۴۰۴/۰۶/۰۲") == date(2025, 8, 24)


@given(DAYS)
def test_a_day_there_and_back_is_the_same_day(day):
    assert from_jalali(str(to_jalali(day))) == day


@given(DAYS)
def test_the_next_day_is_the_next_day(day):
    today, tomorrow = to_jalali(day), to_jalali(date.fromordinal(day.toordinal() + 1))
    assert tomorrow > today
    assert tomorrow.day in (today.day + 1, 1)


def test_a_day_outside_the_known_years_is_refused():
    with pytest.raises(ValueError):
        to_jalali(date(1700, 1, 1))


@pytest.mark.parametrize(
    ("language", "text"), [("fa", "۲ شهریور ۱۴۰۴"), ("ar", "٢ شهريور ١٤٠٤"), ("en", "2 Shahrivar 1404")]
)
def test_a_day_is_written_in_the_language_of_the_reader(language, text):
    assert format_day(date(2025, 8, 24), language) == text


def test_a_moment_is_told_in_tehran():
    late = datetime(2025, 8, 24, 21, 0, tzinfo=UTC)
    assert local_day(late) == date(2025, 8, 25)
    assert format_moment(late, "en") == "3 Shahrivar 1404, 00:30"
