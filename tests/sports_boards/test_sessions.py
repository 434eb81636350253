"""Sessions one by one and as a series: moved, suspended, offered again, changed with one message."""

from datetime import time, timedelta

import pytest

from sports_boards.actions import sessions as verbs
from sports_boards.actions.parts import add_part, book_part, book_sessions
from sports_boards.actions.series import Scope, edit_sessions
from sports_boards.models import Booking, ProgrammeCoach, Session
from taar.journal.models import Entry
from taar.lib.jalali import TEHRAN
from taar.notifications.models import Notification
from taar.places.actions import declare_closure, revoke_closure
from tests.people.factories import make_person
from tests.sports_boards.factories import (
    AT,
    FAR,
    FIRST,
    make_application,
    make_board,
    make_coach,
    make_part,
    make_programme,
    make_secretary,
    make_session,
    make_venue,
    moment,
    open_part,
)
from tests.sports_boards.outcomes import is_done, refused_field

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


class Series:
    """A running programme with three sessions a week apart, each on a court; a family takes part."""

    def __init__(self, **over) -> None:
        self.board = make_board()
        self.secretary, self.coach = make_secretary(self.board), make_coach(self.board)
        self.venue = make_venue()
        self.part = make_part(venue=self.venue)
        over = {"status": "running", "venue": self.venue, "parts": [self.part], "coaches": [self.coach]} | over
        self.programme = make_programme(self.board, **over)
        self.sessions = [make_session(self.programme, day=FIRST + step * WEEK) for step in range(3)]
        book_sessions(self.sessions, [self.part.pk], by=None, at=AT)
        self.family = make_application(self.programme).applicant
        self.by = {"by": self.secretary, "at": AT}

    @property
    def everybody(self) -> set[int]:
        return {self.family.pk, self.secretary.pk, self.coach.person_id}

    def hours(self) -> list[tuple[int, int]]:
        """Begin of every session that stands, as (day after the first, hour)."""
        rows = self.programme.sessions.filter(status="planned").order_by("starts_at")
        moments = [session.starts_at.astimezone(TEHRAN) for session in rows]
        return [((each.date() - FIRST).days, each.hour) for each in moments]

    def booked(self) -> list[tuple[int, int]]:
        """The same of what is booked."""
        rows = Booking.objects.live().filter(session__programme=self.programme).order_by("during")
        moments = [row.during.lower.astimezone(TEHRAN) for row in rows]
        return [((each.date() - FIRST).days, each.hour) for each in moments]

    def told(self, kind: str) -> list[int]:
        return sorted(Notification.objects.filter(kind=kind).values_list("person", flat=True))


@pytest.fixture
def series():
    return Series()


def move(series: Series, day: int, hour: int = 17, **over):
    starts = moment(FIRST + timedelta(days=day), hour)
    row = {"starts_at": starts, "ends_at": starts + timedelta(minutes=90), "reason": "مسابقه"} | series.by | over
    return verbs.move_session(series.sessions[1], **row)


def test_a_moved_session_stays_and_names_the_new_one_which_takes_its_court(series):
    new = move(series, 9)
    old = Session.objects.get(pk=series.sessions[1].pk)
    assert (old.status, old.moved_to, old.reason, new.number, new.status) == ("moved", new, "مسابقه", 4, "planned")
    assert series.hours() == series.booked() == [(0, 17), (9, 17), (14, 17)]
    assert series.told("session_moved") == sorted(series.everybody)


def test_a_session_moves_within_its_own_hours_but_not_onto_others_closed_hours_or_the_past(series):
    day = FIRST + timedelta(days=9)
    book_part(series.part, starts_at=moment(day, 18), ends_at=moment(day, 19), purpose="تعمیر", by=None, at=AT)
    assert refused_field(lambda: move(series, 9)) == "parts"
    assert refused_field(lambda: move(series, 14)) == "parts"  # where the third session is
    assert refused_field(lambda: move(series, -30)) == "starts_at"
    assert refused_field(lambda: move(series, 9, 23)) == "starts_at"  # over midnight
    assert refused_field(lambda: move(series, 20, reason=" ")) == "reason"
    close(series, FIRST + timedelta(days=21))
    assert refused_field(lambda: move(series, 21)) == "starts_at"
    assert series.hours() == series.booked() == [(0, 17), (7, 17), (14, 17)]
    move(series, 7, 18)
    assert series.booked() == [(0, 17), (7, 18), (14, 17)]


