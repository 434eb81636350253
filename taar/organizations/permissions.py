"""Who may do what with bodies and posts, and with the ground beneath: closures and numbers have posts of their own.

Who set the portal up (`is_superuser`) may do these things too: somebody must fill the first posts.
"""

from taar.lib.jalali import local_day
from taar.organizations.models import Duty
from taar.organizations.queries import standing_of


def can_keep_organizations(person, *, at) -> bool:
    """The secretariat adds and changes bodies and posts."""
    return _has(person, Duty.SECRETARIAT, at)


def can_look_up_bodies(person, *, at) -> bool:
    """The secretariat; and the sport officer, who keeps what hangs on bodies and venues, finds and reads them."""
    return can_keep_organizations(person, at=at) or _has(person, Duty.BOARDS, at)


def can_appoint_holder(person, post, *, at) -> bool:
    """The secretariat fills posts, but nobody fills one for themselves; that is asked again by the verb."""
    return _has(person, Duty.SECRETARIAT, at)


def can_keep_members(person, organization, *, at) -> bool:
    """The secretariat, and the head of the body."""
    return _has(person, Duty.SECRETARIAT, at) or standing_of(person, local_day(at)).has(Duty.HEAD, organization)


def can_declare_closure(person, *, at) -> bool:
    """Closures, flags of places and holidays belong to the post for closures."""
    return _has(person, Duty.CLOSURES, at)


def can_change_number(person, *, at) -> bool:
    """Numbers of the house belong to the post for switches."""
    return _has(person, Duty.SWITCHES, at)


def can_verify_residents(person, *, at) -> bool:
    """Residents are verified by posts that are there for it."""
    return person.is_authenticated and standing_of(person, local_day(at)).has(Duty.VERIFY)


def _has(person, duty: str, at) -> bool:
    if not person.is_authenticated or not person.is_active:
        return False
    return person.is_superuser or standing_of(person, local_day(at)).has(duty)
