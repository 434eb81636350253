"""The doors of a board open to its own people and to nobody else's."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.people.factories import make_person, sign_in
from tests.sports_boards.factories import make_board, make_secretary
from tests.sports_boards.scene import OF_BOARD, OF_PROGRAMME, OF_SESSION, make_board_scene

pytestmark = pytest.mark.django_db
LET_IN = {200, 302, 405}
OF_COACH = {"session", "mark_attendance", "take_attendance", "correct_attendance"}
OF_SECRETARY = {*OF_BOARD, *OF_PROGRAMME, *OF_SESSION, "correct_attendance", "concern", "reply_concern"}
OF_SECRETARY |= {"support_request", "prove_request"}


def statuses(scene, person, names) -> dict[str, int]:
    client = sign_in(Client(), person)
    return {name: client.get(reverse(name, args=scene.addresses[name])).status_code for name in names}


def test_a_secretary_is_let_in_at_every_door_of_the_own_board():
    scene = make_board_scene()
    got = statuses(scene, scene.secretary, OF_SECRETARY)
    assert not {name: status for name, status in got.items() if status not in LET_IN}


def test_a_coach_is_let_in_where_attendance_is_marked_and_nowhere_else():
    scene = make_board_scene()
    got = statuses(scene, scene.coach, set(scene.addresses) - {"board"})
    assert {name for name, status in got.items() if status in LET_IN} == OF_COACH


@pytest.mark.parametrize("whose", ["another board", "nobody"])
def test_the_secretary_of_another_board_and_a_stranger_are_let_in_nowhere(whose):
    scene = make_board_scene()
    person = make_secretary(make_board()) if whose == "another board" else make_person()
    got = statuses(scene, person, set(scene.addresses) - {"board"})
    assert set(got.values()) <= {403, 404}