def test_a_session_is_held_only_after_it_began(series):
    session = series.sessions[0]
    assert not is_done(lambda: verbs.hold_session(session, by=series.secretary, at=moment(FIRST, 16)))
    assert is_done(lambda: verbs.hold_session(session, by=series.secretary, at=moment(FIRST, 17)))


def test_a_suspended_session_keeps_its_hours_and_may_go_on_while_they_lie_ahead(series):
    session = series.sessions[1]
    verbs.suspend_session(session, reason="باران", **series.by)
    assert len(series.booked()) == 3
    assert not is_done(lambda: verbs.resume_session(session, by=series.secretary, at=session.starts_at))
    verbs.resume_session(session, **series.by)
    session.refresh_from_db()
    assert (session.status, session.reason, session.settled_at) == ("planned", "", None)
    assert series.told("session_suspended") == series.told("session_resumed") == sorted(series.everybody)
    late = {"by": series.secretary, "at": session.ends_at}
    assert not is_done(lambda: verbs.suspend_session(session, reason="باران", **late))


def test_a_cancelled_session_gives_its_hours_back(series):
    verbs.cancel_session(series.sessions[1], reason="باران", **series.by)
    assert series.booked() == [(0, 17), (14, 17)]
    assert series.told("session_cancelled") == sorted(series.everybody)


def close(series: Series, day):
    return declare_closure(
        by_label="x", at=AT, from_on=day, until_on=day, cause="dust", reason="گردوغبار",
        places=[series.programme.place.county],
    )  # fmt: skip


def test_no_session_goes_on_while_its_day_is_closed():
    series = Series(indoor=False)
    session = series.sessions[1]
    verbs.suspend_session(session, reason="گردوغبار", **series.by)
    closure = close(series, session.on)
    assert not is_done(lambda: verbs.resume_session(session, **series.by))
    revoke_closure(closure, at=AT)
    assert is_done(lambda: verbs.resume_session(session, **series.by))


def test_a_skipped_day_is_offered_again_on_itself_or_another_day_once():
    skipped = [FIRST + timedelta(days=2), FIRST + timedelta(days=9)]
    series = Series(skipped_days=skipped)

    def add(skipped_on, on):
        return refused_field(
            lambda: verbs.add_skipped_session(series.programme, skipped_on=skipped_on, on=on, **series.by)
        )

    assert add(skipped[0], skipped[0]) is None
    assert add(skipped[0], FIRST + timedelta(days=30)) == "skipped_on"
    assert add(skipped[1], FIRST) == "parts"
    close(series, FIRST + timedelta(days=20))
    assert add(skipped[1], FIRST + timedelta(days=20)) == "on"
    assert add(skipped[1], FIRST - timedelta(days=60)) == "starts_at"
    assert add(skipped[1], FIRST + timedelta(days=21)) is None
    series.programme.refresh_from_db()
    assert series.programme.skipped_days == []
    assert series.hours() == series.booked() == [(0, 17), (2, 17), (7, 17), (14, 17), (21, 17)]


@pytest.mark.parametrize(
    ("scope", "hours"),
    [
        (Scope.THIS, [(0, 17), (7, 16), (14, 17)]),
        (Scope.FOLLOWING, [(0, 17), (7, 16), (14, 16)]),
        (Scope.ALL, [(0, 16), (7, 16), (14, 16)]),
    ],
)
def test_a_change_of_this_following_or_all_sessions_is_one_message_and_one_entry(scope, hours, series):
    edit_sessions(series.sessions[1], scope=scope, starts_at=time(16), ends_at=time(17, 30), **series.by)
    assert series.hours() == series.booked() == hours
    assert series.told("sessions_changed") == sorted(series.everybody)
    assert Entry.objects.filter(verb="edit_sessions").count() == 1
    series.programme.refresh_from_db()
    assert series.programme.starts_at == (time(16) if scope == Scope.ALL else time(17))


def test_sessions_that_have_begun_stay_as_they_were(series):
    late = {"by": series.secretary, "at": moment(FIRST, 17, 30)}
    edit_sessions(series.sessions[2], scope=Scope.ALL, starts_at=time(18), ends_at=time(19), **late)
    assert series.hours() == [(0, 17), (7, 18), (14, 18)]
    assert not is_done(lambda: edit_sessions(series.sessions[0], scope=Scope.THIS, where="در دوم", **late))


