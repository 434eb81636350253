"""A programme from its first draft to its report, and what it is told while it is written."""

import uuid
from datetime import date, time, timedelta

import pytest

from sports_boards.actions import programme_steps as steps
from sports_boards.actions.coaches import end_coach, renew_coach
from sports_boards.actions.parts import add_part, book_part
from sports_boards.actions.programmes import (
    approve_programme,
    change_programme,
    draft_programme,
    return_programme,
    submit_programme,
)
from sports_boards.models import Booking, FeedMark, Programme, Session
from sports_boards.queries.approval import effects_of
from sports_boards.queries.parallel import parallel_programmes
from sports_boards.queries.why_not import reasons_against
from taar.journal.models import Entry
from taar.notifications.models import Notification
from taar.places.actions import declare_closure, set_holiday
from tests.people.factories import make_person
from tests.sports_boards.factories import (
    AT,
    FAR,
    FIRST,
    about_programme,
    make_application,
    make_board,
    make_coach,
    make_part,
    make_programme,
    make_secretary,
    make_session,
    make_sport_officer,
    make_venue,
    moment,
    open_part,
)
from tests.sports_boards.outcomes import is_done, refused_field

pytestmark = pytest.mark.django_db
REPORT = "هشت جلسه برگزار شد و بیست نفر آمدند."


class Scene:
    """A board with its secretary and coach, a court of a venue, and the sport officer."""

    def __init__(self) -> None:
        self.board, self.officer = make_board(), make_sport_officer()
        self.secretary, self.coach = make_secretary(self.board), make_coach(self.board)
        self.venue = make_venue()
        self.part = make_part(venue=self.venue)
        self.by, self.as_officer = {"by": self.secretary, "at": AT}, {"by": self.officer, "at": AT}

    def draft(self, **over) -> Programme:
        over = {"parts": [self.part], "coaches": [self.coach], "venue": self.venue, "indoor": True} | over
        return draft_programme(self.board, **self.by, **about_programme(**over))

    def submitted(self, **over) -> Programme:
        return submit_programme(self.draft(**over), **self.by)

    def approved(self, **over) -> Programme:
        return approve_programme(self.submitted(**over), **self.as_officer)


@pytest.fixture
def scene():
    return Scene()


def test_a_programme_is_returned_with_notes_mended_and_approved_with_its_sessions_and_bookings(scene):
    programme = scene.submitted()
    assert programme.due_on == date(2026, 12, 1)  # five working days: Thursday and Friday are none
    return_programme(
        programme, notes={"capacity": "کم است", "coaches": "یک مربی دیگر", "where": " "}, **scene.as_officer
    )
    assert set(programme.notes.filter(mended_at=None).values_list("field", flat=True)) == {"capacity", "coaches"}
    change_programme(programme, revision=1, capacity=24, **scene.by)
    programme = approve_programme(submit_programme(programme, **scene.by), **scene.as_officer)
    assert not programme.notes.filter(mended_at=None).exists()
    days = [session.on for session in programme.sessions.all()]
    assert days == [FIRST + timedelta(days=step) for step in (0, 2, 7, 9, 14, 16, 21, 23)]
    assert Booking.objects.live().filter(part=scene.part).count() == 8
    assert ("programme", programme.pk) in set(FeedMark.objects.values_list("thing", "key"))
    told = dict(Notification.objects.values_list("kind", "person"))
    assert told == {
        "programme_submitted": scene.officer.pk,
        "programme_returned": scene.secretary.pk,
        "programme_approved": scene.secretary.pk,
    }
    assert Entry.objects.get(verb="approve_programme").facts["sessions"] == 8
    assert Entry.objects.filter(verb="submit_programme", post=f"{scene.board.code}:secretary").count() == 2


def test_who_wrote_it_does_not_decide_and_a_return_says_something(scene):
    programme = scene.submitted()
    assert not is_done(lambda: approve_programme(programme, **scene.by))
    assert not is_done(lambda: return_programme(programme, notes={"where": "کجا؟"}, **scene.by))
    assert refused_field(lambda: return_programme(programme, notes={"where": ""}, **scene.as_officer)) == "notes"
    assert refused_field(lambda: return_programme(programme, notes={"status": "x"}, **scene.as_officer)) == "notes"


def test_a_board_that_takes_no_part_writes_nothing():
    board = make_board(status="invited")
    assert not is_done(lambda: draft_programme(board, by=make_person(), at=AT, **about_programme()))


