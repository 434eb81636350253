"""What a card's holder, and for a child its guardian, may do with it; and who looks at signs and calls back."""

from taar.lib.jalali import local_day
from taar.organizations.models import Duty
from taar.organizations.queries import standing_of
from taar.people.queries import cares_for


def can_hold_card(person, card, *, at) -> bool:
    """The person whose card it is, and the guardians of a child."""
    return person.is_authenticated and person.is_active and cares_for(person, card.person_id, local_day(at))


def can_report_visit(person, visit, *, at) -> bool:
    """The person in whose name a visit was taken, and the guardians of a child."""
    return person.is_authenticated and person.is_active and cares_for(person, visit.person_id, local_day(at))


def can_settle_signs(person, *, at) -> bool:
    """Card administrators and the second persons look at signs."""
    standing = standing_of(person, local_day(at))
    return standing.has(Duty.CARDS) or standing.has(Duty.CARD_CHECK)


def can_settle_sign(person, sign, *, at) -> bool:
    """One of them, but nobody a sign about their own or their child's card."""
    if not can_settle_signs(person, at=at):
        return False
    return sign.card is None or not cares_for(person, sign.card.person_id, local_day(at))


def can_call_back(person, call, *, at) -> bool:
    """One of them, but not who let the visit in, nor who made it."""
    if not can_settle_signs(person, at=at) or person.pk == call.visit.taken_by_id:
        return False
    return not cares_for(person, call.visit.person_id, local_day(at))
