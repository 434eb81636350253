"""The boards of the province, loaded once on the bodies of their codes."""

import pytest

from sports_boards.actions.boards import change_board
from sports_boards.activities import activities, label_of
from sports_boards.models import Board
from sports_boards.reference import load_boards
from taar.organizations.models import Duty, Post
from taar.organizations.reference import load_organizations
from taar.places.reference import load_places
from tests.sports_boards.factories import AT, TODAY

pytestmark = pytest.mark.django_db


def test_the_boards_are_loaded_once_with_sport_activity_tags_and_pioneers():
    load_places(AT)
    load_organizations(AT)
    assert load_boards(AT) == 52
    cycling = Board.objects.get(organization__code="CYC")
    change_board(cycling, sport_en="Cycling in the street", by=None, at=AT)
    assert load_boards(AT) == 0
    cycling.refresh_from_db()
    assert (cycling.sport_en, cycling.activity_label) == ("Cycling in the street", "Cycling")
    assert set(Board.objects.taking_part(TODAY).values_list("organization__code", flat=True)) == {"CYC", "BAS"}
    foundation = Board.objects.filter(tags__contains=["foundation"])
    assert set(foundation.values_list("organization__code", flat=True)) == {"ATH", "GYM", "SWI"}
    assert Post.objects.with_duty(Duty.BOARDS).get().organization.code == "SPORT"


def test_the_activity_list_is_the_official_one():
    assert len(activities()) == 768
    assert label_of("e09776e6-f1b4-421b-b667-5c5913cf97aa") == "Basketball"
    assert label_of(None) == ""
    with pytest.raises(ValueError, match="not in the activity list"):
        label_of("00000000-0000-0000-0000-000000000001")
