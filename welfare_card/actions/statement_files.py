"""The verb of taking a statement along: every file that leaves the house is journalled with its reason and count."""

from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from taar.journal.actions import record
from taar.lib.jalali import local_day
from taar.lib.refusals import Refused
from taar.organizations.models import Duty
from taar.organizations.queries import standing_of
from welfare_card.actions.statement_notices import facts_of
from welfare_card.models import Statement
from welfare_card.queries.statement_files import excel_of, pdf_of


class FileReason(models.TextChoices):
    """Why a statement is taken along; a choice, because the log is public."""

    PAY = "pay", gettext_lazy("to pay or to be paid")
    CHECK = "check", gettext_lazy("to check it against our own book")
    OBJECT = "object", gettext_lazy("to object or to answer an objection")
    AUDIT = "audit", gettext_lazy("for an audit")


MAKERS = {"pdf": pdf_of, "xlsx": excel_of}
MAKES = [("pdf", "PDF"), ("xlsx", "Excel")]


@transaction.atomic
def download_statement(statement: Statement, *, kind: str, reason: str, by: Any, at: datetime) -> bytes:
    """Who takes a closed statement along says why; the log keeps the reason, the office and how many lines left."""
    if statement.status == Statement.Status.OPEN:
        raise Refused(_("This month is not closed yet; there is no file of it."))
    if kind not in MAKERS or reason not in FileReason.values:
        raise Refused(_("Say which file you want, and why."), field="reason")
    facts = facts_of(statement) | {"kind": kind, "reason": reason, "lines": statement.line_count}
    record("download_statement", statement.subject, by=by, at=at, post=_office(statement, by, at), facts=facts)
    return MAKERS[kind](statement)


def _office(statement: Statement, by: Any, at: datetime) -> str:
    standing = standing_of(by, local_day(at))
    asked = ((Duty.CARD_CHECK, None), (Duty.CARDS, None), (Duty.ACCOUNTS, statement.payer_id))
    labels = [standing.label_for(duty, body) for duty, body in asked]
    labels.append(standing.label_for(Duty.VENUE, statement.venue.organization_id))
    return next((label for label in labels if label), "")
