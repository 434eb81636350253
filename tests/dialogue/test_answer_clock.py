"""The pure clock: thresholds and due days."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from dialogue.answer_clock import Terms, answer_due, escalation_step, supports_needed

TERMS = Terms()


def plain_days(day: date, n: int) -> date:
    return day + timedelta(days=n)


def test_a_village_needs_ten_and_a_city_no_more_than_a_hundred():
    assert supports_needed(300, underserved=False, terms=TERMS) == 10
    assert supports_needed(10_000, underserved=False, terms=TERMS) == 50
    assert supports_needed(1_302_591, underserved=False, terms=TERMS) == 100


def test_an_underserved_place_needs_half_but_at_least_five():
    assert supports_needed(10_000, underserved=True, terms=TERMS) == 25
    assert supports_needed(300, underserved=True, terms=TERMS) == 5


def test_a_place_of_unknown_population_needs_the_least():
    assert supports_needed(None, underserved=False, terms=TERMS) == 10


@given(st.integers(0, 5_000_000), st.booleans())
def test_what_is_needed_stays_within_its_bounds_and_never_falls_with_size(residents, underserved):
    needed = supports_needed(residents, underserved=underserved, terms=TERMS)
    assert 5 <= needed <= 100
    assert needed <= supports_needed(residents + 1000, underserved=underserved, terms=TERMS)


def test_an_extension_adds_its_days_to_the_same_beginning():
    assert answer_due(date(2026, 11, 22), TERMS, plain_days) == date(2026, 12, 2)
    assert answer_due(date(2026, 11, 22), TERMS, plain_days, extended_by=10) == date(2026, 12, 12)


def test_an_overdue_answer_climbs_to_the_head_the_deputy_and_the_board():
    assert [escalation_step(day) for day in (5, 8, 10, 11, 16, 21)] == ["official"] * 3 + ["head", "deputy", "board"]
    assert escalation_step(12) == ""
