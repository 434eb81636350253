from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from taar.lib.numbers import change_number
from taar.lib.refusals import Refused
from taar.places import calendars
from taar.places.actions import declare_closure, revoke_closure, set_holiday, withdraw_holiday
from taar.places.calendars import calendar_for, calendars_for
from taar.places.models import Closure
from taar.places.queries import closures_on
from tests.places.factories import make_county, make_place, make_province

AT = datetime(2026, 11, 24, 8, tzinfo=UTC)
SUNDAY = date(2026, 11, 22)
MONDAY = SUNDAY + timedelta(days=1)
pytestmark = pytest.mark.django_db


def close(*places, from_on=MONDAY, until_on=MONDAY, at=AT, reason="گرد و غبار"):
    return declare_closure(
        by_label="OFFICE 1", at=at, from_on=from_on, until_on=until_on, cause="dust", reason=reason, places=places
    )


def test_a_closed_day_is_off_in_the_county_and_what_lies_in_it():
    county, elsewhere = make_county(), make_county()
    place = make_place(parent=county)
    close(county)
    assert calendar_for(place).is_off(MONDAY)
    assert calendar_for(county).is_off(MONDAY)
    assert not calendar_for(elsewhere).is_off(MONDAY)
    assert not calendar_for(None).is_off(MONDAY)


def test_a_closed_province_is_closed_everywhere():
    place = make_place()
    close(make_province())
    assert calendar_for(place).is_off(MONDAY)
    assert calendar_for(None).is_off(MONDAY)


def test_a_closed_neighbourhood_does_not_close_its_county():
    place = make_place()
    close(place)
    assert not calendar_for(place.county).is_off(MONDAY)


def test_both_days_of_a_closure_are_closed():
    place = make_place()
    close(place, from_on=SUNDAY, until_on=MONDAY)
    off = calendar_for(place).is_off
    assert [off(SUNDAY + timedelta(days=step)) for step in range(-1, 3)] == [False, True, True, False]


def test_a_due_day_moves_with_a_closure_and_back():
    place = make_place()
    before = calendar_for(place).add(SUNDAY, 1)
    closure = close(place)
    moved = calendar_for(place).add(SUNDAY, 1)
    revoke_closure(closure, at=AT)
    assert (before, moved, calendar_for(place).add(SUNDAY, 1)) == (MONDAY, MONDAY + timedelta(days=1), before)


def test_a_closure_is_revoked_once_and_stays_as_a_row():
    closure = close(make_place())
    revoke_closure(closure, at=AT)
    with pytest.raises(Refused):
        revoke_closure(closure, at=AT)
    assert Closure.objects.get().revoked_at == AT


@pytest.mark.parametrize(
    "wrong",
    [{"until_on": SUNDAY}, {"until_on": MONDAY + timedelta(days=61)}, {"reason": " \u200f "}],
)
def test_a_closure_of_wrong_days_or_without_a_reason_is_refused(wrong):
    with pytest.raises(Refused):
        close(make_place(), **wrong)


def test_a_closure_of_no_place_is_refused():
    with pytest.raises(Refused):
        close()


def test_the_last_change_of_anything_that_moves_days_is_known():
    later = [AT + timedelta(hours=step) for step in range(5)]
    assert calendars.changed_at() is None
    closure = close(make_place(), at=later[0])
    assert calendars.changed_at() == later[0]
    holiday = set_holiday(MONDAY, at=later[1], name_fa="روز")
    assert calendars.changed_at() == later[1]
    withdraw_holiday(holiday, at=later[2])
    assert calendars.changed_at() == later[2]
    revoke_closure(closure, at=later[3])
    assert calendars.changed_at() == later[3]
    change_number("places.weekend", [4], by_label="x", at=later[4])
    assert calendars.changed_at() == later[4]


def test_a_holiday_is_off_until_it_is_taken_back():
    holiday = set_holiday(MONDAY, at=AT, name_fa="روز")
    assert calendar_for(None).is_off(MONDAY)
    withdraw_holiday(holiday, at=AT)
    assert not calendar_for(None).is_off(MONDAY)
    with pytest.raises(Refused):
        withdraw_holiday(holiday, at=AT)


def test_the_weekend_changes_from_its_day_on():
    thursday, next_thursday = date(2026, 11, 26), date(2026, 12, 3)
    change_number("places.weekend", [4, 5], by_label="x", at=AT, since=date(2026, 12, 1))
    calendar = calendar_for(None)
    assert calendar.is_off(thursday)
    assert not calendar.is_off(next_thursday)
    assert calendar.between(date(2026, 11, 25), date(2026, 11, 28)) == 1


def test_many_calendars_cost_as_much_as_one(django_assert_num_queries):
    places = [make_place() for _count in range(6)]
    close(places[0])
    calendar_for(None)
    with django_assert_num_queries(2):
        calendars_for(places[:1])
    with django_assert_num_queries(2):
        found = calendars_for(places)
    assert [found[place.pk].is_off(MONDAY) for place in places] == [True, False, False, False, False, False]


def test_closures_of_a_day_are_each_told_once():
    county = make_county()
    place = make_place(parent=county)
    closure = close(county, place)
    assert closures_on(MONDAY, place) == [closure]
    assert closures_on(MONDAY) == [closure]
    assert closures_on(SUNDAY) == []


def test_the_database_refuses_an_end_before_the_beginning():
    closure = close(make_place())
    with pytest.raises(IntegrityError), transaction.atomic():
        Closure.objects.filter(pk=closure.pk).update(until_on=SUNDAY)
