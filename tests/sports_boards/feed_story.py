"""A story that fills every feed, with names planted that no feed and no public calendar may ever say."""

from datetime import timedelta
from types import SimpleNamespace
from uuid import UUID

from sports_boards.actions.programmes import approve_programme, submit_programme
from sports_boards.actions.sessions import cancel_session, move_session, suspend_session
from sports_boards.models import Programme
from taar.places.models import Place
from tests.people.factories import make_neighbourhood, make_person
from tests.sports_boards.factories import (
    AT,
    FIRST,
    TODAY,
    make_application,
    make_board,
    make_coach,
    make_part,
    make_programme,
    make_secretary,
    make_sport_officer,
    make_venue,
    moment,
    open_part,
)

CYCLING = {"activity_id": UUID("4a19873e-118e-43f4-b86e-05acba8fb1de"), "activity_label": "Cycling"}
NAMED, UNNAMED = ("زهرا", "نامدارپور"), ("مریم", "پنهان‌نژاد")
CHILD, APPLICANT = ("کودکانه", "خردسال‌زاده"), ("درخواست", "والدینیان")
# Every word of a name that nobody agreed to.
SECRET = (*UNNAMED, *CHILD, *APPLICANT)


def named_person(names: tuple[str, str], **over):
    """A person who is called so."""
    person = make_person(**over)
    person.put_names(*names)
    person.save()
    return person


def tell_story() -> SimpleNamespace:
    """A cycling board with a course for girls, a series and an event in and beside a hall, families and coaches."""
    story = SimpleNamespace(place=make_neighbourhood(), officer=make_sport_officer())
    Place.objects.filter(pk=story.place.county_id).update(lat=31.3183, lon=48.6706)
    story.board = make_board(code="CYC", sport_fa="دوچرخه‌سواری", **CYCLING)
    story.secretary = make_secretary(story.board)
    story.venue = make_venue(opens_at=None)
    story.hall = make_part(venue=story.venue, kind="hall")
    story.court = make_part(venue=story.venue, kind="court")
    open_part(story.court, 2, 8, 10, window="women")
    open_part(story.court, 2, 14, 16)
    for weekday in (5, 6, 0):
        open_part(story.hall, weekday, 10, 19)
    story.named = make_coach(story.board, person=named_person(NAMED, sex="woman"), named_at=AT)
    story.unnamed = make_coach(story.board, person=named_person(UNNAMED, sex="woman"))
    coaches = [story.named, story.unnamed]
    story.course = approved(story, kind="course", coaches=coaches, about="هشت نشست برای دختران. <b>رایگان</b> است.")
    about = {"title_fa": "دوچرخه‌سواری همگانی", "audience": "mixed", "least_age": None, "most_age": None}
    story.series = approved(
        story, kind="series", coaches=coaches, parts=[story.hall], venue=story.venue, fee_rials=200_000,
        level="beginner", meetings=4, **about,
    )  # fmt: skip
    about |= {"rule": "", "meetings": None, "starts_on": FIRST, "ends_on": FIRST, "title_fa": "روز بدون خودرو"}
    story.event = approved(story, kind="event", coaches=[story.unnamed], **about)
    happen(story)
    return story


def approved(story: SimpleNamespace, *, coaches, parts=(), **over) -> Programme:
    """A programme that was sent and approved by the verbs, so that its sessions stand and its parts are booked."""
    programme = make_programme(story.board, coaches=coaches, parts=parts, by=story.secretary, **over)
    submit_programme(programme, by=story.secretary, at=AT)
    return approve_programme(programme, by=story.officer, at=AT)


def happen(story: SimpleNamespace) -> None:
    """One session is cancelled, one moved, one suspended; a family has a place in each programme."""
    story.child = named_person(CHILD, birth_on=TODAY - timedelta(days=11 * 365))
    story.parent = named_person(APPLICANT)
    first, second, third, last = story.series.sessions.all()
    who = {"by": story.secretary, "at": AT}
    story.moved = first
    story.new = move_session(
        first, starts_at=moment(FIRST + timedelta(days=1), 10), ends_at=moment(FIRST + timedelta(days=1), 11),
        reason="مسابقه", **who,
    )  # fmt: skip
    story.cancelled = cancel_session(second, reason=f"{' '.join(CHILD)} بیمار است", **who)
    story.suspended = suspend_session(third, reason="گردوغبار", **who)
    story.standing = last
    Programme.objects.filter(pk__in=[story.course.pk, story.series.pk, story.event.pk]).update(
        status="open", opened_at=AT
    )
    for programme in (story.course, story.series):
        make_application(programme, people=[story.child], by=story.parent)
