"""Verbs of signs: noted once, then dismissed with a reason or acted on; a holder may note one themselves."""

from collections.abc import Iterable
from datetime import datetime
from itertools import chain
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from taar.journal.actions import record
from taar.lib.refusals import Refused
from taar.organizations.actions.bodies import office_of
from taar.organizations.models import Duty
from welfare_card.actions.cards import suspend_card
from welfare_card.actions.devices import BlockReason, block_device
from welfare_card.models import Card, Outcome, Sign, Visit
from welfare_card.permissions.holders import can_report_visit, can_settle_sign
from welfare_card.queries import signs

Status = Sign.Status


def find_signs(at: datetime) -> int:
    """Note what is to be looked at among the visits of the last days, each thing once."""
    questions = (signs.find_velocity, signs.find_travel, signs.find_hours, signs.find_bursts)
    return _note(chain.from_iterable(question(at) for question in questions), at=at)


def find_concentration(at: datetime) -> int:
    """Note venues where a few cards make most of the visits, each once a month."""
    return _note(signs.find_concentration(at), at=at)


@transaction.atomic
def report_visit(visit: Visit, *, by: Any, at: datetime) -> Sign:
    """A holder says of a visit in their name that they were not there; card administrators look at it."""
    if not can_report_visit(by, visit, at=at):
        raise Refused(_("Only the holder of the card and a child's guardian report a visit."))
    if visit.outcome != Outcome.OK or visit.reversed_at:
        raise Refused(_("This visit was reversed already; it costs you nothing."))
    try:
        with transaction.atomic():
            sign = note_visit(Sign.Kind.NOT_MINE, visit, at=at)
    except IntegrityError:
        raise Refused(_("You have reported this visit already; we look at it.")) from None
    record("report_visit", f"venue:{visit.venue_id}", by=by, at=at)
    return sign


def note_visit(kind: str, visit: Visit, *, at: datetime) -> Sign:
    """The sign that somebody was not at a visit in their name."""
    things = {"card_id": visit.card_id, "venue_id": visit.venue_id, "device_id": visit.device_id, "visit_id": visit.pk}
    return Sign.objects.create(kind=kind, about=str(visit.pk), on=visit.on, found_at=at, **things)


@transaction.atomic
def dismiss_sign(sign: Sign, *, by: Any, at: datetime, reason: str) -> Sign:
    """A sign turns out to be nothing, for a reason of the list."""
    if reason not in Sign.Reason.values:
        raise Refused(_("Choose a reason."), field="reason")
    _settle(sign, Status.DISMISSED, by=by, at=at, reason=reason)
    _record("dismiss_sign", sign, by=by, at=at, facts={"reason": reason})
    return sign


@transaction.atomic
def act_on_sign(sign: Sign, *, by: Any, at: datetime, act: str) -> Sign:
    """The card is suspended or the device blocked, by the verbs that do so; what they refuse leaves the sign open."""
    if act not in Sign.Act.values:
        raise Refused(_("Choose what to do."), field="act")
    _settle(sign, Status.ACTED, by=by, at=at, act=act)
    thing = sign.card if act == Sign.Act.SUSPEND_CARD else sign.device
    if thing is None:
        raise Refused(_("This sign names no such thing."), field="act")
    if act == Sign.Act.SUSPEND_CARD:
        suspend_card(thing, by=by, at=at, reason=Card.Reason.MISUSED)
    else:
        block_device(thing, reason=BlockReason.SIGN, by=by, at=at)
    _record("act_on_sign", sign, by=by, at=at, facts={"act": act})
    return sign


def _note(found: Iterable[signs.Found], *, at: datetime) -> int:
    """Write what is not noted yet; tells how many."""
    rows = {(each.kind, each.about): each for each in found}
    known = Sign.objects.filter(about__in={about for _kind, about in rows}).values_list("kind", "about")
    fresh = [rows[key] for key in rows.keys() - set(known)]
    Sign.objects.bulk_create(
        [
            Sign(kind=each.kind, about=each.about, on=each.on, found_at=at, facts=each.facts, **each.things)
            for each in fresh
        ],
        ignore_conflicts=True,
    )
    return len(fresh)


def _settle(sign: Sign, status: str, *, by: Any, at: datetime, **said: str) -> None:
    if not can_settle_sign(by, sign, at=at):
        raise Refused(_("Card administrators settle signs, but nobody one about their own family's card."))
    settled = Sign.objects.filter(pk=sign.pk, status=Status.OPEN)
    if not settled.update(status=status, settled_by=by, settled_at=at, **said):
        raise Refused(_("Somebody has settled this sign already."))
    sign.refresh_from_db()


def _record(verb: str, sign: Sign, *, by: Any, at: datetime, facts: dict) -> None:
    office = office_of(by, Duty.CARDS, at) or office_of(by, Duty.CARD_CHECK, at)
    record(verb, f"sign:{sign.pk}", by=by, at=at, post=office, facts={"sign": sign.kind} | facts)
