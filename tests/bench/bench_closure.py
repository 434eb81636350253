"""How long a county's closure takes with 2,000 outdoor sessions, 20,000 families and 500 visits to give back.

`python3 manage.py test tests/bench/bench_closure.py -s -n 0`; prints, and asserts no timing.
"""

import time
import uuid

import pytest
from django.db import connection

from sports_boards.actions.closures import close_counties
from sports_boards.models import Application, Attendance, Seat, Session
from taar.notifications.models import Notification
from taar.organizations.models import Duty
from taar.people.models import Person
from tests.organizations.factories import make_official
from tests.people.factories import make_neighbourhood
from tests.sports_boards.factories import TODAY, make_board, make_programme, make_venue, moment
from tests.welfare_card.ledger_factories import ask, make_allowance, make_card, make_rule
from welfare_card.actions.visits import take_visit

SESSIONS, FAMILIES, PROGRAMMES, VISITS = 2000, 20_000, 100, 500
MORNING = moment(TODAY, 9, 30)


@pytest.mark.django_db(transaction=True)
def test_print_how_long_a_closure_takes():
    venue, board = make_venue(), make_board()
    programmes = [
        make_programme(board, status="running", indoor=False, venue=venue, capacity=1000)
        for _count in range(PROGRAMMES)
    ]
    sessions = Session.objects.bulk_create(
        Session(
            programme=programmes[number % PROGRAMMES], number=number // PROGRAMMES + 1, place=venue.place, venue=venue,
            starts_at=moment(TODAY, 9, number // PROGRAMMES), ends_at=moment(TODAY, 20), changed_at=MORNING,
        )
        for number in range(SESSIONS)
    )  # fmt: skip
    seats = make_families(programmes)
    make_visits(venue, sessions, seats)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    county, keeper = make_neighbourhood().county, make_official(Duty.CLOSURES)
    begun, worked = time.monotonic(), time.process_time()
    about = {"from_on": TODAY, "until_on": TODAY, "cause": "dust", "reason": "گردوغبار", "by": keeper, "at": MORNING}
    close_counties([county], **about)
    took = f"{time.monotonic() - begun:.2f} s, {time.process_time() - worked:.2f} s of the worker's own time"
    assert Session.objects.filter(status="suspended").count() == SESSIONS
    assert Notification.objects.filter(kind="sessions_closed").count() == FAMILIES
    assert Notification.objects.filter(kind="visit_given_back").count() == VISITS
    print(f"\na closure of {SESSIONS} sessions, {FAMILIES} people and {VISITS} visits: {took}")


def make_families(programmes) -> list[Seat]:
    people = [Person(identity_level=1, phone_verified_at=MORNING) for _count in range(FAMILIES)]
    for number, person in enumerate(people):
        person.put_phone(f"+98917{number:07}")
    people = Person.objects.bulk_create(people, batch_size=5000)
    about = {"size": 1, "status": "confirmed", "received_at": MORNING, "decided_at": MORNING, "confirmed_at": MORNING}
    applications = Application.objects.bulk_create(
        [
            Application(once=uuid.uuid4(), programme=programmes[number % PROGRAMMES], applicant=person, **about)
            for number, person in enumerate(people)
        ],
        batch_size=5000,
    )
    return Seat.objects.bulk_create(
        [
            Seat(application=each, programme_id=each.programme_id, person_id=each.applicant_id, state="confirmed")
            for each in applications
        ],
        batch_size=5000,
    )


def make_visits(venue, sessions, seats) -> None:
    """Some have come by card before the dust did."""
    rule = make_rule(10)
    of_programme = {session.programme_id: session for session in sessions}
    for seat in seats[:VISITS]:
        card, _account = make_allowance(rule, make_card(rule.plan, Person.objects.get(pk=seat.person_id)))
        visit = take_visit(ask(card, at=MORNING.isoformat()), venue=venue.pk, by=None, at=MORNING)
        Attendance.objects.create(
            programme_id=seat.programme_id, session=of_programme[seat.programme_id], seat=seat, mark="present",
            way="card", visit_id=visit.id, marked_at=MORNING,
        )  # fmt: skip
