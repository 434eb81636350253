"""Slips of the hand between two words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taar.lib.likeness import slips, slips_allowed


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [
        ("ورزش", "ورزش", 0),
        ("ورذش", "ورزش", 1),
        ("کتابخوانه", "کتابخانه", 1),
        ("سالن", "سلان", 1),
        ("آب", "", 2),
        ("", "", 0),
    ],
)
def test_a_slip_is_a_letter_too_many_one_missing_a_wrong_one_or_two_swapped(one, other, count):
    assert slips(one, other) == count


@given(st.text(max_size=12), st.text(max_size=12))
def test_slips_are_the_same_both_ways_and_never_more_than_the_longer_word(one, other):
    assert slips(one, other) == slips(other, one) <= max(len(one), len(other))


def test_longer_words_forgive_more():
    assert [slips_allowed(word) for word in ("آب", "سالن", "کتابخانه")] == [0, 1, 2]
