"""Who may moderate what."""

from taar.lib.jalali import local_day
from taar.organizations.models import Duty
from taar.organizations.queries import standing_of


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
