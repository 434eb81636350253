"""Who may do what with statements: the venue, the payer, and the office of cards, which pays for neither."""

from taar.lib.jalali import local_day
from taar.organizations.models import Duty
from taar.organizations.queries import standing_of
from welfare_card.models import Statement


def can_see_statements(person, *, at) -> bool:
    """People of venues, keepers of accounts, and the office of cards have a list of theirs."""
    standing = standing_of(person, local_day(at))
    return any(standing.has(duty) for duty in (Duty.VENUE, Duty.ACCOUNTS, Duty.CARDS, Duty.CARD_CHECK))


def can_speak_for_venue(person, statement: Statement, *, at) -> bool:
    """Who lets people into the venue may object for it."""
    return standing_of(person, local_day(at)).has(Duty.VENUE, statement.venue.organization_id)


def can_speak_for_payer(person, statement: Statement, *, at) -> bool:
    """The keeper of accounts of the payer may object for it, and settles."""
    return standing_of(person, local_day(at)).has(Duty.ACCOUNTS, statement.payer_id)


def can_object_to_statement(person, statement: Statement, *, at) -> bool:
    """Both sides."""
    return can_speak_for_venue(person, statement, at=at) or can_speak_for_payer(person, statement, at=at)


def can_close_statement(person, statement: Statement, *, at) -> bool:
    """Card administrators may close a month that is over before the house does; not of their own venue."""
    return _of_office(person, statement, Duty.CARDS, at)


def can_answer_statement(person, statement: Statement, *, at) -> bool:
    """Card administrators answer objections, but not for their own venue."""
    return _of_office(person, statement, Duty.CARDS, at)


def can_approve_statement(person, statement: Statement, *, at) -> bool:
    """Checkers who neither closed nor answered for it nor approved it already, and who let nobody into this venue."""
    done = (statement.closed_by_id, statement.answered_by_id, statement.approved_by_id)
    return _of_office(person, statement, Duty.CARD_CHECK, at) and person.pk not in done


def can_export_statement(person, statement: Statement, *, at) -> bool:
    """Card administrators send it to be paid."""
    return _of_office(person, statement, Duty.CARDS, at)


def can_settle_statement(person, statement: Statement, *, at) -> bool:
    """The payer says that it has paid."""
    return can_speak_for_payer(person, statement, at=at)


def can_download_statement(person, statement: Statement, *, at) -> bool:
    """Whoever sees a statement may take it along, with a reason that is journalled."""
    office = standing_of(person, local_day(at))
    seen = office.has(Duty.CARDS) or office.has(Duty.CARD_CHECK)
    return seen or can_object_to_statement(person, statement, at=at)


def _of_office(person, statement: Statement, duty: str, at) -> bool:
    standing = standing_of(person, local_day(at))
    return standing.has(duty) and not standing.has(Duty.VENUE, statement.venue.organization_id)
