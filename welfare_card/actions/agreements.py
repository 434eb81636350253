"""Verbs of agreements: what a visit at a venue costs whom is said from a day on, and ended, never rewritten."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from taar.journal.actions import record
from taar.lib.persian import clean_line
from taar.lib.refusals import Refused
from taar.organizations.actions.bodies import office_of
from taar.organizations.models import Duty
from welfare_card.actions.ending import end_row
from welfare_card.models import Agreement


@transaction.atomic
def make_agreement(venue: Any, *, payer: Any, family: str, by: Any, at: datetime, **about: Any) -> Agreement:
    """An organization agrees to owe a venue so much a visit of a family; one agreement holds on every day."""
    if family not in venue.families:
        raise Refused(_("This venue is not for this service."), field="family")
    about["owner_label"] = clean_line(about.get("owner_label", ""))
    try:
        with transaction.atomic():
            agreement = Agreement.objects.create(
                venue=venue, payer=payer, family=family, made_by=by, made_at=at, **about
            )
    except IntegrityError as wrong:
        raise _refusal_of(wrong) from wrong
    facts = {"payer": payer.code, "family": family, "rials": agreement.amount, "from": agreement.from_on}
    _record("make_agreement", agreement, by=by, at=at, facts=facts | {"until": agreement.until_on})
    return agreement


@transaction.atomic
def end_agreement(agreement: Agreement, *, until_on: date, by: Any, at: datetime) -> Agreement:
    """An agreement ends on a day that has not passed, because what was let in before counts by it."""
    ended = _("This agreement has ended already.")
    passed = _("An agreement ends today or later, never for days that have passed.")
    claimed = end_row(agreement, until_on=until_on, at=at, ended=ended, passed=passed, refusal_of=_refusal_of)
    _record("end_agreement", claimed, by=by, at=at, facts={"until": until_on})
    return claimed


def _refusal_of(wrong: IntegrityError) -> Refused:
    if "agreement_ends_after_it_begins" in str(wrong):
        return Refused(_("The last day comes after the first."), field="until_on")
    return Refused(_("Another agreement of this venue and service holds on some of these days."), field="from_on")


def _record(verb: str, agreement: Agreement, *, by: Any, at: datetime, facts: dict[str, Any]) -> None:
    post = office_of(by, Duty.CARDS, at)
    record(verb, f"agreement:{agreement.pk}", by=by, at=at, post=post, facts={"venue": agreement.venue_id} | facts)
