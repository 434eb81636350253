"""A day typed as people here write it."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from taar.lib.fields import JalaliDateField
from taar.lib.jalali import to_jalali
from taar.lib.persian import local_digits

FIELD = JalaliDateField()


@pytest.mark.parametrize("typed", ["1405-10-01", "۱۴۰۵/۱۰/۰۱", "١٤٠٥-١٠-١", " 1405/10/1 "])
def test_a_day_is_read_in_any_digits_with_either_stroke(typed):
    assert FIELD.clean(typed) == date(2026, 12, 22)


@pytest.mark.parametrize("typed", ["1405-13-01", "1404-12-30", "22 آذر", "2026-12-22", "1405-10", "-", "۹" * 500])
def test_what_is_no_jalali_day_gets_a_sentence(typed):
    with pytest.raises(ValidationError) as wrong:
        FIELD.clean(typed)
    assert "1405/10/01" in str(wrong.value.messages[0])


def test_an_empty_optional_day_is_none_and_a_required_one_is_asked_for():
    assert JalaliDateField(required=False).clean(" ") is None
    with pytest.raises(ValidationError):
        FIELD.clean("")


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.sampled_from(["fa", "ar", "en"]))
def test_what_the_field_shows_it_reads_again(day, language):
    shown = FIELD.prepare_value(day)
    assert shown == str(to_jalali(day)).replace("-", "/")
    assert FIELD.clean(local_digits(shown, language)) == day
