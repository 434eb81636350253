"""Storms of supports: many at once from one network count only when a moderator admits them."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from dialogue import numbers as n
from dialogue.actions.clock import begin_clock_if_due
from dialogue.actions.decisions import (
    claim_text,
    clean_reason,
    open_item,
    refuse_stranger,
    settle_items,
    touch,
    write_decision,
)
from dialogue.models import ModerationDecision, ModerationItem, Support, Thread
from taar.lib.numbers import value
from taar.lib.refusals import Refused

Act = ModerationDecision.Act
State = Support.State
BATCH = 5000


def state_of_support(thread: Thread, network: bytes | None, *, at: datetime) -> str:
    """Whether a support counts at once, or is held because too many came from its network; under the thread's lock."""
    since = at - timedelta(minutes=value(n.STORM_MINUTES))
    same = thread.supports.filter(network=network, at__range=(since, at)) if network else None
    if same is None or same.count() < value(n.STORM_SUPPORTS):
        return State.COUNTED
    open_item(thread, ModerationItem.Cause.SUPPORTS, at=at)
    return State.HELD


@transaction.atomic
def admit_supports(thread: Thread, *, by, at: datetime, reason: str) -> ModerationDecision:
    """Count the held supports of a thread, with a public reason; enough verified residents start the clock."""
    reason = clean_reason(reason)
    supports = _claim_held(thread, by=by, at=at)
    verified = sum(support.verified for support in supports)
    _settle(thread, supports, State.COUNTED, at=at)
    Thread.objects.filter(pk=thread.pk).update(
        support_count=F("support_count") + len(supports),
        verified_count=F("verified_count") + verified,
        version=F("version") + 1,
    )
    decision = write_decision(thread, Act.ADMIT, by=by, at=at, reason=reason, facts={"count": len(supports)})
    begin_clock_if_due(thread, at=at)
    return decision


@transaction.atomic
def remove_supports(thread: Thread, *, by, at: datetime, rule: str, reason: str) -> ModerationDecision:
    """Do not count the held supports of a thread, in public and with the reason."""
    reason = clean_reason(reason)
    supports = _claim_held(thread, by=by, at=at)
    _settle(thread, supports, State.REMOVED, at=at)
    touch(thread)
    return write_decision(thread, Act.REMOVE, by=by, at=at, rule=rule, reason=reason, facts={"count": len(supports)})


def forget_networks(at: datetime) -> int:
    """Forget from which network supports came after their days; safe to run twice."""
    before = at - timedelta(days=value(n.NETWORK_DAYS))
    old = Support.objects.filter(network__isnull=False, at__lt=before).order_by("at").values("pk")[:BATCH]
    return Support.objects.filter(pk__in=old).update(network=None)


def _claim_held(thread: Thread, *, by, at: datetime) -> list[Support]:
    refuse_stranger(thread, by=by, at=at)
    claim_text(thread)
    supports = list(thread.supports.select_for_update(no_key=True).filter(state=State.HELD))
    if not supports:
        raise Refused(_("No supports are held here now."))
    return supports


def _settle(thread: Thread, supports: list[Support], state: str, *, at: datetime) -> None:
    Support.objects.filter(pk__in=[support.pk for support in supports]).update(state=state)
    settle_items(thread, ModerationItem.Cause.SUPPORTS, at=at)
