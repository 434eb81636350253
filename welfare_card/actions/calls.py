"""Verbs of the call back: a share of each day's visits is drawn by lot, and somebody asks the holder.

SHA-256(secret) stands in the journal before the day is over; the public value is the head of the journal's chain of
that day, which nobody can know before. The draw is that of `draw.py`; `verify_calls` runs it again.
"""

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from taar.journal.actions import record
from taar.journal.models import DailyHead
from taar.lib.jalali import local_day
from taar.lib.numbers import value
from taar.lib.refusals import Refused
from taar.organizations.actions.bodies import office_of
from taar.organizations.models import Duty
from welfare_card import draw
from welfare_card.actions.signs import note_visit
from welfare_card.models import CallBack, CallDraw, Sign
from welfare_card.numbers import CALL_SHARE
from welfare_card.permissions.holders import can_call_back
from welfare_card.queries.calls import drawn_visits, entries_hash, visits_posted_on

# What the journal calls the sample.
SAMPLE = "calls:sample"
SECRET_BYTES = 32
Outcome = CallBack.Outcome


def commit_calls(at: datetime) -> int:
    """Commit to the secret of today's and tomorrow's draw, once each."""
    today = local_day(at)
    return sum(_commit(day, at) for day in (today, today + timedelta(days=1)))


@transaction.atomic
def draw_calls(at: datetime) -> int:
    """Draw a share of the visits of each day that is over and whose public value is known; tells how many."""
    waiting = CallDraw.objects.select_for_update().filter(drawn_at=None, on__lt=local_day(at)).order_by("on")
    heads = dict(DailyHead.objects.filter(on__in=[row.on for row in waiting]).values_list("on", "hash"))
    return sum(_draw(row, heads[row.on], at) for row in waiting if row.on in heads)


@transaction.atomic
def record_call(call: CallBack, *, by: Any, at: datetime, outcome: str) -> CallBack:
    """Somebody who did not let the visit in has called; who is not reached may be called again, an answer stays."""
    if not can_call_back(by, call, at=at):
        raise Refused(_("Another card administrator calls back about this visit."))
    if outcome not in Outcome.values:
        raise Refused(_("Choose what came of the call."), field="outcome")
    open_ones = CallBack.objects.filter(pk=call.pk, outcome__in=("", Outcome.NOT_REACHED))
    if not open_ones.update(outcome=outcome, called_by=by, called_at=at, tries=F("tries") + 1):
        raise Refused(_("This call was made already."))
    call.refresh_from_db()
    if outcome == Outcome.WAS_NOT:
        note_visit(Sign.Kind.NOT_THERE, call.visit, at=at)
    office = office_of(by, Duty.CARDS, at) or office_of(by, Duty.CARD_CHECK, at)
    record("record_call", SAMPLE, by=by, at=at, post=office, facts={"on": call.draw_id, "outcome": outcome})
    return call


@transaction.atomic
def _commit(day, at: datetime) -> int:
    secret = secrets.token_bytes(SECRET_BYTES)
    told = {"commitment": draw.commitment(secret), "secret": secret.hex(), "committed_at": at}
    _row, made = CallDraw.objects.get_or_create(on=day, defaults=told)
    if made:
        record("commit_calls", SAMPLE, by=None, at=at, facts={"on": day, "commitment": told["commitment"]})
    return int(made)


def _draw(row: CallDraw, head: str, at: datetime) -> int:
    entries = visits_posted_on(row.on)
    drawn = drawn_visits(bytes.fromhex(row.secret), head, entries, share=value(CALL_SHARE, row.on))
    CallBack.objects.bulk_create([CallBack(draw=row, visit_id=key) for key in drawn])
    row.value, row.entries_hash, row.drawn_at = head, entries_hash(entries), at
    row.visit_count, row.drawn_count = len(entries), len(drawn)
    row.save(update_fields=["value", "entries_hash", "drawn_at", "visit_count", "drawn_count"])
    facts = {"on": row.on, "secret": row.secret, "value": head, "entries": row.entries_hash}
    record("draw_calls", SAMPLE, by=None, at=at, facts=facts | {"visits": len(entries), "drawn": len(drawn)})
    return len(drawn)
