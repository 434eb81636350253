"""Heat, dust and mourning: outdoor sessions of counties are suspended in one act, visits come back, people know."""

from datetime import UTC, datetime, timedelta

import pytest

from sports_boards.actions.closures import close_counties, suspend_closed_sessions
from sports_boards.models import Attendance, FeedMark, Session
from taar.journal.models import Entry
from taar.notifications.models import Delivery, Notification
from taar.organizations.actions import declare_closure
from taar.organizations.models import Duty
from taar.places.models import Place
from tests.organizations.factories import make_official
from tests.people.factories import make_neighbourhood, make_person
from tests.places.factories import make_place
from tests.sports_boards.factories import (
    AT,
    TODAY,
    make_application,
    make_board,
    make_coach,
    make_programme,
    make_secretary,
    make_session,
    make_venue,
    moment,
)
from tests.welfare_card.ledger_factories import ask, make_allowance, make_rule
from welfare_card.actions.visits import take_visit
from welfare_card.models import Account, Visit
from welfare_card.queries.ledger import ledger_differences

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 11, 24, 6, 30, tzinfo=UTC)  # ten o'clock in Tehran


@pytest.fixture
def keeper():
    return make_official(Duty.CLOSURES)


def close(keeper, *counties, **over):
    about = {"from_on": TODAY, "until_on": TODAY + timedelta(days=1), "cause": "dust", "reason": "گردوغبار شدید"} | over
    return close_counties(counties, by=keeper, at=about.pop("at", MORNING), **about)


def county() -> Place:
    return make_neighbourhood().county


def outdoor(**over):
    over.setdefault("indoor", False)
    return make_programme(over.pop("board", None), status="running", **over)


def test_outdoor_sessions_of_the_days_and_counties_are_suspended_and_no_others(keeper):
    programme, inside = outdoor(), outdoor(indoor=True)
    elsewhere = outdoor(place=make_place())
    today, tomorrow = make_session(programme, day=TODAY), make_session(programme, day=TODAY + timedelta(days=1))
    others = [
        make_session(programme, day=TODAY + timedelta(days=2)),
        make_session(inside, day=TODAY),
        make_session(elsewhere, day=TODAY),
        make_session(programme, day=TODAY, starts_at=moment(TODAY, 7), ends_at=moment(TODAY, 8)),  # over by ten
    ]
    closure = close(keeper, county())
    for session in (today, tomorrow):
        session.refresh_from_db()
        assert (session.status, session.closure, session.reason) == ("suspended", closure, "گردوغبار شدید")
    assert set(Session.objects.filter(pk__in=[each.pk for each in others]).values_list("status", flat=True)) == {
        "planned"
    }
    assert Entry.objects.get(verb="suspend_for_closure").facts["sessions"] == 2
    marked = set(FeedMark.objects.filter(thing="programme").values_list("key", flat=True))
    assert {today.programme_id, tomorrow.programme_id} <= marked


def test_each_person_is_told_once_by_sms_however_many_sessions_fall(keeper):
    board = make_board()
    secretary, coach, parent = make_secretary(board), make_coach(board), make_person()
    for _count in range(2):
        programme = outdoor(board=board, coaches=[coach])
        make_application(programme, people=[make_person(), make_person()], by=parent)
        for day in range(2):
            make_session(programme, day=TODAY + timedelta(days=day))
    stranger = make_application(outdoor()).applicant
    close(keeper, county())
    told = Notification.objects.filter(kind="sessions_closed")
    assert sorted(told.values_list("person", flat=True)) == sorted([secretary.pk, coach.person_id, parent.pk])
    assert Delivery.objects.filter(notification__in=told, channel="sms").count() == 3
    assert stranger.pk not in told.values_list("person", flat=True)


def test_visits_of_a_session_that_was_broken_off_are_given_back_and_those_of_the_hall_are_not(keeper):
    venue = make_venue()
    programme, inside = outdoor(venue=venue), outdoor(venue=venue, indoor=True)
    card, account = make_allowance(make_rule(10))
    other_card, other_account = make_allowance(make_rule(10))
    for meeting, holder in ((programme, card), (inside, other_card)):
        session = make_session(meeting, day=TODAY, starts_at=moment(TODAY, 9), ends_at=moment(TODAY, 11))
        seat = make_application(meeting, people=[holder.person]).seats.get()
        at = moment(TODAY, 9, 5)
        visit = take_visit(ask(holder, at=at.isoformat()), venue=venue.pk, by=None, at=at)
        Attendance.objects.create(
            programme=meeting, session=session, seat=seat, mark="present", way="card", visit_id=visit.id, marked_at=at
        )
    assert Visit.objects.filter(outcome="ok").count() == 2
    close(keeper, county())
    account.refresh_from_db()
    other_account.refresh_from_db()
    assert (account.balance, other_account.balance) == (10, 9)
    assert ledger_differences()[0] == 0
    assert list(Notification.objects.filter(kind="visit_given_back").values_list("person", flat=True)) == [
        card.person_id
    ]
    assert Account.objects.filter(kind="allowance").count() == 2


def test_a_closure_that_was_declared_elsewhere_and_a_session_added_later_are_met_by_the_sweep(keeper):
    programme = outdoor()
    first = make_session(programme, day=TODAY)
    declare_closure(
        by=keeper, at=MORNING, from_on=TODAY, until_on=TODAY, cause="heat", reason="گرما", places=[county()]
    )
    assert suspend_closed_sessions(MORNING) == 1
    assert suspend_closed_sessions(MORNING) == 0
    second = make_session(programme, day=TODAY, starts_at=moment(TODAY, 20), ends_at=moment(TODAY, 21))
    assert suspend_closed_sessions(MORNING) == 1
    assert set(Session.objects.filter(pk__in=[first.pk, second.pk]).values_list("status", flat=True)) == {"suspended"}
    assert suspend_closed_sessions(AT + timedelta(days=3)) == 0


def test_a_closure_of_the_province_meets_every_county(keeper):
    make_session(outdoor(), day=TODAY)
    make_session(outdoor(place=make_place()), day=TODAY)
    close(keeper, county().parent)
    assert set(Session.objects.values_list("status", flat=True)) == {"suspended"}
