"""Who came: marked by the coach, taken by the card as a visit that is paid once, and corrected."""

import uuid
from datetime import timedelta

import pytest

from sports_boards.actions.attendance import correct_attendance, mark_attendance, take_attendance
from sports_boards.actions.closures import close_counties
from sports_boards.actions.reminders import remind_of_sessions
from sports_boards.models import Attendance, Seat
from taar.journal.models import Entry
from taar.lib.refusals import Refused
from taar.notifications.models import Delivery, Notification
from tests.people.factories import make_neighbourhood, make_person
from tests.sports_boards.factories import (
    FIRST,
    make_application,
    make_board,
    make_coach,
    make_programme,
    make_session,
    make_sport_officer,
    make_venue,
    moment,
)
from tests.sports_boards.outcomes import is_done, refused_field
from tests.welfare_card.factories import AT, make_active_card, make_plan, make_signing_keys
from tests.welfare_card.ledger_factories import ask, make_allowance, make_card, make_rule
from welfare_card.models import Account, Visit

pytestmark = pytest.mark.django_db
BEGINS = moment(FIRST, 17)


class Hour:
    """A session at a venue, its coach, and somebody who has a place in it and a card with three visits."""

    def __init__(self, *, family: str = "sport", visits: int = 3) -> None:
        board = make_board()
        coach = make_coach(board)
        self.programme = make_programme(
            board, status="running", coaches=[coach], family=family, venue=make_venue(), audience="mixed"
        )
        self.session = make_session(self.programme, day=FIRST)
        self.coach, self.person = coach.person, make_person()
        self.seat = make_application(self.programme, people=[self.person]).seats.get()
        rule = make_rule(visits or 1)
        # Who has no visits here has no card yet; the one beside them is another's.
        self.card, self.account = make_allowance(rule, make_card(rule.plan, self.person if visits else None))

    def mark(self, mark: str = "present", at=BEGINS) -> Attendance:
        return mark_attendance(self.session, seat=self.seat, mark=mark, by=self.coach, at=at)

    def show_card(self, at=BEGINS, key=None):
        asked = ask(self.card, at=at.isoformat(), id=str(key or uuid.UUID(int=7)))
        return take_attendance(self.session, asked=asked, by=self.coach, at=at)

    @property
    def left(self) -> int:
        return Account.objects.get(pk=self.account.pk).balance


def test_the_coach_marks_everybody_once():
    hour = Hour()
    assert not is_done(lambda: hour.mark(at=BEGINS - timedelta(hours=1, seconds=1)))
    assert refused_field(lambda: hour.mark("asleep")) == "mark"
    attendance = hour.mark("late")
    assert (attendance.mark, attendance.way, attendance.visit) == ("late", "coach", None)
    assert not is_done(hour.mark)
    entry = Entry.objects.get(verb="mark_attendance")
    assert entry.facts == {"programme": hour.programme.pk, "on": FIRST.isoformat(), "way": "coach"}


def test_who_has_no_place_is_not_marked():
    hour = Hour()
    hour.seat.application.seats.update(state="released")
    assert refused_field(hour.mark) == "seat"
    other = make_application(make_programme(status="running"), people=[make_person()])
    with pytest.raises(Refused):
        mark_attendance(hour.session, seat=other.seats.get(), mark="present", by=hour.coach, at=BEGINS)


@pytest.mark.parametrize(
    ("status", "open_to"),
    [("planned", True), ("confirmed", True), ("held", True), ("suspended", False), ("cancelled", False)],
)
def test_only_a_session_that_takes_place_has_attendance(status, open_to):
    hour = Hour()
    hour.session = make_session(hour.programme, day=FIRST + timedelta(days=2), status=status)
    assert is_done(lambda: hour.mark(at=hour.session.starts_at)) == open_to


def test_by_the_number_of_the_card_it_is_a_visit_that_is_paid_once():
    hour = Hour()
    arrival = hour.show_card()
    assert (arrival.receipt.outcome, arrival.receipt.left, hour.left) == ("ok", 2, 2)
    attendance = arrival.attendance
    assert (attendance.mark, attendance.way, attendance.visit_id) == ("present", "keypad", uuid.UUID(int=7))
    again = hour.show_card()
    assert (again.attendance, again.receipt.receipt, hour.left) == (attendance, arrival.receipt.receipt, 2)
    assert not is_done(lambda: hour.show_card(key=uuid.UUID(int=8)))
    assert (hour.left, Visit.objects.count(), Attendance.objects.count()) == (2, 1, 1)
    assert not is_done(hour.mark)


