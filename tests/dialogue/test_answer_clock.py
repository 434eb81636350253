"""The pure clock: thresholds and due days."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from dialogue.answer_clock import STEPS, Terms, answer_due, is_disputed, steps_due, supports_needed, verdict

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
    assert [STEPS[day] for day in (5, 8, 10, 11, 16, 21)] == ["official"] * 3 + ["head", "deputy", "board"]
    assert steps_due(12) == [5, 8, 10, 11]


@given(st.integers(0, 60), st.integers(0, 10), st.integers(0, 10))
def test_steps_never_go_back_and_an_extension_moves_them_by_its_days(day, extension, later):
    now = steps_due(day, extended_by=extension)
    assert now == steps_due(day - extension)
    assert now == sorted(now)
    assert steps_due(day + later, extended_by=extension)[: len(now)] == now
    assert all(step + extension <= day for step in now)


@given(st.integers(0, 200), st.data())
def test_an_answer_is_opened_again_only_by_enough_of_which_half_say_no(ratings, data):
    no = data.draw(st.integers(0, ratings))
    opened = is_disputed(author_no=False, ratings=ratings, no=no, least=30)
    assert opened == (ratings >= 30 and no >= ratings - no)
    assert is_disputed(author_no=True, ratings=ratings, no=no, least=30)


@given(st.integers(0, 60), st.data())
def test_a_promise_is_decided_by_five_replies_and_never_both_ways(replies, data):
    yes = data.draw(st.integers(0, replies))
    kept = verdict(replies=replies, yes=yes, least=5, share=0.6)
    if replies < 5:
        assert kept is None
    elif kept:
        assert yes * 10 >= replies * 6
    elif kept is False:
        assert replies - yes >= yes


def test_three_of_five_confirm_and_two_of_five_do_not():
    assert verdict(replies=5, yes=3, least=5, share=0.6) is True
    assert verdict(replies=5, yes=2, least=5, share=0.6) is False
    assert verdict(replies=9, yes=5, least=5, share=0.6) is None
