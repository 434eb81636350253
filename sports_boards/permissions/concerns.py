"""Who may do what with concerns and support requests."""

from sports_boards.models import Concern, SupportRequest
from sports_boards.permissions.boards import can_act_for_board, can_see_desk, has_duty
from taar.organizations.models import Duty


def can_see_concern(person, concern: Concern, *, at) -> bool:
    """Everybody who sits in the board, the sport officer, and the deputy's office."""
    return can_see_desk(person, concern.board, at=at) or has_duty(person, Duty.SECRETARIAT, at)


def can_settle_concern(person, concern: Concern, *, at) -> bool:
    """The deputy's office sees, takes, answers and closes; not what somebody of it has sent."""
    return has_duty(person, Duty.SECRETARIAT, at) and person.pk != concern.sent_by_id


def can_reply_to_answer(person, concern: Concern, *, at) -> bool:
    """Who acts for the board accepts an answer or reopens the concern."""
    return can_act_for_board(person, concern.board, at=at)


def can_see_request(person, request: SupportRequest, *, at) -> bool:
    """Everybody who sits in the board, the sport officer, and the deputy's office."""
    return can_see_desk(person, request.board, at=at) or has_duty(person, Duty.SECRETARIAT, at)


def can_review_request(person, request: SupportRequest, *, at) -> bool:
    """The sport officer reviews, allocates, delivers and closes; not their own request."""
    return has_duty(person, Duty.BOARDS, at) and person.pk != request.submitted_by_id


def can_decide_request(person, request: SupportRequest, *, at) -> bool:
    """The deputy's office decides, by another person than who asked or reviewed."""
    return has_duty(person, Duty.SECRETARIAT, at) and person.pk not in (request.submitted_by_id, request.reviewed_by_id)


def can_prove_request(person, request: SupportRequest, *, at) -> bool:
    """Who acts for the board says how what came was used."""
    return can_act_for_board(person, request.board, at=at)