def test_a_draft_may_be_empty_and_who_writes_over_another_is_told(scene):
    programme = draft_programme(scene.board, kind="series", title_fa="  دوچرخه  ", **scene.by)
    assert (programme.title_fa, programme.capacity) == ("دوچرخه", None)
    change_programme(programme, revision=1, capacity=20, **scene.by)
    assert not is_done(lambda: change_programme(programme, revision=1, capacity=30, **scene.by))
    assert refused_field(lambda: submit_programme(programme, **scene.by)) == "audience"
    assert refused_field(lambda: draft_programme(scene.board, kind="series", title_fa=" ", **scene.by)) == "title_fa"


@pytest.mark.parametrize(
    ("field", "over"),
    [
        ("most_age", {"least_age": 14, "most_age": 9}),
        ("ends_on", {"meetings": None, "ends_on": FIRST - timedelta(days=1)}),
        ("ends_at", {"ends_at": time(17)}),
        ("minimum", {"minimum": 21}),
        ("held_places", {"held_places": 21}),
        ("residents_share", {"residents_share": 101}),
        ("activity_id", {"activity_id": uuid.UUID(int=1)}),
    ],
)
def test_what_is_turned_around_is_refused_even_in_a_draft_and_nothing_is_lost(field, over, scene):
    programme = scene.draft()
    assert refused_field(lambda: scene.draft(**over)) == field
    assert refused_field(lambda: change_programme(programme, revision=1, **over, **scene.by)) == field
    programme.refresh_from_db()
    assert (programme.revision, programme.capacity, programme.least_age) == (1, 20, 9)


FAULTS = [
    ("rule", {"rule": ""}),
    ("rule", {"rule": "FREQ=DAILY"}),
    (
        "rule",
        {"rule": "FREQ=WEEKLY;INTERVAL=1;BYDAY=FR;WKST=SA", "meetings": None, "ends_on": FIRST + timedelta(days=3)},
    ),
    ("meetings", {"meetings": None}),
    ("meetings", {"ends_on": FIRST + timedelta(days=60)}),
    ("ends_on", {"kind": "event"}),
    ("season", {"season": ""}),
    ("place", {"place": None}),
    ("enrol_until_at", {"enrol_until_at": AT - timedelta(hours=1)}),
    ("enrol_until_at", {"enrol_until_at": moment(FIRST, 18)}),
    ("starts_on", {"starts_on": date(2026, 11, 21)}),
    ("most_age", {"most_age": None}),
    ("most_age", {"most_age": 25}),
    ("coaches", {"coaches": []}),
]


@pytest.mark.parametrize(("field", "over"), FAULTS)
def test_what_is_not_right_is_said_by_field_while_it_is_written_and_again_when_it_is_sent(field, over, scene):
    programme = scene.draft(**over)
    about = {"parts": list(programme.parts.all()), "coaches": list(programme.coaches.all())}
    said = reasons_against(programme, **about, at=AT)
    assert field in {reason.code for reason in said}
    assert all(reason.sentence for reason in said)
    assert refused_field(lambda: submit_programme(programme, **scene.by)) in {reason.code for reason in said}
    programme.refresh_from_db()
    assert programme.status == "draft"


def test_a_programme_that_is_not_saved_yet_is_checked_the_same_way(scene):
    programme = Programme(board=scene.board, **about_programme(venue=scene.venue, indoor=True))
    assert reasons_against(programme, parts=[scene.part], coaches=[scene.coach], at=AT) == []


@pytest.mark.parametrize(
    ("made", "fits"),
    [
        ({}, True),
        ({"licence_until_on": FIRST + timedelta(days=23)}, False),  # it ends on the day of the last session
        ({"licence_until_on": FIRST + timedelta(days=24)}, True),
        ({"safeguarding_until_on": None}, False),
        ({"sex": "man"}, False),
        ({"sex": ""}, False),
        ({"ended_on": FIRST}, False),
    ],
)
def test_girls_have_a_woman_coach_whose_licence_and_check_hold_to_the_end(made, fits, scene):
    programme = scene.draft(coaches=[make_coach(scene.board, **made)])
    assert refused_field(lambda: submit_programme(programme, **scene.by)) == (None if fits else "coaches")


def test_what_has_changed_since_it_was_sent_is_looked_at_again_when_it_is_approved(scene):
    programme = scene.submitted()
    end_coach(scene.coach, ended_on=FIRST, by=scene.officer, at=AT)
    assert refused_field(lambda: approve_programme(programme, **scene.as_officer)) == "coaches"
    renewed = {"licence_number": "م-۴", "licence_until_on": FAR, "safeguarding_until_on": FAR}
    renew_coach(scene.coach, by=scene.officer, at=AT, **renewed)
    assert is_done(lambda: approve_programme(programme, **scene.as_officer))


