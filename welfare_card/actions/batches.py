"""Verbs of batches: draft → checked → approved by another → signing → produced → printed → delivered → closed."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from taar.journal.actions import record
from taar.lib.jalali import local_day
from taar.lib.numbers import value
from taar.lib.refusals import Refused
from taar.organizations.models import Duty
from taar.organizations.queries import standing_of
from welfare_card.actions.keys import lay_shares
from welfare_card.actions.requests import CardRequest, put_requests
from welfare_card.actions.signing import sign_share
from welfare_card.models import Batch, Card, Plan, SigningShare
from welfare_card.numbers import CARD_DAYS
from welfare_card.permissions.cards import can_approve_batch, can_issue_cards

Status = Batch.Status


@transaction.atomic
def request_batch(
    plan: Plan, *, title: str, requests: Iterable[CardRequest], by, at: datetime, valid_from_on: date | None = None
) -> Batch:
    """Ask for the cards of many people at once; who has a live card already is passed over."""
    _refuse_stranger(by, at)
    since = valid_from_on or local_day(at)
    if plan.until_on is not None and plan.until_on <= since or plan.from_on > since:
        raise Refused(_("This plan is not open on the first day of the cards."))
    until = since + timedelta(days=value(CARD_DAYS, since))
    batch = Batch.objects.create(
        title=title, plan=plan, made_by=by, made_at=at, valid_from_on=since, valid_until_on=until
    )
    add_to_batch(batch, requests=requests, by=by, at=at)
    facts = {"cards": batch.card_count, "plan": plan.number}
    _record("request_batch", batch, by=by, at=at, facts=facts)
    return batch


@transaction.atomic
def add_to_batch(batch: Batch, *, requests: Iterable[CardRequest], by, at: datetime) -> int:
    """Ask for more cards while the batch is a draft; tells how many came in."""
    _refuse_stranger(by, at)
    claimed = Batch.objects.select_for_update().filter(pk=batch.pk, status=Status.DRAFT).first()
    if claimed is None:
        raise Refused(_("Only a draft takes more cards."))
    made = put_requests(claimed, requests, at=at)
    Batch.objects.filter(pk=batch.pk).update(card_count=F("card_count") + made)
    batch.refresh_from_db()
    return made


@transaction.atomic
def check_batch(batch: Batch, *, by, at: datetime) -> None:
    """A draft with cards is closed to more cards; its count is what everybody signs for from now on."""
    _refuse_stranger(by, at)
    if not Card.objects.filter(batch=batch).exists():
        raise Refused(_("This batch has no cards."))
    _step(batch, Status.DRAFT, Status.CHECKED, checked_by=by, checked_at=at)
    _record("check_batch", batch, by=by, at=at)


@transaction.atomic
def approve_batch(batch: Batch, *, by, at: datetime) -> None:
    """A checked batch is approved by a checker who neither made nor checked it."""
    batch.refresh_from_db()
    if not can_approve_batch(by, batch, at=at):
        raise Refused(_("A batch is approved by a checker who neither made nor checked it."))
    _step(batch, Status.CHECKED, Status.APPROVED, approved_by=by, approved_at=at)
    _record("approve_batch", batch, by=by, at=at, duty=Duty.CARD_CHECK)


@transaction.atomic
def begin_signing(batch: Batch, *, by, at: datetime) -> None:
    """Lay down which key signs which cards of an approved batch; signing then can be broken off and resumed."""
    _refuse_stranger(by, at)
    _step(batch, Status.APPROVED, Status.SIGNING)
    lay_shares(batch, list(Card.objects.filter(batch=batch).order_by("index").values_list("index", flat=True)))
    _record("begin_signing", batch, by=by, at=at)


@transaction.atomic
def produce_batch(batch: Batch, *, by, at: datetime) -> None:
    """A batch is produced when every one of its cards is signed."""
    if SigningShare.objects.filter(batch=batch, signed_at=None).exists():
        raise Refused(_("Not all cards of this batch are signed yet."))
    _step(batch, Status.SIGNING, Status.PRODUCED, produced_at=at)
    _record("produce_batch", batch, by=by, at=at)


def sign_waiting_shares(at: datetime, most: int = 12) -> int:
    """Sign what waits in batches that are being signed, and call a batch produced when it is whole."""
    signed = 0
    for batch in Batch.objects.filter(status=Status.SIGNING).select_related("plan").order_by("pk"):
        while most and (stored := sign_share(batch, at=at)):
            signed, most = signed + stored, most - 1
        if most and not SigningShare.objects.filter(batch=batch, signed_at=None).exists():
            produce_batch(batch, by=None, at=at)
    return signed


@transaction.atomic
def print_batch(batch: Batch, *, by, at: datetime) -> None:
    """The cards of a produced batch came out of the printer; cards blocked meanwhile stay blocked."""
    _refuse_stranger(by, at)
    _step(batch, Status.PRODUCED, Status.PRINTED, printed_at=at)
    printed = _move(batch, Card.Status.PRODUCED, Card.Status.PRINTED)
    _record("print_batch", batch, by=by, at=at, facts={"cards": printed})


@transaction.atomic
def deliver_batch(batch: Batch, *, by, at: datetime, returned: Iterable[str] = ()) -> None:
    """The cards of a printed batch were handed over, but for the numbers that came back."""
    _refuse_stranger(by, at)
    kept = set(returned)
    if Card.objects.filter(batch=batch, number__in=kept).count() != len(kept):
        raise Refused(_("A returned card is not of this batch."), field="returned")
    _claim(batch, Status.PRINTED)
    delivered = _move(batch, Card.Status.PRINTED, Card.Status.DELIVERED, but=kept)
    counts = {"delivered_count": delivered, "returned_count": batch.card_count - delivered}
    _step(batch, Status.PRINTED, Status.DELIVERED, delivered_at=at, **counts)
    facts = {"delivered": delivered, "returned": batch.returned_count}
    _record("deliver_batch", batch, by=by, at=at, facts=facts)


@transaction.atomic
def close_batch(batch: Batch, *, by, at: datetime) -> None:
    """A delivered batch is closed; what was not handed over is revoked."""
    _refuse_stranger(by, at)
    _step(batch, Status.DELIVERED, Status.CLOSED, closed_at=at)
    left = Card.objects.filter(batch=batch, status=Card.Status.PRINTED)
    revoked = left.update(status=Card.Status.REVOKED, reason=Card.Reason.UNCLAIMED, blocked_at=at)
    _record("close_batch", batch, by=by, at=at, facts={"revoked": revoked})


def _refuse_stranger(by, at: datetime) -> None:
    """Card administrators take the steps of a batch; `by` is None where the house itself does, as a command says."""
    if by is not None and not can_issue_cards(by, at=at):
        raise Refused(_("Card administrators make cards."))


def _claim(batch: Batch, source: str) -> None:
    if not Batch.objects.select_for_update().filter(pk=batch.pk, status=source).exists():
        batch.refresh_from_db()
        raise Refused(_("This batch is %(state)s; that step is not open now.") % {"state": batch.get_status_display()})


def _step(batch: Batch, source: str, target: str, **written) -> None:
    """Move a batch from one state to the next, once."""
    _claim(batch, source)
    Batch.objects.filter(pk=batch.pk).update(status=target, **written)
    batch.refresh_from_db()


def _move(batch: Batch, source: str, target: str, but: Iterable[str] = ()) -> int:
    return Card.objects.filter(batch=batch, status=source).exclude(number__in=but).update(status=target)


def _record(verb: str, batch: Batch, *, by, at: datetime, facts: dict | None = None, duty: str = Duty.CARDS) -> None:
    office = standing_of(by, local_day(at)).label_for(duty)
    told = {"cards": batch.card_count} | (facts or {})
    record(verb, f"card_batch:{batch.pk}", by=by, at=at, post=office, facts=told)
