"""What the people of a board keep: its programmes and sessions, and those that they coach."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from sports_boards.models import Attendance, Coach, Programme, Session
from sports_boards.queries.mandates import acting_boards

SHOWN = ("board__organization", "board__parent", "place__county", "venue", "thread")


def programmes_kept_by(person: Any, day: date) -> QuerySet[Programme]:
    """The programmes of the boards for which a person acts on a day."""
    rows = Programme.objects.filter(board__in=acting_boards(person, day).order_by().values("pk"))
    return rows.select_related(*SHOWN)


def sessions_kept_by(person: Any, day: date) -> QuerySet[Session]:
    """The sessions of those boards, and those that the person coaches."""
    boards = Q(programme__board__in=acting_boards(person, day).order_by().values("pk"))
    coaching = Coach.objects.filter(person=person.pk).order_by().values("pk")
    own = Q(coach__in=coaching) | Q(programme__coach_rows__coach__in=coaching)
    keys = Session.objects.filter(boards | own).order_by().values("pk")
    rows = Session.objects.filter(pk__in=keys)
    return rows.select_related("programme__board__organization", "programme__venue", "venue", "place", "coach__person")


def marks_kept_by(person: Any, day: date) -> QuerySet[Attendance]:
    """The marks in those sessions."""
    rows = Attendance.objects.filter(session__in=sessions_kept_by(person, day).order_by().values("pk"))
    return rows.select_related("session__programme__board", "seat__person")