def test_a_man_may_stand_beside_her_and_coaches_are_those_of_the_board(scene):
    man = make_coach(scene.board, sex="man")
    assert is_done(lambda: scene.submitted(coaches=[man, scene.coach]))
    assert refused_field(lambda: scene.draft(coaches=[make_coach(make_board())])) == "coaches"


@pytest.mark.parametrize(
    ("windows", "fits"),
    [
        ([], True),
        ([(5, 16, 20, "women"), (0, 16, 20, "women")], True),
        ([(5, 16, 20, "women"), (0, 16, 20, "anyone")], False),
        ([(5, 16, 20, "anyone"), (0, 16, 20, "anyone")], True),
        ([(5, 16, 20, "men"), (0, 16, 20, "men")], False),
        ([(5, 16, 20, "women")], False),
        ([(5, 17, 18, "women"), (0, 16, 20, "women")], False),
    ],
)
def test_audience_and_hours_fit_the_windows_of_the_part(windows, fits, scene):
    for window in windows:
        open_part(scene.part, *window)
    assert refused_field(lambda: scene.submitted()) == (None if fits else "parts")


def test_the_venue_must_be_free_when_it_is_sent_and_again_when_it_is_approved(scene):
    programme = scene.submitted()
    hours = {"starts_at": moment(FIRST + timedelta(days=7), 18), "ends_at": moment(FIRST + timedelta(days=7), 19)}
    booking = book_part(scene.part, purpose="تعمیر", by=None, at=AT, **hours)
    assert refused_field(lambda: approve_programme(programme, **scene.as_officer)) == "parts"
    assert Session.objects.count() == 0
    assert refused_field(lambda: scene.submitted()) == "parts"
    Booking.objects.filter(pk=booking.pk).update(cancelled_at=AT)
    assert is_done(lambda: approve_programme(programme, **scene.as_officer))


def test_a_coach_with_bookable_hours_is_booked_beside_the_court(scene):
    part = add_part(kind="coach", owner=scene.board.organization, coach=scene.coach, name_fa="مربی", by=None, at=AT)
    scene.approved()
    assert Booking.objects.live().filter(part=part).count() == 8
    other = make_part(venue=scene.venue)
    assert refused_field(lambda: scene.submitted(parts=[other])) == "parts"


@pytest.mark.parametrize(
    ("field", "over"), [("capacity", {"capacity": 13}), ("family", {"family": "culture"}), ("indoor", {"indoor": True})]
)
def test_place_parts_and_the_cards_service_fit_one_another(field, over, scene):
    scene.part.capacity, scene.part.indoor = 12, False
    scene.part.save()
    programme = scene.draft(**{"capacity": 12, "indoor": False} | over)
    assert refused_field(lambda: submit_programme(programme, **scene.by)) == field


def test_parts_are_those_of_the_venue(scene):
    assert refused_field(lambda: scene.submitted(parts=[make_part()])) == "parts"


def test_holidays_are_skipped_and_closures_outdoors_alone(scene):
    set_holiday(FIRST + timedelta(days=2), at=AT, name_fa="تعطیل")
    closed = FIRST + timedelta(days=7)
    county = scene.venue.place.county
    declare_closure(
        by_label="x", at=AT, from_on=closed, until_on=closed, cause="dust", reason="گردوغبار", places=[county]
    )
    indoors = scene.approved()
    assert indoors.skipped_days == [FIRST + timedelta(days=2)]
    assert indoors.sessions.count() == 7
    outdoors = scene.approved(parts=[], venue=None, indoor=False)
    assert outdoors.skipped_days == [FIRST + timedelta(days=2), closed]


def test_the_officer_sees_what_an_approval_books_costs_skips_and_displaces(scene):
    set_holiday(FIRST + timedelta(days=2), at=AT, name_fa="تعطیل")
    programme = scene.submitted(cost_rials=5_000_000)
    rival = scene.submitted(title_fa="رقیب", starts_at=time(18))
    scene.submitted(title_fa="پس از آن", starts_at=time(18, 30), ends_at=time(20))
    effects = effects_of(programme)
    assert (len(effects.slots), effects.hours, effects.cost_rials) == (7, timedelta(hours=10.5), 5_000_000)
    assert (effects.skipped, effects.parts) == ((FIRST + timedelta(days=2),), (scene.part,))
    assert effects.displaced == (rival,)


