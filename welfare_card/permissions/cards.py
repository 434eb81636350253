"""Who may make and change cards."""

from taar.lib.jalali import local_day
from taar.organizations.models import Duty
from taar.organizations.queries import standing_of
from welfare_card.permissions.holders import can_hold_card


def can_issue_cards(person, *, at) -> bool:
    """Card administrators make batches, and print, hand over and replace cards."""
    return standing_of(person, local_day(at)).has(Duty.CARDS)


def can_check_cards(person, *, at) -> bool:
    """Checkers approve batches."""
    return standing_of(person, local_day(at)).has(Duty.CARD_CHECK)


def can_see_cards(person, *, at) -> bool:
    """Both look at batches, cards, keys and lists."""
    return can_issue_cards(person, at=at) or can_check_cards(person, at=at)


def can_approve_batch(person, batch, *, at) -> bool:
    """A checker, but nobody who made or checked this batch."""
    return can_check_cards(person, at=at) and person.pk not in (batch.made_by_id, batch.checked_by_id)


def can_suspend_card(person, card, *, at) -> bool:
    """The holder or a child's guardian, who has lost it, and those who look at signs."""
    return can_hold_card(person, card, at=at) or can_see_cards(person, at=at)


def can_change_card(person, card, *, at) -> bool:
    """Card administrators, but nobody their own card."""
    return can_issue_cards(person, at=at) and person.pk != card.person_id
