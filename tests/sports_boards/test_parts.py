"""Parts and their hours: opened for whom, taken once, given back."""

from datetime import time, timedelta

import pytest

from sports_boards.actions.parts import (
    add_part,
    book_part,
    cancel_booking,
    change_part,
    close_part_hours,
    open_part_hours,
)
from sports_boards.models import Booking
from tests.sports_boards.factories import (
    AT,
    FIRST,
    LONG_AGO,
    TODAY,
    make_board,
    make_coach,
    make_part,
    make_programme,
    make_session,
    make_sport_officer,
    make_venue,
    moment,
)
from tests.sports_boards.outcomes import is_done, refused_field

pytestmark = pytest.mark.django_db


def test_halves_courts_lanes_buses_and_coaches_hours_are_parts():
    by, venue = make_sport_officer(), make_venue()
    row = {"owner": venue.organization, "by": by, "at": AT}
    half = add_part(kind="hall_half", name_fa="نیمهٔ راست", venue=venue, **row)
    add_part(kind="hall_half", name_fa="نیمهٔ چپ", venue=venue, **row)
    assert half.indoor
    assert not add_part(kind="outdoor", name_fa="خیابان", venue=venue, **row).indoor
    add_part(kind="bus", name_fa="اتوبوس", **row)
    coach = make_coach(make_board())
    add_part(kind="coach", name_fa="ساعت‌های مربی", coach=coach, **row)
    assert refused_field(lambda: add_part(kind="hall_half", name_fa="نیمهٔ چپ", venue=venue, **row)) == "name_fa"
    assert refused_field(lambda: add_part(kind="court", name_fa="زمین", **row)) == "kind"
    assert refused_field(lambda: add_part(kind="bus", name_fa="اتوبوس ۲", venue=venue, **row)) == "kind"
    assert refused_field(lambda: add_part(kind="outdoor", name_fa="ز", venue=venue, indoor=True, **row)) == "indoor"


def test_hours_are_booked_once_and_can_be_given_back():
    part, by = make_part(), make_sport_officer()
    row = {"purpose": "تعمیر کف", "by": by, "at": AT}
    booking = book_part(part, starts_at=moment(FIRST, 8), ends_at=moment(FIRST, 10), **row)
    again = {"starts_at": moment(FIRST, 9), "ends_at": moment(FIRST, 11)} | row
    assert refused_field(lambda: book_part(part, **again)) == "parts"
    book_part(part, starts_at=moment(FIRST, 10), ends_at=moment(FIRST, 11), **row)
    cancel_booking(booking, by=by, at=AT)
    assert not is_done(lambda: cancel_booking(booking, by=by, at=AT))
    book_part(part, starts_at=moment(FIRST, 8), ends_at=moment(FIRST, 10), **row)
    assert Booking.objects.live().count() == 2


@pytest.mark.parametrize(
    ("field", "over"),
    [
        ("purpose", {"purpose": " "}),
        ("starts_at", {"starts_at": AT - timedelta(days=1)}),
        ("starts_at", {"ends_at": moment(FIRST, 8)}),
    ],
)
def test_booked_hours_lie_ahead_and_are_for_something(field, over):
    row = {"starts_at": moment(FIRST, 8), "ends_at": moment(FIRST, 9), "purpose": "نظافت", "by": None, "at": AT} | over
    assert refused_field(lambda: book_part(make_part(), **row)) == field


def test_a_part_that_is_out_of_use_is_not_booked_and_hours_of_a_session_go_with_it():
    part, by = make_part(), make_sport_officer()
    session = make_session(make_programme(status="approved"))
    hours = (session.starts_at, session.ends_at)
    booking = Booking.objects.create(part=part, session=session, during=hours, booked_at=AT)
    assert not is_done(lambda: cancel_booking(booking, by=by, at=AT))
    change_part(part, active=False, by=by, at=AT)
    row = {"starts_at": moment(FIRST, 8), "ends_at": moment(FIRST, 9), "purpose": "نظافت", "by": by, "at": AT}
    assert refused_field(lambda: book_part(part, **row)) == "part"


def test_opening_rules_do_not_overlap_and_end_once():
    part, by = make_part(), make_sport_officer()
    row = {"weekday": 5, "opens_at": time(8), "closes_at": time(12), "window": "women", "from_on": TODAY}
    rule = open_part_hours(part, by=by, at=AT, **row)
    assert refused_field(lambda: open_part_hours(part, by=by, at=AT, **row | {"window": "anyone"})) == "opens_at"
    assert refused_field(lambda: open_part_hours(part, by=by, at=AT, **row | {"closes_at": time(8)})) == "closes_at"
    assert refused_field(lambda: close_part_hours(rule, until_on=LONG_AGO, by=by, at=AT)) == "until_on"
    close_part_hours(rule, until_on=FIRST, by=by, at=AT)
    assert not is_done(lambda: close_part_hours(rule, until_on=FIRST, by=by, at=AT))
    open_part_hours(part, by=by, at=AT, **row | {"from_on": FIRST})
