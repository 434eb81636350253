"""Verbs of a closed statement: objected to and answered, approved by two above a limit, sent to be paid, settled."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from taar.journal.actions import record
from taar.lib.jalali import local_day
from taar.lib.numbers import value
from taar.lib.persian import clean_line, clean_text
from taar.lib.refusals import Refused
from taar.organizations.models import Duty
from taar.organizations.queries import standing_of
from welfare_card import notices
from welfare_card.actions.statement_notices import facts_of, tell_both, tell_office, tell_payer, tell_venue
from welfare_card.models import Statement, StatementObjection
from welfare_card.numbers import STATEMENT_SECOND_RIALS

Status, Side = Statement.Status, StatementObjection.Side
LEAST_WORDS = 20


@transaction.atomic
def object_to_statement(statement: Statement, *, side: str, words: str, by: Any, at: datetime) -> StatementObjection:
    """The venue and the payer may object, each once, until the day that the closing told them."""
    claimed = _claimed(statement, Status.CLOSED, Status.ANSWERED)
    words = clean_text(words)
    if len(words) < LEAST_WORDS:
        raise Refused(_("Say in at least %(least)s letters what is wrong.") % {"least": LEAST_WORDS}, field="words")
    if local_day(at) > claimed.object_until_on:
        raise Refused(_("The days for objections to this statement are over."))
    if claimed.objections.filter(side=side).exists():
        raise Refused(_("Your side has objected to this statement already."))
    objection = StatementObjection.objects.create(statement=claimed, side=side, words=words, at=at, by=by)
    _step(claimed, Status.OBJECTED)
    duty, body = (Duty.VENUE, claimed.venue.organization) if side == Side.VENUE else (Duty.ACCOUNTS, claimed.payer)
    _record("object_to_statement", claimed, by=by, at=at, duty=duty, body=body, facts={"side": side})
    tell_office(claimed, notices.STATEMENT_OBJECTED, at=at)
    return objection


@transaction.atomic
def answer_statement_objection(statement: Statement, *, answer: str, by: Any, at: datetime) -> Statement:
    """Another person than who objected answers; a mistake is mended by giving visits back, in the next month."""
    claimed = _claimed(statement, Status.OBJECTED)
    answer = clean_text(answer)
    if len(answer) < LEAST_WORDS:
        raise Refused(_("Answer in at least %(least)s letters.") % {"least": LEAST_WORDS}, field="answer")
    objection = claimed.objections.get(answered_at=None)
    if objection.by_id == by.pk:
        raise Refused(_("Another person than who objected answers."))
    objection.answer, objection.answered_at, objection.answered_by = answer, at, by
    objection.save(update_fields=["answer", "answered_at", "answered_by"])
    _step(claimed, Status.ANSWERED, answered_by=by)
    _record("answer_statement_objection", claimed, by=by, at=at, facts={"side": objection.side})
    tell_both(claimed, notices.STATEMENT_ANSWERED, at=at)
    return claimed


@transaction.atomic
def approve_statement(statement: Statement, *, by: Any, at: datetime) -> Statement:
    """A checker who neither closed it nor answered for it approves, when nobody may object any more."""
    claimed = _claimed(statement, *Statement.APPROVABLE)
    if local_day(at) <= claimed.object_until_on:
        raise Refused(_("The venue and the payer may still object; it can be approved after those days."))
    _refuse_same(claimed, by)
    needs_second = claimed.rials > value(STATEMENT_SECOND_RIALS, local_day(at))
    _step(claimed, Status.APPROVED, approved_at=at, approved_by=by, needs_second=needs_second)
    _record("approve_statement", claimed, by=by, at=at, facts={"rials": claimed.rials, "second": needs_second})
    if not needs_second:
        tell_both(claimed, notices.STATEMENT_APPROVED, at=at)
    return claimed


@transaction.atomic
def approve_statement_again(statement: Statement, *, by: Any, at: datetime) -> Statement:
    """Above the limit a second checker approves what the first has approved."""
    claimed = _claimed(statement, Status.APPROVED)
    if not claimed.needs_second:
        raise Refused(_("This statement needs no second approval."))
    _refuse_same(claimed, by)
    _step(claimed, Status.APPROVED_AGAIN, second_at=at, second_by=by)
    _record("approve_statement_again", claimed, by=by, at=at, facts={"rials": claimed.rials})
    tell_both(claimed, notices.STATEMENT_APPROVED, at=at)
    return claimed


@transaction.atomic
def export_statement(statement: Statement, *, by: Any, at: datetime) -> Statement:
    """An approved statement is sent to its payer to be paid, above the limit only after the second approval."""
    claimed = _claimed(statement, Status.APPROVED, Status.APPROVED_AGAIN)
    if claimed.needs_second and not claimed.second_at:
        raise Refused(_("So much money needs a second approval first."))
    _step(claimed, Status.EXPORTED, exported_at=at, exported_by=by)
    _record("export_statement", claimed, by=by, at=at, facts={"rials": claimed.rials, "digest": claimed.digest})
    tell_payer(claimed, notices.STATEMENT_EXPORTED, at=at)
    return claimed


@transaction.atomic
def settle_statement(statement: Statement, *, reference: str, by: Any, at: datetime) -> Statement:
    """The payer says by which payment a statement is settled; nothing owed needs no payment."""
    claimed = _claimed(statement, Status.EXPORTED)
    reference = clean_line(reference)[:60]
    if claimed.rials > 0 and not reference:
        raise Refused(_("Write the number of the payment."), field="reference")
    _step(claimed, Status.SETTLED, settled_at=at, settled_by=by, reference=reference)
    facts = {"rials": claimed.rials}
    _record("settle_statement", claimed, by=by, at=at, duty=Duty.ACCOUNTS, body=claimed.payer, facts=facts)
    tell_venue(claimed, notices.STATEMENT_SETTLED, at=at)
    return claimed


def _claimed(statement: Statement, *states: str) -> Statement:
    claimed = Statement.objects.select_for_update(of=["self"]).select_related("venue__organization", "payer")
    found = claimed.get(pk=statement.pk)
    if found.status not in states:
        state = found.get_status_display()
        raise Refused(_("This statement is %(state)s now; this step is not open.") % {"state": state})
    return found


def _refuse_same(statement: Statement, by: Any) -> None:
    if by.pk in (statement.closed_by_id, statement.answered_by_id, statement.approved_by_id):
        raise Refused(_("Who closed, answered or approved a statement does not approve it; another person does."))


def _step(statement: Statement, status: str, **changes: Any) -> None:
    """Write the next state; the row is locked, and the database holds what belongs to each state."""
    for name, item in ({"status": status} | changes).items():
        setattr(statement, name, item)
    statement.save(update_fields=["status", *changes])


def _record(
    verb: str, statement: Statement, *, by: Any, at: datetime, facts: dict[str, Any], duty: str = "", body: Any = None
) -> None:
    standing = standing_of(by, local_day(at))
    post = standing.label_for(duty, body) if duty else ""
    post = post or standing.label_for(Duty.CARD_CHECK) or standing.label_for(Duty.CARDS)
    record(verb, statement.subject, by=by, at=at, post=post, facts=facts_of(statement) | facts)
