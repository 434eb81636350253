"""Who may do what with applications, records and imports."""

from taar.lib.jalali import local_day
from taar.organizations.models import Duty
from taar.organizations.queries import standing_of
from welfare_card.models import Application


def can_apply(person) -> bool:
    """Everybody who is signed in may apply for the family."""
    return person.is_authenticated and person.is_active


def can_keep_application(person, application: Application) -> bool:
    """The family's account, and the facilitator who entered it until somebody claims it."""
    if not can_apply(person):
        return False
    entered = application.entered_by_id == person.pk and application.account_id is None
    return application.account_id == person.pk or entered


def can_assist(person, *, at) -> bool:
    """Facilitators enter what others say."""
    return _has(person, Duty.FACILITATE, at)


def can_decide_applications(person, *, at) -> bool:
    """Card administrators decide applications, as the first person."""
    return _has(person, Duty.CARDS, at)


def can_decide_application(person, application: Application, *, at) -> bool:
    """A card administrator who did not enter the application and whose own it is not."""
    own = person.pk in (application.entered_by_id, application.account_id, application.applicant_id)
    return can_decide_applications(person, at=at) and not own


def can_confirm_batches(person, *, at) -> bool:
    """The second person confirms or returns batches."""
    return _has(person, Duty.CARD_CHECK, at)


def can_read_records(person, *, at) -> bool:
    """Card administrators and the second persons read records, each time with a reason."""
    return _has(person, Duty.CARDS, at) or _has(person, Duty.CARD_CHECK, at)


def can_read_papers(person, *, at) -> bool:
    """Whoever reads records reads the photos and papers of applications too, each time with a reason."""
    return can_read_records(person, at=at)


def can_import_lists(person, *, at) -> bool:
    """Card administrators bring in lists of agencies."""
    return _has(person, Duty.CARDS, at)


def can_propose_merges(person, *, at) -> bool:
    """Card administrators say that two records are one person."""
    return _has(person, Duty.CARDS, at)


def can_confirm_merges(person, *, at) -> bool:
    """The second person confirms, refuses and takes back merges."""
    return _has(person, Duty.CARD_CHECK, at)


def can_keep_rules(person, *, at) -> bool:
    """Card administrators keep rules of eligibility and quotas."""
    return _has(person, Duty.CARDS, at)


def _has(person, duty: str, at) -> bool:
    if not person.is_authenticated or not person.is_active:
        return False
    return standing_of(person, local_day(at)).has(duty)
