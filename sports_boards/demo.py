"""The story of the cycling board, told with its own verbs: a course from draft to report, a closure, a concern."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sports_boards.actions import attendance, concerns, support
from sports_boards.actions import programme_steps as steps
from sports_boards.actions import programmes as writing
from sports_boards.actions.closures import close_counties
from sports_boards.actions.coaches import agree_to_be_named, register_coach
from sports_boards.actions.enrolments import enrol_family
from sports_boards.actions.mandates import give_mandate
from sports_boards.actions.parts import add_part
from sports_boards.actions.sessions import hold_session
from sports_boards.models import Audience, Board, BookablePart, Coach, MandateSeat, Programme, Session
from sports_boards.weekly_rule import write_rule
from taar.lib.jalali import TEHRAN, local_day
from taar.organizations.actions import add_venue
from taar.organizations.models import Organization
from taar.people.models import Person
from taar.people.queries import children_of
from taar.places.models import Closure, Place
from welfare_card.models import Card, Family, Tier
from welfare_card.visit_request import read_visit

DAY = timedelta(days=1)
BOARD, OWNER = "CYC", "SPORT"
HOME, GOLDASHT, FAR_TOWN = "KHZ-N-001", "KHZ-N-003", "0607011280"
NOTES = {
    "where": "نشانی دقیق نقطهٔ آغاز را بنویسید تا خانواده‌ها گم نشوند.",
    "capacity": "برای این مسیر بیست نفر زیاد است؛ کمتر کنید.",
}
REPORT = "دوره در ملاشیه برگزار شد. بچه‌ها رکاب زدن در خیابان بسته را آموختند و خانواده‌ها ادامهٔ آن را خواستند."
CONCERN = "در محلهٔ ملاشیه مسیر امنی برای دوچرخه نیست و بچه‌ها ناچارند در خیابان اصلی رکاب بزنند."
ANSWER = "با شهرداری هماهنگ شد که عصر پنج‌شنبه‌ها خیابان گلدشت به روی خودروها بسته شود."


@dataclass(frozen=True)
class BoardOffice:
    """Who writes for the board, who coaches, who approves, who answers, who closes."""

    secretary: Person
    coach: Person
    officer: Person
    deputy: Person
    keeper: Person


@dataclass(frozen=True)
class Ground:
    """The board with its coach and the street that is closed for it."""

    board: Board
    coach: Coach
    street: BookablePart


def tell_board_story(*, at: datetime, residents: list[Person], office: BoardOffice) -> None:
    """Seat the secretary, register the coach and tell what the board did since; told once."""
    board = Board.objects.get(organization__code=BOARD)
    if board.mandates.exists():
        return
    ground = _begin(board, at=at - 60 * DAY, office=office)
    _tell_of_a_course(ground, mother=residents[1], at=at, office=office)
    _tell_of_a_closure(ground, at=at, office=office)
    _tell_of_what_waits(ground, at=at, office=office)
    _tell_of_a_concern(board, at=at, office=office)


def _begin(board: Board, *, at: datetime, office: BoardOffice) -> Ground:
    today, by = local_day(at), {"by": office.officer, "at": at}
    for person, name in ((office.secretary, "شهلا"), (office.coach, "فرشته")):
        person.put_names(name, "نمونه")
        person.sex = Person.Sex.WOMAN
        person.save()
    give_mandate(
        board, person=office.secretary, seat=MandateSeat.SECRETARY, letter_number="۱۴۰۵/۱۲۰", from_on=today,
        until_on=today + 90 * DAY, **by,
    )  # fmt: skip
    coach = register_coach(
        board, person=office.coach, licence_number="م-۱۴۰۵", licence_until_on=today + 400 * DAY,
        safeguarding_until_on=today + 400 * DAY, **by,
    )  # fmt: skip
    agree_to_be_named(coach, agrees=True, by=office.coach, at=at)
    owner = Organization.objects.get(code=OWNER)
    about = {"place": Place.objects.get(code=HOME), "families": [Family.SPORT]}
    venue = add_venue(
        owner, by=None, at=at, name_fa="پایگاه دوچرخهٔ ملاشیه", name_en="Mollashiyeh Bicycle Base", **about
    )
    name = {"name_fa": "خیابان بستهٔ گلدشت", "name_en": "The closed street"}
    street = add_part(kind=BookablePart.Kind.OUTDOOR, owner=owner, venue=venue, **name, **by)
    return Ground(board, coach, street)


def _about(ground: Ground, first_on: date, **over) -> dict:
    """What the secretary writes of a weekly course outdoors, from a day on."""
    until = datetime.combine(first_on - DAY, time(20), tzinfo=TEHRAN)
    about = {
        "kind": Programme.Kind.COURSE, "audience": Audience.CHILDREN, "least_age": 8, "most_age": 14,
        "place": Place.objects.get(code=HOME), "venue": ground.street.venue, "capacity": 12, "minimum": 2,
        "rule": write_rule([first_on.weekday()]), "starts_on": first_on, "meetings": 4, "starts_at": time(17),
        "ends_at": time(18, 30), "season": Programme.Season.ALL_YEAR, "enrol_until_at": until,
        "where": "جلوی کتابخانهٔ محله", "cost_rials": 24_000_000, "activity_id": ground.board.activity_id,
        "consent": "فرزندم در جلسه‌های دوچرخه‌سواری شرکت می‌کند.",
    }  # fmt: skip
    return about | {"parts": [ground.street], "coaches": [ground.coach]} | over


def _tell_of_a_course(ground: Ground, *, mother: Person, at: datetime, office: BoardOffice) -> None:
    """Written, returned with two notes, mended, approved, enrolled in, attended, reported."""
    first_on = local_day(at) - 38 * DAY
    told = {"title_fa": "نخستین رکاب ملاشیه", "title_en": "First rides in Mollashiyeh", "family": Family.SPORT}
    about = _about(ground, first_on, capacity=20, where="", **told)
    write, decide = {"by": office.secretary}, {"by": office.officer}
    programme = writing.draft_programme(ground.board, at=at - 58 * DAY, **write, **about)
    writing.submit_programme(programme, at=at - 58 * DAY, **write)
    programme = writing.return_programme(programme, notes=NOTES, at=at - 56 * DAY, **decide)
    mended = {"capacity": 12, "where": "جلوی کتابخانهٔ محله", "revision": programme.revision}
    writing.change_programme(programme, at=at - 55 * DAY, **write, **mended)
    writing.submit_programme(programme, at=at - 55 * DAY, **write)
    writing.approve_programme(programme, at=at - 53 * DAY, **decide)
    steps.open_enrolment(programme, at=at - 52 * DAY, **write)
    moment = at - 50 * DAY
    children = children_of(mother, local_day(moment))
    enrol_family(programme, people=children, consent=True, once=uuid.uuid4(), by=mother, at=moment)
    steps.close_enrolment(programme, at=at - 39 * DAY, **write)
    sessions = list(programme.sessions.order_by("starts_at"))
    steps.start_programme(programme, at=sessions[0].starts_at, **write)
    for number, session in enumerate(sessions):
        _attend(session, by=office.coach, late=number == 1)
    over = sessions[-1].ends_at + timedelta(hours=1)
    steps.finish_programme(programme, at=over, **write)
    steps.report_programme(programme, report=REPORT, at=over + DAY, **write)


def _attend(session: Session, *, by: Person, late: bool) -> None:
    """The eldest shows the card, the others are marked."""
    begins = session.starts_at
    seats = list(session.programme.applications.get().seats.select_related("person").order_by("person__birth_on"))
    card = Card.objects.filter(person=seats[0].person, status=Card.Status.ACTIVE).first()
    body = {"id": str(uuid.uuid4()), "service": Family.SPORT, "tier": Tier.ONLINE, "at": begins.isoformat()}
    arrival = None
    if card is not None:
        asked = read_visit(body | {"number": card.number})
        arrival = attendance.take_attendance(session, asked=asked, by=by, at=begins)
    for seat in seats[1:] if arrival and arrival.attendance else seats:
        mark = attendance.Mark.LATE if late else attendance.Mark.PRESENT
        attendance.mark_attendance(session, seat=seat, mark=mark, by=by, at=begins)
    hold_session(session, by=by, at=session.ends_at)


def _tell_of_a_closure(ground: Ground, *, at: datetime, office: BoardOffice) -> None:
    """A course of a far town is open; dust closes its county on the first day."""
    town, first_on = Place.objects.get(code=FAR_TOWN), local_day(at) + 6 * DAY
    told = {"title_fa": "دوچرخه‌سواری خانوادگی", "title_en": "Families on bicycles", "audience": Audience.FAMILIES}
    about = _about(ground, first_on, place=town, venue=None, **told)
    about |= {"parts": [], "least_age": None, "most_age": None}
    programme = _approved(ground, about, at=at - 9 * DAY, office=office)
    steps.open_enrolment(programme, by=office.secretary, at=at - 6 * DAY)
    session = programme.sessions.order_by("starts_at").first()
    days = {"from_on": session.on, "until_on": session.on}
    cause = {"cause": Closure.Cause.DUST, "reason": "گردوغبار شدید در پیش است"}
    close_counties([town.county], by=office.keeper, at=at - timedelta(hours=2), **days, **cause)


def _approved(ground: Ground, about: dict, *, at: datetime, office: BoardOffice) -> Programme:
    programme = writing.draft_programme(ground.board, by=office.secretary, at=at, **about)
    writing.submit_programme(programme, by=office.secretary, at=at)
    return writing.approve_programme(programme, by=office.officer, at=at + DAY)


def _tell_of_what_waits(ground: Ground, *, at: datetime, office: BoardOffice) -> None:
    """One course is open near the families, one waits for the officer, one came back, one is begun."""
    today, write = local_day(at), {"by": office.secretary}
    near = _about(ground, today + 12 * DAY, title_fa="رکاب‌زنی کودکان", title_en="Children on bicycles")
    steps.open_enrolment(_approved(ground, near, at=at - 8 * DAY, office=office), at=at - 5 * DAY, **write)
    place = Place.objects.get(code=GOLDASHT)
    girls = {"title_fa": "دوچرخه‌سواری دختران گلدشت", "audience": Audience.GIRLS, "place": place}
    sent = writing.draft_programme(ground.board, at=at - DAY, **write, **_about(ground, today + 16 * DAY, **girls))
    writing.submit_programme(sent, at=at - DAY, **write)
    back = _about(ground, today + 20 * DAY, title_fa="تور خانوادگی کارون", audience=Audience.FAMILIES, where="")
    back |= {"least_age": None, "most_age": None}
    returned = writing.draft_programme(ground.board, at=at - 4 * DAY, **write, **back)
    writing.submit_programme(returned, at=at - 4 * DAY, **write)
    writing.return_programme(returned, notes=NOTES, by=office.officer, at=at - 2 * DAY)
    writing.draft_programme(ground.board, at=at - DAY, kind=Programme.Kind.EVENT, title_fa="روز دوچرخه", **write)


def _tell_of_a_concern(board: Board, *, at: datetime, office: BoardOffice) -> None:
    """The board wrote to the governor's office, and has an answer; it asks for bicycles."""
    write, settle = {"by": office.secretary}, {"by": office.deputy}
    about = {"kind": "concern", "title": "مسیر امن برای دوچرخه", "text": CONCERN}
    concern = concerns.send_concern(board, at=at - 20 * DAY, **about, **write)
    concerns.see_concern(concern, at=at - 19 * DAY, **settle)
    unit = Organization.objects.get(code=OWNER)
    concerns.take_concern(concern, unit=unit, due_on=local_day(at) - 2 * DAY, at=at - 18 * DAY, **settle)
    concerns.answer_concern(concern, text=ANSWER, letter_number="۱۴۰۵/۸۱۲", at=at - 3 * DAY, **settle)
    lines = [
        support.Line("دوچرخهٔ کودک", 10, "بیشتر بچه‌ها دوچرخه ندارند", 80_000_000),
        support.Line("کلاه ایمنی", 20, "ایمنی در خیابان", 9_000_000),
    ]
    asked = support.submit_request(board, title="دوچرخه برای ملاشیه", lines=lines, at=at - 10 * DAY, **write)
    support.begin_review(asked, by=office.officer, at=at - 9 * DAY)
