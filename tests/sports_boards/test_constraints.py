"""What PostgreSQL itself refuses, whatever the verbs do."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from sports_boards.models import (
    Attendance,
    Booking,
    CalendarKey,
    FeedItem,
    MandateSeat,
    Offer,
    Participation,
    Programme,
    ProgrammeCoach,
    Seat,
    Session,
)
from tests.people.factories import make_person
from tests.sports_boards.factories import (
    AT,
    FAR,
    FIRST,
    LONG_AGO,
    TODAY,
    make_application,
    make_board,
    make_coach,
    make_mandate,
    make_part,
    make_programme,
    make_session,
    moment,
    open_part,
)

pytestmark = pytest.mark.django_db


def is_refused(name: str, call) -> bool:
    """Whether the database refuses by the constraint of this name."""
    try:
        with transaction.atomic():
            call()
    except IntegrityError as wrong:
        return name in str(wrong)
    return False


def test_a_seat_has_one_holder_at_a_time_and_members_are_many():
    board = make_board()
    for seat in ("president", "secretary", "womens_vice", "treasurer"):
        make_mandate(board, seat=seat, until_on=TODAY)
        assert is_refused("one_holder_of_a_seat", lambda seat=seat: make_mandate(board, seat=seat, from_on=LONG_AGO))
        make_mandate(board, seat=seat, from_on=TODAY)
    for _count in range(3):
        make_mandate(board, seat=MandateSeat.MEMBER)
    assert board.mandates.on(TODAY).count() == 4 + 3


def test_a_person_sits_once_in_a_board():
    board, person = make_board(), make_person()
    make_mandate(board, person, "president")
    assert is_refused("one_seat_of_a_person", lambda: make_mandate(board, person, "member"))
    make_mandate(make_board(), person, "president")


def test_a_board_stands_in_one_state_at_a_time_and_each_change_has_its_letter():
    board = make_board()
    row = {"board": board, "status": "pioneer", "changed_at": AT, "from_on": TODAY}
    assert is_refused(
        "one_participation_of_a_board", lambda: Participation.objects.create(letter_number="۱", until_on=FAR, **row)
    )
    board.participations.update(until_on=TODAY)
    assert is_refused("has_its_letter", lambda: Participation.objects.create(letter_number="", **row))
    Participation.objects.create(letter_number="۲", **row)


def test_a_part_is_never_booked_twice_at_once_but_back_to_back():
    part = make_part()
    row = {"part": part, "purpose": "تعمیر", "booked_at": AT}
    first = Booking.objects.create(during=(moment(FIRST, 17), moment(FIRST, 18)), **row)
    again = {"during": (moment(FIRST, 17, 30), moment(FIRST, 19))} | row
    assert is_refused("part_is_never_booked_twice", lambda: Booking.objects.create(**again))
    Booking.objects.create(during=(moment(FIRST, 18), moment(FIRST, 19)), **row)
    Booking.objects.filter(pk=first.pk).update(cancelled_at=AT)
    Booking.objects.create(during=(moment(FIRST, 17), moment(FIRST, 18)), **row)
    assert is_refused("both_ends", lambda: Booking.objects.create(during=(moment(FIRST, 20), None), **row))
    nothing = row | {"purpose": "", "during": (moment(FIRST, 20), moment(FIRST, 21))}
    assert is_refused("is_for_something", lambda: Booking.objects.create(**nothing))


def test_opening_rules_of_a_part_do_not_overlap():
    part = make_part()
    open_part(part, 5, 8, 12)
    assert is_refused("one_opening_rule", lambda: open_part(part, 5, 11, 14, "women"))
    open_part(part, 5, 12, 14, "women")
    open_part(part, 6, 11, 14)


def test_no_seat_is_taken_beyond_the_capacity():
    programme = make_programme(status="open", capacity=2, held_places=1)
    family = make_application(programme)
    programme.refresh_from_db()
    assert (programme.taken, programme.free) == (1, 0)
    assert is_refused("never_oversold", lambda: make_application(programme))
    waiting = make_application(programme, status="waiting")
    assert is_refused("never_oversold", lambda: waiting.seats.update(state="held"))
    family.seats.update(state="released")
    waiting.seats.update(state="held")
    waiting.seats.update(state="confirmed")
    programme.refresh_from_db()
    assert (programme.taken, programme.free) == (1, 0)
    assert is_refused("never_oversold", lambda: Programme.objects.filter(pk=programme.pk).update(capacity=1))


def test_what_hangs_on_a_programme_and_another_row_agrees_with_both():
    board, other_board = make_board(), make_board()
    programme, other = make_programme(board, status="open"), make_programme(other_board, status="open")
    application, session, coach = make_application(programme), make_session(programme), make_coach(board)
    strange, seat = make_session(other), application.seats.get()
    assert is_refused(
        "coach_row_of_the_programmes_board",
        lambda: ProgrammeCoach.objects.create(programme=other, board=board, coach=coach),
    )
    assert is_refused(
        "coach_row_of_the_coachs_board",
        lambda: ProgrammeCoach.objects.create(programme=other, board=other_board, coach=coach),
    )
    assert is_refused(
        "seat_of_its_applications_programme",
        lambda: Seat.objects.create(application=application, programme=other, person=make_person()),
    )
    assert is_refused(
        "offer_of_its_applications_programme",
        lambda: Offer.objects.create(
            application=application, programme=other, offered_at=AT, until_at=AT + timedelta(hours=1)
        ),
    )
    mark = {"mark": "present", "way": "coach", "marked_at": AT}
    wrong = {"programme": programme, "session": strange, "seat": seat}
    assert is_refused("attendance_of_the_sessions_programme", lambda: Attendance.objects.create(**wrong, **mark))
    wrong = {"programme": other, "session": strange, "seat": seat}
    assert is_refused("attendance_of_the_seats_programme", lambda: Attendance.objects.create(**wrong, **mark))
    moved = {"status": "moved", "moved_to": strange, "settled_at": AT, "reason": "گرما"}
    assert is_refused(
        "session_moved_within_its_programme", lambda: Session.objects.filter(pk=session.pk).update(**moved)
    )
    Attendance.objects.create(programme=programme, session=session, seat=seat, **mark)
    assert is_refused("attendance_by_card", lambda: Attendance.objects.update(way="card"))


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("programme_sent_is_whole", {"capacity": None}),
        ("programme_sent_is_whole", {"audience": ""}),
        ("programme_falls_by_its_kind", {"kind": "event"}),
        ("programme_falls_by_its_kind", {"meetings": None}),
        ("programme_falls_by_its_kind", {"ends_on": FAR}),
        ("programme_falls_by_its_kind", {"kind": "event", "rule": "", "meetings": None}),
        ("programme_ages_in_order", {"least_age": 15}),
        ("session_of_a_programme_ends_later", {"ends_at": "16:00"}),
        ("runs_with_no_more", {"minimum": 21}),
        ("residents_share", {"residents_share": 101}),
        ("programme_approved_has_its_moment", {"approved_at": None}),
        ("programme_open_has_its_moment", {"opened_at": None}),
        ("enrolment_closed_has_its_moment", {"status": "enrolment_closed"}),
        ("programme_running_has_its_moment", {"status": "running", "enrolment_closed_at": AT}),
        ("programme_reported_has_its_report", {"report": "x"}),
        ("programme_cancelled_has_its_reason", {"status": "cancelled", "cancelled_at": AT}),
        ("activity_of_a_programme", {"activity_label": "Cycling"}),
    ],
)
def test_a_programme_in_the_open_keeps_what_belongs_to_its_state(name, changes):
    programme = make_programme(status="open")
    assert is_refused(name, lambda: Programme.objects.filter(pk=programme.pk).update(**changes))


def test_nobody_approves_what_they_wrote():
    programme = make_programme(status="approved")
    rows = Programme.objects.filter(pk=programme.pk)
    assert is_refused("approved_by_another_person", lambda: rows.update(approved_by=programme.submitted_by))


def test_an_item_of_a_feed_has_data_until_it_is_gone():
    item = FeedItem.objects.create(kind="events", item=7, thing="programme", key=7, modified=1, data={"a": 1})
    rows = FeedItem.objects.filter(pk=item.pk)
    name = "feed_item_has_data_until_it_is_gone"
    assert is_refused(name, lambda: rows.update(state="deleted", gone_at=AT))
    assert is_refused(name, lambda: rows.update(state="deleted", data=None))
    assert is_refused(name, lambda: rows.update(data=None))
    assert rows.update(state="deleted", data=None, gone_at=AT) == 1


def test_a_number_of_a_change_is_given_once_in_all_feeds():
    about = {"thing": "programme", "key": 7, "modified": 5, "data": {}}
    FeedItem.objects.create(kind="events", item=7, **about)
    assert is_refused("modified", lambda: FeedItem.objects.create(kind="slots", item=8, **about))


def test_a_person_has_one_good_key_of_their_calendar():
    person = make_person()
    CalendarKey.objects.create(person=person, key_index=b"1", made_at=AT)
    another = {"person": person, "key_index": b"2", "made_at": AT}
    assert is_refused("one_good_calendar_key", lambda: CalendarKey.objects.create(**another))
    assert is_refused("calendar_key_ends_later", lambda: CalendarKey.objects.update(ended_at=AT - timedelta(days=1)))
    CalendarKey.objects.update(ended_at=AT)
    assert CalendarKey.objects.create(**another).pk
