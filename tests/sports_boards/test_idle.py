"""Whoever sits in a board, coaches or takes part in a programme keeps the name; whoever long did so is idle."""

from datetime import timedelta

import pytest

from sports_boards.models import Application
from tests.sports_boards.factories import (
    AT,
    FAR,
    TODAY,
    make_application,
    make_board,
    make_coach,
    make_mandate,
    make_programme,
)
from tests.welfare_card.test_pseudonymise_idle import is_named, make_idle
from welfare_card.actions.idle import pseudonymise_idle

pytestmark = pytest.mark.django_db
YEARS_AGO = AT - timedelta(days=800)


def ended_application(person, by=None, received_at=YEARS_AGO) -> None:
    application = make_application(make_programme(status="finished"), people=[person], status="completed", by=by)
    Application.objects.filter(pk=application.pk).update(received_at=received_at)


ACTS = {
    "a mandate": (True, lambda person: make_mandate(make_board(), person, until_on=FAR)),
    "a mandate that is over": (False, lambda person: make_mandate(make_board(), person, until_on=TODAY)),
    "coaching": (True, lambda person: make_coach(make_board(), person=person)),
    "coaching that is over": (False, lambda person: make_coach(make_board(), person=person, ended_on=TODAY)),
    "a place": (True, lambda person: make_application(make_programme(status="open"), people=[person])),
    "a place last year": (True, lambda person: ended_application(person, received_at=AT - timedelta(days=400))),
    "a place years ago": (False, lambda person: ended_application(person)),
}


@pytest.mark.parametrize("act", ACTS)
def test_who_acts_on_this_floor_keeps_the_name(act):
    keeps, do = ACTS[act]
    person = make_idle()
    do(person)
    pseudonymise_idle(AT)
    assert is_named(person) == keeps


def test_who_applied_for_others_keeps_the_name_while_the_application_lives():
    parent, other = make_idle(), make_idle()
    make_application(make_programme(status="open"), by=parent)
    ended_application(make_idle(), by=other)
    pseudonymise_idle(AT)
    assert (is_named(parent), is_named(other)) == (True, False)