def test_the_signed_code_of_the_card_is_the_other_way():
    make_signing_keys()
    hour, plan = Hour(visits=0), make_plan()
    card = make_active_card(hour.person, plan=plan)
    make_allowance(make_rule(3, plan=plan), card)
    card.refresh_from_db()
    made = AT + timedelta(minutes=1)
    session = make_session(hour.programme, starts_at=made, number=9)
    asked = ask(card, code=card.code_text, number="", at=made.isoformat())
    arrival = take_attendance(session, asked=asked, by=hour.coach, at=made)
    assert (arrival.receipt.outcome, arrival.attendance.way, arrival.attendance.seat) == ("ok", "card", hour.seat)
    wrong = ask(card, code=card.code_text[:-1] + ("0" if card.code_text[-1] != "0" else "1"), number="",
                at=made.isoformat())  # fmt: skip
    assert refused_field(lambda: take_attendance(session, asked=wrong, by=hour.coach, at=made)) == "number"


def test_who_comes_by_card_a_quarter_of_an_hour_late_is_late():
    hour = Hour()
    assert hour.show_card(BEGINS + timedelta(minutes=15)).attendance.mark == "late"


def test_a_card_without_a_visit_left_leaves_the_answer_of_the_door_and_no_attendance():
    hour = Hour(visits=1)
    Account.objects.filter(pk=hour.account.pk).update(balance=0)
    arrival = hour.show_card()
    assert (arrival.receipt.outcome, arrival.attendance) == ("no_visits_left", None)
    assert Visit.objects.get().outcome == "no_visits_left"
    # The coach may still write down that the child was there.
    assert hour.mark().way == "coach"


def test_a_card_of_somebody_without_a_place_pays_nothing():
    hour = Hour()
    Seat.objects.update(state="released")
    assert refused_field(hour.show_card) == "number"
    assert (hour.left, Visit.objects.count()) == (3, 0)


def test_no_card_is_read_where_the_programme_does_not_use_it():
    hour = Hour(family="")
    assert not is_done(hour.show_card)
    assert hour.left == 3


def test_a_mark_is_corrected_freely_for_three_days_and_later_with_a_reason():
    hour = Hour()
    attendance, over = hour.mark("no_show"), hour.session.ends_at + timedelta(hours=72)
    by = {"by": hour.coach}
    assert refused_field(lambda: correct_attendance(attendance, mark="no_show", **by, at=over)) == "mark"
    assert correct_attendance(attendance, mark="excused", **by, at=over).mark == "excused"
    later = over + timedelta(seconds=1)
    assert refused_field(lambda: correct_attendance(attendance, mark="present", **by, at=later)) == "reason"
    kept = correct_attendance(attendance, mark="present", reason="اشتباه در فهرست", **by, at=later)
    assert (kept.mark, kept.corrected_at, kept.reason) == ("present", later, "اشتباه در فهرست")
    entries = Entry.objects.filter(verb="correct_attendance").order_by("pk")
    assert [entry.facts.get("late") for entry in entries] == [None, True]


def test_a_visit_of_who_was_not_there_after_all_is_given_back():
    hour = Hour()
    attendance = hour.show_card().attendance
    correct_attendance(attendance, mark="late", by=hour.coach, at=BEGINS)
    assert hour.left == 2
    correct_attendance(attendance, mark="no_show", by=hour.coach, at=BEGINS)
    assert (hour.left, Visit.objects.get().reversed_at) == (3, BEGINS)
    correct_attendance(attendance, mark="excused", by=hour.coach, at=BEGINS)
    assert hour.left == 3


def test_a_closure_gives_the_visits_of_a_session_back():
    hour = Hour()
    hour.show_card()
    close_counties(
        [make_neighbourhood().county], from_on=FIRST, until_on=FIRST, cause="dust", reason="گردوغبار",
        by=make_sport_officer(), at=BEGINS + timedelta(minutes=20),
    )  # fmt: skip
    assert hour.left == 3


def test_families_are_reminded_the_evening_before_once_and_by_sms():
    hour = Hour()
    waiting = make_application(hour.programme, people=[make_person()], status="waiting")
    evening = moment(FIRST - timedelta(days=1), 17)
    assert remind_of_sessions(evening - timedelta(minutes=1)) == 0
    assert remind_of_sessions(evening) == 1
    assert remind_of_sessions(evening + timedelta(minutes=5)) == 0
    [notice] = Notification.objects.filter(kind="session_tomorrow")
    assert (notice.person, notice.facts["hour"]["fa"]) == (hour.person, "۱۷:۰۰")
    assert Delivery.objects.filter(notification=notice, channel="sms").count() == 1
    assert not Notification.objects.filter(person=waiting.applicant).exists()


def test_nobody_is_reminded_of_a_session_that_is_off():
    hour = Hour()
    type(hour.session).objects.update(status="suspended", settled_at=BEGINS, reason="گردوغبار")
    assert remind_of_sessions(moment(FIRST - timedelta(days=1), 18)) == 0
