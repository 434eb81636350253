"""Who acts for a board, and who keeps the boards."""

from sports_boards.models import Board
from sports_boards.queries.mandates import acts_for, boards_of, coaches_on, sits_in
from taar.lib.jalali import local_day
from taar.organizations.models import Duty
from taar.organizations.queries import standing_of


def can_keep_boards(person, *, at) -> bool:
    """The sport officer keeps boards, their participation and their mandates."""
    return has_duty(person, Duty.BOARDS, at)


def can_see_desk(person, board: Board, *, at) -> bool:
    """Everybody who sits in the board, and the sport officer."""
    return sits_in(person, board, local_day(at)) or has_duty(person, Duty.BOARDS, at)


def can_act_for_board(person, board: Board, *, at) -> bool:
    """President, secretary and women's vice-president, of the board or of the one above it, on their days."""
    return acts_for(person, board, local_day(at))


def has_duty(person, duty: str, at) -> bool:
    """Whether a person holds a post with the duty on the day of a moment."""
    return standing_of(person, local_day(at)).has(duty)


def can_enter_desk(person, *, at) -> bool:
    """Who sits in a board or coaches for one, the sport officer, the deputy's office and the keeper of closures."""
    today = local_day(at)
    if any(has_duty(person, duty, at) for duty in (Duty.BOARDS, Duty.SECRETARIAT, Duty.CLOSURES)):
        return True
    return boards_of(person, today).exists() or coaches_on(person, today)
