"""The doors of the sports boards, each with a thing behind it, and the people whom they are there for."""

from dataclasses import dataclass
from typing import Any

from sports_boards.actions import concerns, support
from sports_boards.models import Board
from taar.organizations.models import Duty
from tests.organizations.factories import make_official
from tests.sports_boards.factories import (
    AT,
    make_application,
    make_board,
    make_coach,
    make_programme,
    make_secretary,
    make_session,
    make_sport_officer,
)

WORDS = "در محلهٔ ملاشیه هیچ زمین روبازی برای کودکان نیست."
OF_BOARD = ("board", "new_programme", "check_programme", "send_concern", "ask_support")
OF_PROGRAMME = ("keep_programme", "edit_programme", "step_programme", "add_skipped_session")
OF_SESSION = ("session", "mark_attendance", "take_attendance", "step_session", "move_session", "edit_sessions")


@dataclass(frozen=True)
class BoardScene:
    """What stands in the address of each door, who keeps the board, who coaches, and who sits in the offices."""

    board: Board
    addresses: dict[str, list]
    secretary: Any
    coach: Any
    offices: dict[str, Any]


def make_board_scene() -> BoardScene:
    """A board with a programme that waits for a decision, one that runs, a concern and a request."""
    board = make_board()
    secretary, coach = make_secretary(board), make_coach(board)
    sent, running = make_programme(board, status="submitted"), make_programme(board, status="running", coaches=[coach])
    session = make_session(running)
    seat = make_application(running).seats.get()
    mark = session.attendances.create(
        programme=running, seat=seat, mark="present", way="coach", marked_at=AT, marked_by=coach.person
    )
    concern = concerns.send_concern(board, kind="point", title="زمین", text=WORDS, by=secretary, at=AT)
    lines = [support.Line("توپ", 2, "تمرین")]
    asked = support.submit_request(board, title="وسایل", lines=lines, by=secretary, at=AT)
    addresses = dict.fromkeys(OF_BOARD, [board.code])
    addresses |= dict.fromkeys(OF_PROGRAMME, [running.pk]) | dict.fromkeys(OF_SESSION, [session.pk])
    addresses |= {"decide_programme": [sent.pk], "correct_attendance": [mark.pk]}
    addresses |= dict.fromkeys(("concern", "settle_concern", "reply_concern"), [concern.pk])
    addresses |= dict.fromkeys(("support_request", "settle_request", "prove_request"), [asked.pk])
    offices = {
        "sport officer": make_sport_officer(),
        "deputy's office": make_official(Duty.SECRETARIAT),
        "keeper of closures": make_official(Duty.CLOSURES),
    }
    return BoardScene(board, addresses, secretary, coach.person, offices)
