"""Who may do what with programmes, sessions, coaches and parts."""

from sports_boards.models import BookablePart, Coach, Programme
from sports_boards.permissions.boards import can_act_for_board, has_duty
from taar.organizations.models import Duty


def can_write_programme(person, programme: Programme, *, at) -> bool:
    """Who acts for the board writes, sends, opens, runs, reports and cancels its programmes and keeps its sessions."""
    return can_act_for_board(person, programme.board, at=at)


def can_decide_programme(person, programme: Programme, *, at) -> bool:
    """The sport officer approves or returns, but not what they wrote themselves."""
    own = person.pk in (programme.drafted_by_id, programme.submitted_by_id)
    return has_duty(person, Duty.BOARDS, at) and not own


def can_see_programme(person, programme: Programme, *, at) -> bool:
    """Everybody once it was approved; before that who acts for the board and the sport officer."""
    if programme.approved_at is not None:
        return True
    return can_act_for_board(person, programme.board, at=at) or has_duty(person, Duty.BOARDS, at)


def can_keep_coach(person, coach: Coach, *, at) -> bool:
    """Who acts for the coach's board, and the sport officer."""
    return can_act_for_board(person, coach.board, at=at) or has_duty(person, Duty.BOARDS, at)


def can_keep_part(person, part: BookablePart, *, at) -> bool:
    """The sport officer, and for the hours of a coach who acts for that board."""
    own = part.coach_id is not None and can_act_for_board(person, part.coach.board, at=at)
    return own or has_duty(person, Duty.BOARDS, at)


def can_close_counties(person, *, at) -> bool:
    """The post for closures."""
    return has_duty(person, Duty.CLOSURES, at)
