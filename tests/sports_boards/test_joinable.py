"""What a family can join: narrowed by place, week, age, sex and free places, with the reason of each no."""

from datetime import timedelta

import pytest

from sports_boards.queries.eligibility import family_of
from sports_boards.queries.joinable import Wish, joinable, joinable_page, joinable_week, rows_of, week_start
from tests.people.factories import make_neighbourhood
from tests.sports_boards.factories import FIRST, TODAY, make_application, make_board, make_programme, make_session
from tests.sports_boards.families import DAY, SEVEN, make_child, make_family, make_open

pytestmark = pytest.mark.django_db


def found(at=DAY, **wish) -> set:
    return set(joinable(Wish(**wish), at))


def test_only_what_is_open_is_shown_and_what_is_closed_when_it_is_asked_for():
    programmes = {
        state: make_programme(status=state) for state in ("draft", "submitted", "approved", "open", "running")
    }
    programmes["cancelled"] = make_programme(status="cancelled")
    assert found() == {programmes["open"]}
    assert found(closed_too=True) == {programmes[state] for state in ("approved", "open", "running")}
    assert found(at=programmes["open"].enrol_until_at) == set()


def test_for_a_girl_of_eleven():
    girls, women = make_open(), make_open(audience="women", least_age=18, most_age=None)
    men, mixed = make_open(audience="men", least_age=None, most_age=None), make_open(audience="mixed", most_age=10)
    children = make_open(audience="children", least_age=None, most_age=None)
    elderly = make_open(audience="elderly", least_age=None, most_age=None)
    assert found(age=11, sex="woman") == {girls, children}
    assert found(age=9, sex="man") == {men, mixed, children}
    assert found(age=70, sex="woman") == {women, elderly}
    assert found(sex="man") == {men, mixed, children, elderly}


def test_near_us_is_the_neighbourhood_or_the_county():
    here = make_open()
    beside = make_open(place=make_neighbourhood("گلدشت", "KHZ-N-T2"))
    home = make_neighbourhood()
    assert found(near=home) == {here}
    assert found(near=home.county) == {here, beside}


def test_this_week_is_from_saturday_on_and_only_what_lies_ahead():
    programme, later = make_open(), make_open()
    make_session(programme, day=TODAY + timedelta(days=1))
    make_session(later, day=FIRST)
    off = make_open()
    make_session(off, day=TODAY + timedelta(days=1), status="cancelled")
    assert week_start(FIRST) == FIRST
    assert week_start(FIRST - timedelta(days=1)) == FIRST - timedelta(days=7)
    assert found(week_from=week_start(TODAY)) == {programme}
    assert found(week_from=FIRST) == {later}
    assert found(at=DAY + timedelta(days=2), week_from=week_start(TODAY)) == set()


def test_with_free_places_leaves_out_what_is_full_or_kept_back():
    free, full, kept = make_open(capacity=2), make_open(capacity=1), make_open(capacity=1, held_places=1)
    make_application(full)
    assert found(free=True) == {free}
    assert found() == {free, full, kept}


def test_by_the_kind_of_sport():
    water = make_open(board=make_board(group="water"))
    make_open()
    assert found(group="water") == {water}


def test_pages_follow_one_another_by_key():
    programmes = [make_open(starts_on=FIRST + timedelta(days=place % 3)) for place in range(23)]
    first = joinable_page(Wish(), at=DAY)
    second = joinable_page(Wish(), after=first.next, at=DAY)
    assert (len(first), len(second), second.next) == (20, 3, "")
    shown = [*first, *second]
    assert shown == sorted(programmes, key=lambda row: (row.starts_on, row.pk))


def test_every_person_has_yes_or_reasons_and_the_programme_its_next_session():
    programme, (mother, [girl]) = make_open(), make_family()
    small = make_child(mother, birth_on=SEVEN)
    make_session(programme, day=FIRST, status="held")
    after = make_session(programme, day=FIRST + timedelta(days=2))
    [row] = rows_of([programme], family_of(mother, TODAY), by=mother, at=DAY)
    assert {person.pk: reasons for person, reasons in row.people} == {
        mother.pk: ["too_old"], girl.pk: [], small.pk: ["too_young"],
    }  # fmt: skip
    assert (row.next_at, row.fault, row.is_full) == (after.starts_at, None, False)


def test_the_week_has_its_sessions_in_the_order_of_their_hours():
    early, late = make_open(), make_open()
    wednesday = TODAY + timedelta(days=1)
    second = make_session(late, day=wednesday)
    first = make_session(early, day=wednesday, starts_at=second.starts_at - timedelta(hours=1))
    third = make_session(early, day=wednesday + timedelta(days=1))
    make_session(make_programme(status="running"), day=wednesday)
    assert list(joinable_week(Wish(), first_day=week_start(TODAY), at=DAY)) == [first, second, third]


def test_near_us_a_week_has_the_sessions_that_take_place_there():
    beside = make_neighbourhood("گلدشت", "KHZ-N-T2")
    programme, wednesday = make_open(), TODAY + timedelta(days=1)
    here, there = make_session(programme, day=wednesday), make_session(programme, day=wednesday + timedelta(days=1))
    type(there).objects.filter(pk=there.pk).update(place=beside)

    def week(near) -> list:
        return list(joinable_week(Wish(near=near), first_day=week_start(TODAY), at=DAY))

    assert week(make_neighbourhood()) == [here]
    assert week(beside) == [there]
    assert week(beside.county) == [here, there]


def test_a_list_of_six_asks_no_more_than_a_list_of_one(django_assert_num_queries):
    mother, _girls = make_family(2)
    make_open(family="sport")

    def shown() -> int:
        return len(rows_of(joinable_page(Wish(), at=DAY).rows, family_of(mother, TODAY), by=mother, at=DAY))

    shown()
    with django_assert_num_queries(5):
        assert shown() == 1
    for _count in range(5):
        make_session(make_open(family="sport"))
    with django_assert_num_queries(5):
        assert shown() == 6