def test_an_event_is_on_its_one_day(scene):
    event = {"kind": "event", "rule": "", "meetings": None, "ends_on": FIRST}
    programme = scene.approved(**event)
    assert [session.on for session in programme.sessions.all()] == [FIRST]


def test_like_programmes_of_other_boards_are_found_and_others_are_not():
    programme = make_programme(status="submitted")
    like = make_programme(status="open", least_age=14, most_age=17)
    make_programme(programme.board, status="open")
    make_programme(status="open", audience="women", most_age=None)
    make_programme(status="open", least_age=15, most_age=17)
    make_programme(status="open", season="summer")
    make_programme(status="draft")
    assert list(parallel_programmes(programme)) == [like]


def test_the_sweep_closes_starts_and_finishes_by_the_days(scene):
    programme = scene.approved()
    steps.open_enrolment(programme, **scene.by)
    assert steps.advance_programmes(AT) == 0
    assert steps.advance_programmes(moment(FIRST, 8)) == 1
    assert steps.advance_programmes(moment(FIRST, 18)) == 0  # nobody takes part yet
    make_application(programme)
    assert steps.advance_programmes(moment(FIRST, 18)) == 1
    last = moment(FIRST + timedelta(days=23), 18)
    assert steps.advance_programmes(last) == 0
    assert steps.advance_programmes(last + timedelta(hours=1)) == 1
    assert steps.advance_programmes(last + timedelta(hours=1)) == 0
    programme.refresh_from_db()
    assert programme.status == "finished"
    assert refused_field(lambda: steps.report_programme(programme, report="خوب", **scene.by)) == "report"
    steps.report_programme(programme, report=REPORT, **scene.by)


def test_a_programme_begins_with_its_first_session_whether_or_not_that_was_said_to_be_held():
    programme = make_programme(status="enrolment_closed")
    make_application(programme)
    make_session(programme, status="held")
    make_session(programme, day=FIRST + timedelta(days=7))
    assert steps.advance_programmes(moment(FIRST, 16)) == 0
    assert steps.advance_programmes(moment(FIRST, 17)) == 1


def test_a_programme_does_not_end_while_a_suspended_session_waits():
    programme = make_programme(status="running")
    session = make_session(programme, status="suspended")
    late = moment(FIRST + timedelta(days=40), 8)
    assert steps.advance_programmes(late) == 0
    assert not is_done(lambda: steps.finish_programme(programme, by=make_person(), at=late))
    Session.objects.filter(pk=session.pk).update(status="cancelled")
    assert steps.advance_programmes(late) == 1


def test_a_programme_does_not_begin_with_fewer_than_it_needs():
    programme = make_programme(status="enrolment_closed", minimum=2)
    make_application(programme)
    assert not is_done(lambda: steps.start_programme(programme, by=make_person(), at=AT))
    make_application(programme)
    assert is_done(lambda: steps.start_programme(programme, by=make_person(), at=AT))


def test_enrolment_is_not_opened_after_its_deadline():
    programme = make_programme(status="approved", enrol_until_at=AT)
    assert not is_done(lambda: steps.open_enrolment(programme, by=make_person(), at=AT))


def test_a_cancelled_programme_takes_sessions_bookings_applications_and_offers_with_it_and_tells_everybody(scene):
    programme = scene.approved()
    steps.open_enrolment(programme, **scene.by)
    family, waiting = make_application(programme), make_application(programme, status="waiting")
    gone = make_application(programme, status="cancelled")
    held = programme.sessions.first()
    Session.objects.filter(pk=held.pk).update(status="held", settled_at=AT)
    assert refused_field(lambda: steps.cancel_programme(programme, reason=" ", **scene.by)) == "reason"
    steps.cancel_programme(programme, reason="سالن تعمیر می‌شود", **scene.by)
    programme.refresh_from_db()
    assert (programme.status, programme.taken) == ("cancelled", 0)
    assert sorted(programme.sessions.values_list("status", flat=True)) == ["cancelled"] * 7 + ["held"]
    assert Booking.objects.live().filter(part=scene.part).count() == 1
    assert set(programme.applications.values_list("status", flat=True)) == {"cancelled"}
    told = Notification.objects.filter(kind="programme_cancelled").values_list("person", flat=True)
    assert set(told) == {family.applicant_id, waiting.applicant_id, scene.secretary.pk, scene.coach.person_id}
    assert gone.applicant_id not in told
