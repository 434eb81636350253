"""Boards, coaches, parts, programmes and sessions for tests; today is a Tuesday, 3 Azar 1405."""

import itertools
import uuid
from datetime import UTC, date, datetime, time, timedelta

from sports_boards.models import (
    Application,
    Board,
    BookablePart,
    Coach,
    Mandate,
    MandateSeat,
    OpeningRule,
    Participation,
    Programme,
    ProgrammeCoach,
    ProgrammePart,
    Seat,
    Session,
)
from taar.lib.jalali import TEHRAN, day_start, local_day
from taar.organizations.models import Duty, Organization, Venue
from taar.people.models import Person
from tests.organizations.factories import make_official, make_organization
from tests.people.factories import make_neighbourhood, make_person

AT = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)
# The first Saturday after the day on which everything is written with time to spare.
FIRST = date(2026, 12, 12)
LONG_AGO, FAR = date(2025, 8, 24), date(2029, 8, 24)
RULE = "FREQ=WEEKLY;INTERVAL=1;BYDAY=SA,MO;WKST=SA"
_numbers = itertools.count(1)


def moment(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment of a day by the clock of Tehran."""
    return datetime.combine(day, time(hour, minute), tzinfo=TEHRAN)


def just_begun(now: datetime, *, minutes: int = 10) -> datetime:
    """Some minutes ago, but not yesterday: when a session that runs now began, at midnight too."""
    return max(now - timedelta(minutes=minutes), day_start(local_day(now)))


def make_board(*, status: str | None = Participation.Status.JOINED, **over) -> Board:
    """A board that has joined, of a body of its own."""
    number = next(_numbers)
    code = over.pop("code", f"BRD{number}")
    over.setdefault("organization", None)
    over["organization"] = over["organization"] or make_organization(
        code=code, kind=Organization.Kind.BOARD, name_fa=f"هیأت {number}"
    )
    over.setdefault("area", make_neighbourhood().county.parent)
    over.setdefault("group", Board.Group.TEAM)
    over.setdefault("sport_fa", "بسکتبال")
    board = Board.objects.create(**over)
    if status:
        Participation.objects.create(board=board, status=status, letter_number="۱۲۰", from_on=LONG_AGO, changed_at=AT)
    return board


def make_mandate(board: Board, person=None, seat: str = MandateSeat.SECRETARY, **over) -> Mandate:
    over.setdefault("from_on", LONG_AGO)
    over.setdefault("until_on", FAR)
    person = person or make_person()
    return Mandate.objects.create(board=board, person=person, seat=seat, letter_number="۷", **over)


def make_secretary(board: Board, **over):
    """The person who sits in the secretary's seat of a board."""
    return make_mandate(board, **over).person


def make_sport_officer(**over):
    """The officer of the sport directorate who keeps the boards."""
    return make_official(Duty.BOARDS, **over)


def make_coach(board: Board, *, sex: str = Person.Sex.WOMAN, **over) -> Coach:
    """A coach whose licence and safeguarding check hold."""
    person = over.pop("person", None) or make_person(sex=sex)
    over.setdefault("licence_until_on", FAR)
    over.setdefault("safeguarding_until_on", FAR)
    return Coach.objects.create(board=board, person=person, licence_number="م-۱", since_on=LONG_AGO, **over)


def make_venue(**over) -> Venue:
    """A sports hall in the one neighbourhood of these tests."""
    over.setdefault("organization", None)
    over["organization"] = over["organization"] or make_organization()
    over.setdefault("place", make_neighbourhood())
    return Venue.objects.create(name_fa=f"سالن {next(_numbers)}", families=["sport"], **over)


def make_part(*, venue: Venue | None = None, kind: str = BookablePart.Kind.COURT, **over) -> BookablePart:
    """A court indoors, without opening rules: open whenever somebody comes."""
    venue = venue or make_venue()
    return BookablePart.objects.create(
        kind=kind, venue=venue, owner=venue.organization, name_fa=f"زمین {next(_numbers)}", **over
    )


def open_part(part: BookablePart, weekday: int, opens: int, closes: int, window: str = "anyone", **over) -> OpeningRule:
    over.setdefault("from_on", LONG_AGO)
    return OpeningRule.objects.create(
        part=part, weekday=weekday, opens_at=time(opens), closes_at=time(closes), window=window, **over
    )


def about_programme(**over) -> dict:
    """What a secretary writes of a course of eight meetings for girls, Saturdays and Mondays at five."""
    return {
        "kind": Programme.Kind.COURSE,
        "title_fa": "آموزش دوچرخه‌سواری",
        "audience": "girls",
        "least_age": 9,
        "most_age": 14,
        "place": make_neighbourhood(),
        "where": "خیابان گلدشت",
        "capacity": 20,
        "rule": RULE,
        "starts_on": FIRST,
        "meetings": 8,
        "starts_at": time(17),
        "ends_at": time(18, 30),
        "season": "autumn_winter",
        "enrol_until_at": moment(FIRST - timedelta(days=2), 20),
    } | over


# Which moments a programme has once it has come as far as a state.
_WAY = ["submitted", "approved", "open", "enrolment_closed", "running", "finished", "reported"]


def make_programme(board: Board | None = None, *, status: str = "draft", parts=(), coaches=(), **over) -> Programme:
    """A programme that stands in a state, with the moments that belong to it; without sessions."""
    board = board or make_board()
    writer, officer = over.pop("by", None) or make_person(), make_person()
    passed = _WAY[: _WAY.index(status) + 1] if status in _WAY else []
    moments = {"status": status, "drafted_at": AT, "drafted_by": writer, "changed_at": AT}
    if passed or status == "returned":
        moments |= {"submitted_at": AT, "submitted_by": writer, "due_on": TODAY + timedelta(days=7)}
    names = {"approved": "approved_at", "open": "opened_at", "enrolment_closed": "enrolment_closed_at",
             "running": "running_at", "finished": "finished_at", "reported": "reported_at"}  # fmt: skip
    moments |= {name: AT for state, name in names.items() if state in passed}
    moments |= {"approved_by": officer} if "approved" in passed else {}
    moments |= {"returned_at": AT} if status == "returned" else {}
    moments |= {"report": "گزارش"} if status == "reported" else {}
    moments |= {"cancelled_at": AT, "reason": "نبود مربی"} if status == "cancelled" else {}
    programme = Programme.objects.create(board=board, **(about_programme(**over) | moments))
    for part in parts:
        ProgrammePart.objects.create(programme=programme, part=part)
    for coach in coaches:
        ProgrammeCoach.objects.create(programme=programme, board=board, coach=coach)
    return programme


def make_session(programme: Programme, *, day: date = FIRST, status: str = "planned", **over) -> Session:
    """A meeting of a programme from five to half past six."""
    over.setdefault("starts_at", moment(day, 17))
    over.setdefault("ends_at", over["starts_at"] + timedelta(minutes=90))
    over.setdefault("number", programme.sessions.count() + 1)
    if status != "planned":
        over.setdefault("settled_at", AT)
    if status in ("moved", "suspended", "cancelled"):
        over.setdefault("reason", "گردوغبار")
    if status == "moved":
        over["moved_to"] = make_session(programme, day=day + timedelta(days=7), number=over["number"] + 100)
    return Session.objects.create(
        programme=programme, place=programme.place, venue=programme.venue, indoor=programme.indoor, status=status,
        changed_at=AT, **over,
    )  # fmt: skip


def make_application(programme: Programme, *, people=(), status: str = "confirmed", by=None) -> Application:
    """A family's application whose seats stand in the state that belongs to its own."""
    people = list(people) or [make_person()]
    moments = {"decided_at": AT} if status != "received" else {}
    moments |= {"confirmed_at": AT} if status in ("confirmed", "completed", "dropped") else {}
    moments |= {"listed_at": AT} if status in ("waiting", "offered", "expired") else {}
    moments |= {"offered_until_at": AT + timedelta(minutes=30)} if status == "offered" else {}
    moments |= {"ended_at": AT} if status in Application.ENDED else {}
    moments |= {"reasons": ["too_old"]} if status == "refused" else {}
    application = Application.objects.create(
        once=uuid.uuid4(), programme=programme, applicant=by or people[0], size=len(people), status=status,
        received_at=AT, **moments,
    )  # fmt: skip
    states = {"confirmed": "confirmed", "offered": "held", "completed": "completed", "dropped": "dropped",
              "cancelled": "released", "expired": "released", "refused": "refused"}  # fmt: skip
    for person in people:
        state = states.get(status, "asked")
        reasons = ["too_old"] if state == "refused" else []
        Seat.objects.create(application=application, programme=programme, person=person, state=state, reasons=reasons)
    return application