def test_a_series_moves_to_other_parts_together_or_not_at_all(series):
    other, taken = make_part(venue=series.venue), make_part(venue=series.venue)
    book_part(taken, starts_at=series.sessions[2].starts_at, ends_at=series.sessions[2].ends_at, purpose="تعمیر",
              by=None, at=AT)  # fmt: skip
    first = series.sessions[0]
    assert refused_field(lambda: edit_sessions(first, scope=Scope.ALL, parts=[taken], **series.by)) == "parts"
    assert set(Booking.objects.live().filter(session__isnull=False).values_list("part", flat=True)) == {series.part.pk}
    edit_sessions(first, scope=Scope.ALL, parts=[other], **series.by)
    assert set(Booking.objects.live().filter(session__isnull=False).values_list("part", flat=True)) == {other.pk}
    assert list(series.programme.parts.all()) == [other]


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("starts_at", {"starts_at": time(19)}),  # after its end
        ("parts", {"starts_at": time(6), "ends_at": time(7)}),  # the court is closed
        ("parts", {"starts_at": time(20, 30), "ends_at": time(21)}),  # men's hours
    ],
)
def test_a_change_that_does_not_fit_is_refused_with_all_of_it(field, changes, series):
    for weekday in range(7):
        open_part(series.part, weekday, 8, 20)
        open_part(series.part, weekday, 20, 22, "men")
    assert refused_field(lambda: edit_sessions(series.sessions[0], scope=Scope.ALL, **changes, **series.by)) == field
    assert series.hours() == series.booked() == [(0, 17), (7, 17), (14, 17)]
    assert not Notification.objects.filter(kind="sessions_changed").exists()


def test_a_stand_in_coach_is_of_the_board_fit_and_for_girls_a_woman(series):
    edit = {"scope": Scope.FOLLOWING} | series.by
    for coach in (
        make_coach(make_board()),
        make_coach(series.board, sex="man"),
        make_coach(series.board, licence_until_on=FIRST + timedelta(days=10)),
    ):
        assert refused_field(lambda coach=coach: edit_sessions(series.sessions[1], coach=coach, **edit)) == "coaches"
    fit = make_coach(series.board, licence_until_on=FAR)
    edit_sessions(series.sessions[1], coach=fit, **edit)
    assert list(series.programme.sessions.order_by("starts_at").values_list("coach", flat=True)) == [
        None,
        fit.pk,
        fit.pk,
    ]
    assert ProgrammeCoach.objects.get().coach == series.coach


def test_the_hours_of_a_coach_are_booked_beside_the_court_and_go_over_to_a_stand_in(series):
    hours = {}
    for coach in (series.coach, make_coach(series.board)):
        hours[coach] = add_part(
            kind="coach", owner=series.board.organization, coach=coach, name_fa=f"مربی {coach.pk}", by=None, at=AT
        )
    first, stand_in = hours.values()
    book_sessions(series.sessions, [first.pk], by=None, at=AT)
    other = make_part(venue=series.venue)
    edit_sessions(series.sessions[0], scope=Scope.THIS, parts=[other], **series.by)
    assert set(verbs.parts_of(series.sessions[0])) == {other, first}
    edit_sessions(series.sessions[0], scope=Scope.THIS, coach=stand_in.coach, **series.by)
    assert set(verbs.parts_of(series.sessions[0])) == {other, stand_in}
    assert set(verbs.parts_of(series.sessions[1])) == {series.part, first}


def test_a_series_that_goes_to_another_venue_takes_parts_of_that_venue(series):
    there = make_venue()
    change = {"scope": Scope.ALL, "venue": there} | series.by
    assert refused_field(lambda: edit_sessions(series.sessions[0], **change)) == "parts"
    court = make_part(venue=there)
    edit_sessions(series.sessions[0], parts=[court], **change)
    assert {part for session in series.sessions for part in verbs.parts_of(session)} == {court}


def test_nothing_else_of_a_session_can_be_changed(series):
    with pytest.raises(ValueError, match="cannot be changed"):
        edit_sessions(series.sessions[0], scope=Scope.THIS, status="held", by=make_person(), at=AT)
