"""Pure rules of enrolment: ages and sex, the walk along the list, and until when an offer stands."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sports_boards.joining import Terms, person_faults
from sports_boards.offer_hours import is_night, offer_end
from sports_boards.waiting_line import Waiting, kept_for_residents, who_fits
from taar.lib.jalali import TEHRAN, JalaliDay, from_jalali, month_length, to_jalali
from taar.people.age import age_on

DAY = date(2026, 12, 12)
NIGHT = {"night_from": 22, "night_until": 8}


def faults(audience: str, birth_on: date | None, sex: str = "woman", least=None, most=None) -> list[str]:
    return person_faults(Terms(audience, least, most), birth_on=birth_on, sex=sex, day=DAY, elderly_from=60)


def born(age: int) -> date:
    today = to_jalali(DAY)
    return from_jalali(str(JalaliDay(today.year - age, today.month, today.day)))


@pytest.mark.parametrize(
    ("audience", "age", "sex", "said"),
    [
        ("girls", 11, "woman", []),
        ("girls", 17, "woman", []),
        ("girls", 18, "woman", ["too_old"]),
        ("girls", 11, "man", ["other_sex"]),
        ("girls", 18, "man", ["too_old", "other_sex"]),
        ("women", 40, "man", ["other_sex"]),
        ("women", 40, "", ["other_sex"]),
        ("men", 11, "man", []),
        ("children", 17, "man", []),
        ("children", 18, "woman", ["too_old"]),
        ("elderly", 59, "woman", ["too_young"]),
        ("elderly", 60, "man", []),
        ("families", 3, "", []),
    ],
)
def test_what_a_programme_does_not_say_follows_from_whom_it_is_for(audience, age, sex, said):
    assert faults(audience, born(age), sex) == said


def test_ages_that_a_programme_says_go_before_those_of_its_audience():
    assert faults("girls", born(19), least=9, most=20) == []
    assert faults("elderly", born(55), least=50) == []
    assert faults("mixed", None, least=9) == ["no_birthday"]
    assert faults("mixed", None) == []


def test_the_age_is_that_of_the_day_of_the_first_session():
    tomorrow = DAY + timedelta(days=1)
    birthday = from_jalali(str(to_jalali(tomorrow)._replace(year=to_jalali(tomorrow).year - 9)))
    assert faults("girls", birthday, least=9, most=14) == ["too_young"]
    assert person_faults(Terms("girls", 9, 14), birth_on=birthday, sex="woman", day=tomorrow, elderly_from=60) == []


years = st.integers(1300, 1404)
jalali_days = st.builds(
    lambda year, month, day: from_jalali(str(JalaliDay(year, month, min(day, month_length(year, month))))),
    years, st.integers(1, 12), st.integers(1, 31),
)  # fmt: skip


@given(jalali_days, st.integers(0, 20), st.integers(0, 20), st.dates(date(2026, 3, 21), date(2030, 3, 20)))
def test_somebody_fits_a_range_exactly_when_their_years_do(birth_on, least, more, day):
    found = person_faults(Terms("mixed", least, least + more), birth_on=birth_on, sex="", day=day, elderly_from=60)
    age = age_on(birth_on, day)
    assert (found == []) == (least <= age <= least + more)


def test_a_family_that_needs_more_than_is_left_is_passed_over_and_the_next_one_gets_it():
    line = [Waiting(1, 3), Waiting(2, 1), Waiting(3, 2), Waiting(4, 1)]
    assert who_fits(line, free=2) == [2, 4]
    assert who_fits(line, free=3) == [1]
    assert who_fits(line, free=0) == []


def test_what_is_kept_for_residents_is_left_to_them():
    line = [Waiting(1, 2), Waiting(2, 1, True), Waiting(3, 1)]
    assert who_fits(line, free=3, kept=2) == [2, 3]
    assert kept_for_residents(places=7, percent=50, taken_by_residents=1) == 3
    assert kept_for_residents(places=7, percent=50, taken_by_residents=9) == 0


lines = st.lists(st.tuples(st.integers(1, 4), st.booleans()), max_size=12)


@given(lines, st.integers(0, 12), st.integers(0, 12))
def test_nobody_who_fits_what_is_left_is_passed_over(rows, free, kept):
    line = [Waiting(key, *row) for key, row in enumerate(rows)]
    chosen = who_fits(line, free=free, kept=kept)
    given_out = [family for family in line if family.key in chosen]
    left = free - sum(family.seats for family in given_out)
    still = max(0, kept - sum(family.seats for family in given_out if family.resident))
    assert left >= 0
    passed = [family for family in line if family.key not in chosen]
    # Whoever comes after a resident may find less kept; at the end nobody fits by the measure of the beginning.
    assert not [family for family in passed if family.resident and family.seats <= left]
    assert not [family for family in passed if not family.resident and family.seats <= left - max(still, kept)]


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, 24, hour, minute, tzinfo=TEHRAN)


def test_an_offer_of_the_evening_goes_on_in_the_morning():
    assert offer_end(at(10), minutes=30, **NIGHT) == at(10, 30)
    assert offer_end(at(21, 30), minutes=30, **NIGHT) == at(22)
    assert offer_end(at(21, 50), minutes=30, **NIGHT) == at(8, 20) + timedelta(days=1)
    assert offer_end(at(12), minutes=1440, **NIGHT) == at(8) + timedelta(days=1, hours=14)
    assert offer_end(at(23, 50), minutes=30, night_from=24, night_until=0) == at(0, 20) + timedelta(days=1)


def test_which_hours_are_night():
    assert [hour for hour in range(24) if is_night(at(hour), **NIGHT)] == [0, 1, 2, 3, 4, 5, 6, 7, 22, 23]
    assert not any(is_night(at(hour), night_from=24, night_until=0) for hour in range(24))
