"""Who may do what in the hall."""

from taar.organizations.queries import standing_of

from taar.lib.jalali import local_day
from taar.organizations.models import Duty


def can_start_thread(person) -> bool:
    """Whoever has confirmed a phone."""
    return person.is_authenticated and person.is_active and person.identity_level >= person.Level.PHONE


def can_contribute(person, thread) -> bool:
    """Whoever may start threads; whether the thread still takes words is the verb's own question."""
    return can_start_thread(person)


def can_support_thread(person, thread) -> bool:
    """Whoever may start threads, but not on their own."""
    return can_start_thread(person) and thread.author_id != person.pk


def can_follow_thread(person, thread) -> bool:
    """Everybody who is signed in."""
    return person.is_authenticated and person.is_active


def can_moderate(person, *, at) -> bool:
    """Holders of a post that moderates."""
    return person.is_authenticated and standing_of(person, local_day(at)).has(Duty.MODERATE)


def can_review(person, item, *, at) -> bool:
    """A moderator, on nothing of their own, of their employer's, or that they reported."""
    if not can_moderate(person, at=at):
        return False
    subject = item.thread or item.contribution
    thread = item.thread or item.contribution.thread
    employer = thread.organization_id in standing_of(person, local_day(at)).organizations
    reported = subject.reports.filter(person=person).exists()
    return subject.author_id != person.pk and not employer and not reported
