"""What calendars show: the sessions of a programme, of a board, of a person and their children.

Nobody is named in them and no reason is told: a calendar program carries what it reads to a server of its own.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sports_boards.calendar_file import Meeting, calendar_of
from sports_boards.models import Board, CalendarKey, Programme, ProgrammeCoach, Seat, Session
from taar.lib.jalali import COMMA, local_day
from taar.lib.sealed import blind_index
from taar.people.queries import family_keys

KEY = "sports_boards.calendar_key"
LOOK_BACK = timedelta(days=90)
MOST_SESSIONS = 2000
Status = Session.Status
STATES = {Status.CANCELLED: "CANCELLED", Status.MOVED: "CANCELLED", Status.SUSPENDED: "TENTATIVE"}
# A place that is held for an offer may still go to somebody else.
COMES = (Seat.State.CONFIRMED, Seat.State.COMPLETED)


def calendar_of_programme(programme: Programme) -> bytes:
    """All sessions of a programme that the public sees."""
    return _file(programme.title, Session.objects.filter(programme=programme))


def calendar_of_board(board: Board, at: datetime) -> bytes:
    """The sessions of a board from three months ago on."""
    return _file(board.name, _since(at).filter(programme__board=board))


def calendar_of_person(person: Any, at: datetime) -> bytes:
    """The sessions that a person coaches, and those in which they, or a child of theirs today, have a place."""
    seats = Seat.objects.filter(person__in=family_keys(person, local_day(at)), state__in=COMES)
    coached = ProgrammeCoach.objects.filter(coach__person=person)
    ours = Q(programme__in=seats.order_by().values("programme")) | Q(programme__in=coached.values("programme"))
    return _file(_("Sport of my family"), _since(at).filter(ours))


def person_of_key(key: str) -> Any | None:
    """Whose calendar a key opens; nobody for one that is wrong, ended, or of a closed account."""
    rows = CalendarKey.objects.filter(key_index=blind_index(key, KEY), ended_at=None, person__is_active=True)
    found = rows.select_related("person").first()
    return found.person if found else None


def _since(at: datetime) -> QuerySet:
    return Session.objects.filter(ends_at__gte=at - LOOK_BACK)


def _file(name: str, rows: QuerySet) -> bytes:
    rows = rows.exclude(programme__approved_at=None).select_related("programme", "place__county", "venue")
    sessions = list(rows.order_by("starts_at", "pk")[:MOST_SESSIONS])
    before = _first_ones(sessions)
    shown = (session for session in sessions if session.status != Status.MOVED)
    return calendar_of(name, (_meeting(session, *before[session.pk]) for session in shown))


def _first_ones(sessions: list[Session]) -> dict[int, tuple[int, int]]:
    """For each session the one that it was first, before it was moved, and how often it has changed since then."""
    programmes = {session.programme_id for session in sessions}
    moved = Session.objects.filter(programme__in=programmes, status=Status.MOVED).order_by()
    came_from = {to: (key, revision) for key, to, revision in moved.values_list("pk", "moved_to", "revision")}
    found = {}
    for session in sessions:
        first, changes = session.pk, session.revision
        while first in came_from:
            first, earlier = came_from[first]
            changes += earlier + 1
        found[session.pk] = first, changes
    return found


def _meeting(session: Session, first: int, changes: int) -> Meeting:
    url = f"{settings.SITE_URL.rstrip('/')}/programmes/{session.programme_id}/"
    return Meeting(
        uid=f"session-{first}@{urlsplit(url).hostname}",
        sequence=changes,
        state=STATES.get(session.status, "CONFIRMED"),
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        title=session.programme.title,
        where=_where(session),
        about=_about(session),
        url=url,
        changed_at=session.changed_at,
    )


def _where(session: Session) -> str:
    named: Iterable[str] = (session.venue.name if session.venue_id else "", session.where, session.place.label)
    return COMMA.get(get_language() or "fa", COMMA["fa"]).join(name for name in named if name)


def _about(session: Session) -> str:
    """What is said when it does not take place as planned; the reason is in a person's own words, and stays here."""
    return session.get_status_display() if session.status in STATES else ""
