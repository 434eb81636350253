"""Whom to tell of a programme: the families that stand in it, its coaches, and who acts for its board."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q

from sports_boards.models import Application, Mandate, ProgrammeCoach
from sports_boards.models.board import ACTING_SEATS
from taar.people.models import Person

# Who has or may still get a place.
TOLD = (*Application.LIVE,)


def families_in(programmes: Iterable[int]) -> list[Any]:
    """The accounts of families whose applications to some programmes live, each once."""
    keys = Application.objects.filter(programme__in=list(programmes), status__in=TOLD).order_by().values("applicant")
    return list(Person.objects.filter(pk__in=keys, is_active=True).order_by("pk"))


def everybody_in(programmes: Iterable[int], boards: Iterable[int], day: date) -> list[Any]:
    """The families, the coaches and those who act for the boards, each once."""
    programmes = list(programmes)
    families = Application.objects.filter(programme__in=programmes, status__in=TOLD).order_by().values("applicant")
    coaches = ProgrammeCoach.objects.filter(programme__in=programmes).order_by().values("coach__person")
    acting = Mandate.objects.on(day).filter(board__in=list(boards), seat__in=ACTING_SEATS).order_by().values("person")
    asked = Q(pk__in=families) | Q(pk__in=coaches) | Q(pk__in=acting)
    return list(Person.objects.filter(asked, is_active=True).order_by("pk"))
