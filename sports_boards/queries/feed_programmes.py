"""What the feeds say of programmes: a series with its sessions, a course with its meetings, an event.

Persian words as the board wrote them. Nobody who applies or takes part is ever read here; a coach only by
`public_name`, which is empty without their consent.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from sports_boards import openactive
from sports_boards.models import Audience, FeedItem, Programme, ProgrammeCoach, Session
from sports_boards.queries.feed_items import (
    Items,
    Told,
    activity_of,
    address_of,
    chosen,
    head_of,
    organization_of,
    site,
)
from sports_boards.queries.points import Point, points_of
from sports_boards.weekly_rule import read_rule

Kind, Status = FeedItem.Kind, Session.Status
# A cancelled programme is told as cancelled until it would have ended; one that is over is not told any more.
TOLD = (*Programme.LIVE, Programme.Status.CANCELLED)
ENROLLING = (Programme.Status.APPROVED, Programme.Status.OPEN)
STATUS_NAMES = {
    Status.PLANNED: "EventScheduled",
    Status.CONFIRMED: "EventScheduled",
    Status.HELD: "EventScheduled",
    Status.SUSPENDED: "EventPostponed",
    Status.MOVED: "EventCancelled",  # the new day is an item of its own
    Status.CANCELLED: "EventCancelled",
}
LEVELS = {"beginner": ["Beginner"], "intermediate": ["Intermediate"], "advanced": ["Advanced"]}


def programme_items(keys: Iterable[int], at: datetime) -> Items:
    """The items of some programmes that are told at a moment."""
    programmes = [each for each in _read(keys) if each.approved_at and each.status in TOLD and _lasts(each, at)]
    points = points_of(place for each in programmes for place in _places(each))
    return chosen(item for each in programmes for item in MAKERS[each.kind](each, points, at))


def _read(keys: Iterable[int]) -> Iterable[Programme]:
    sessions = Session.objects.select_related("place", "venue__place", "coach__person").order_by("starts_at", "pk")
    coaches = ProgrammeCoach.objects.select_related("coach__person").order_by("pk")
    rows = Programme.objects.select_related("board__organization", "place", "venue__place").filter(pk__in=list(keys))
    return rows.order_by("pk").prefetch_related(Prefetch("sessions", sessions), Prefetch("coach_rows", coaches))


def _own(programme: Programme) -> list[Session]:
    """Its sessions without the rows that only say where a session has gone."""
    return [session for session in programme.sessions.all() if session.status != Status.MOVED]


def _end(programme: Programme) -> datetime:
    return max(session.ends_at for session in _own(programme))


def _lasts(programme: Programme, at: datetime) -> bool:
    return any(session.ends_at > at for session in _own(programme))


def _places(programme: Programme) -> Iterator[Any]:
    for row in (programme, *programme.sessions.all()):
        yield row.venue.place if row.venue_id else row.place


def _series(programme: Programme, points: dict[int, Point], at: datetime) -> Iterator[tuple[str, int, Told]]:
    sessions = list(programme.sessions.all())
    weeks = read_rule(programme.rule)
    schedule = openactive.weekly(
        sorted(weeks.weekdays), weeks.interval, programme.starts_at, programme.ends_at, programme.starts_on,
        programme.ends_on or max(session.on for session in _own(programme)),
    )  # fmt: skip
    data = _about(Kind.SESSION_SERIES, programme, points) | {"eventSchedule": [schedule]}
    yield Kind.SESSION_SERIES, programme.pk, Told(programme.pk, data, _end(programme))
    for session in sessions:
        if session.ends_at > at:
            said = _session(session, programme, points)
            yield Kind.SCHEDULED_SESSION, session.pk, Told(programme.pk, said, session.ends_at)


def _course(programme: Programme, points: dict[int, Point], at: datetime) -> Iterator[tuple[str, int, Told]]:
    sessions = list(programme.sessions.all())
    standing = [session for session in _own(programme) if session.status != Status.CANCELLED] or _own(programme)
    data = _about(Kind.COURSE_INSTANCE, programme, points)
    data |= openactive.days(standing[0].on, standing[-1].on) | _places_left(programme)
    data["eventStatus"] = openactive.status(_status_of(programme))
    data["subEvent"] = [_meeting(session, programme) for session in sessions]
    yield Kind.COURSE_INSTANCE, programme.pk, Told(programme.pk, data, _end(programme))


def _event(programme: Programme, points: dict[int, Point], at: datetime) -> Iterator[tuple[str, int, Told]]:
    session = max(_own(programme), key=lambda each: each.ends_at)
    data = _about(Kind.EVENT, programme, points) | openactive.hours(session.starts_at, session.ends_at)
    data |= {"location": _location(session, points)} | _places_left(programme)
    name = "EventCancelled" if programme.status == Programme.Status.CANCELLED else STATUS_NAMES[session.status]
    yield Kind.EVENT, programme.pk, Told(programme.pk, data | {"eventStatus": openactive.status(name)}, session.ends_at)


MAKERS = {Programme.Kind.SERIES: _series, Programme.Kind.COURSE: _course, Programme.Kind.EVENT: _event}


def _about(kind: str, programme: Programme, points: dict[int, Point]) -> dict[str, Any]:
    """What a series, a course and an event have in common."""
    board, page = programme.board, f"/programmes/{programme.pk}/"
    names = [row.coach.public_name for row in programme.coach_rows.all()]
    said = {
        "name": openactive.plain(programme.title_fa),
        "description": openactive.plain(programme.about),
        "url": f"{site()}{page}",
        "activity": activity_of(
            (programme.activity_id, programme.activity_label), (board.activity_id, board.activity_label)
        ),
        "organizer": organization_of(board.organization, f"/boards/{board.code}/"),
        "location": _location(programme, points),
        "ageRange": openactive.age_range(programme.least_age, programme.most_age),
        "genderRestriction": openactive.gender(
            womens=programme.is_for_women, mens=programme.audience == Audience.MEN
        ),
        "level": LEVELS.get(programme.level),
        "leader": openactive.leaders(names),
        "offers": openactive.offer(_("A place"), programme.fee_rials),
        "isAccessibleForFree": programme.fee_rials == 0,
    }  # fmt: skip
    return head_of(kind, programme.pk, page) | {name: item for name, item in said.items() if item not in ("", None, [])}


def _session(session: Session, programme: Programme, points: dict[int, Point]) -> dict[str, Any]:
    """One meeting of a series; where and by whom only where that is not the series' own."""
    page = f"/programmes/{programme.pk}/"
    data = head_of(Kind.SCHEDULED_SESSION, session.pk, page)
    data["superEvent"] = address_of(Kind.SESSION_SERIES, programme.pk, page)
    data |= openactive.hours(session.starts_at, session.ends_at) | _places_left(programme)
    data |= {"url": f"{site()}{page}", "eventStatus": openactive.status(STATUS_NAMES[session.status])}
    if (session.venue_id, session.place_id, session.where) != (programme.venue_id, programme.place_id, programme.where):
        data["location"] = _location(session, points)
    leaders = openactive.leaders([session.coach.public_name] if session.coach else [])
    return data | ({"leader": leaders} if leaders else {})


def _meeting(session: Session, programme: Programme) -> dict[str, Any]:
    """One meeting within a course."""
    key = address_of("sessions", session.pk, f"/programmes/{programme.pk}/")
    said = {"@type": "Event", "@id": key} | openactive.hours(session.starts_at, session.ends_at)
    return said | {"eventStatus": openactive.status(STATUS_NAMES[session.status])}


def _location(row: Programme | Session, points: dict[int, Point]) -> dict[str, Any]:
    """The venue with the exact words beside it, or those words alone, or the neighbourhood."""
    place = row.venue.place if row.venue_id else row.place
    name = row.venue.name_fa if row.venue_id else row.where or place.name_fa
    return openactive.place(name, points.get(place.pk), row.where if row.venue_id else "")


def _places_left(programme: Programme) -> dict[str, int]:
    """Nobody can take a place that is free when the enrolment is over."""
    return openactive.capacity(programme.capacity, programme.free if programme.status in ENROLLING else 0)


def _status_of(programme: Programme) -> str:
    return "EventCancelled" if programme.status == Programme.Status.CANCELLED else "EventScheduled"
