"""Verbs of the desk: a visit by what was typed or picked there, and reversals that may wait for a second person."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from taar.journal.actions import record
from taar.lib.jalali import day_start, local_day
from taar.lib.refusals import Refused
from taar.organizations.models import Venue
from welfare_card.actions.transfers import hash_of, id_of
from welfare_card.actions.visits import may_reverse_alone, reverse_visit, take_visit
from welfare_card.models import Outcome, Reversal, Tier, Visit
from welfare_card.visit_request import VisitRequest


def let_in(
    venue: Venue,
    *,
    once: UUID,
    by: Any,
    at: datetime,
    family: str,
    number: str = "",
    code: str = "",
    guardian: bool = False,
) -> Visit:
    """Take the visit that was typed or picked at a desk.

    The same words with the same `once` are the same visit, however often the button is pressed.
    """
    key = id_of("desk", by.pk, once, number, code, family, guardian)
    asked = VisitRequest(key, number, code, family, at, Tier.ONLINE, hash_of("desk", key), guardian)
    take_visit(asked, venue=venue.pk, by=by, at=at)
    return Visit.objects.get(pk=key)


@transaction.atomic
def ask_reversal(visit: Visit, *, by: Any, at: datetime) -> bool:
    """Reverse a visit that was posted today, or, above the limit of one person, let that wait for a second one.

    True when it is done.
    """
    if visit.posted_at < day_start(local_day(at)):
        raise Refused(_("At the desk a visit is reversed on its own day."))
    if may_reverse_alone(by, at):
        reverse_visit(visit, by=by, at=at)
        Reversal.objects.filter(visit=visit).delete()
        return True
    if not Visit.objects.filter(pk=visit.pk, outcome=Outcome.OK, reversed_at=None).exists():
        raise Refused(_("This visit was not taken, or was reversed already."))
    if not Reversal.objects.get_or_create(visit=visit, defaults={"asked_by": by, "asked_at": at})[1]:
        raise Refused(_("This reversal waits for a second person already."))
    record("ask_reversal", f"venue:{visit.venue_id}", by=by, at=at, facts={"visit_on": visit.on})
    return False


@transaction.atomic
def confirm_reversal(visit: Visit, *, by: Any, at: datetime) -> Visit:
    """A reversal that waits is done when another person confirms it than who asked for it or took the visit."""
    waiting = Reversal.objects.select_for_update(of=["self"]).select_related("asked_by").filter(visit=visit).first()
    if waiting is None:
        raise Refused(_("No reversal of this visit waits."))
    reverse_visit(visit, by=waiting.asked_by, at=at, second=by)
    waiting.delete()
    visit.refresh_from_db()
    return visit
