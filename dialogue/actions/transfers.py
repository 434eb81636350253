"""Hand a thread to another body: asked, accepted, refused, accepted by silence, or decided by the secretariat."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from dialogue import notices
from dialogue import numbers as n
from dialogue.actions.claims import (
    change_thread,
    claim_thread,
    names_of,
    people_of,
    public_reason,
    record_act,
    refuse_unless,
)
from dialogue.models import Answer, Thread, Transfer
from dialogue.models.publication import OPEN
from dialogue.permissions import answers as may
from taar.lib.jalali import local_day
from taar.lib.numbers import value
from taar.lib.refusals import Refused
from taar.notifications.actions import tell
from taar.organizations.models import Duty, Organization
from taar.organizations.queries import can_be_asked, holders
from taar.places.calendars import calendar_for

UNANSWERED = (Thread.Answering.WAITING, Thread.Answering.ACKNOWLEDGED)
BATCH = 100


@transaction.atomic
def ask_transfer(thread: Thread, *, by, at: datetime, receiver: Organization, reason: str) -> Transfer:
    """A body says «not ours» and names another, which answers in 2 working days; a third wish is the secretariat's."""
    fresh = claim_thread(thread)
    refuse_unless(may.can_act_for_body(by, fresh, at=at))
    reason = public_reason(reason)
    today = local_day(at)
    if fresh.answer_state not in UNANSWERED:
        raise Refused(_("An answered thread stays with the body that answered."))
    if fresh.transfers.open().exists():
        raise Refused(_("This thread is being handed over already."))
    _refuse_receiver(fresh, receiver, today)
    decides = fresh.transfer_count >= value(n.TRANSFERS)
    until = None if decides else calendar_for(fresh.place).add(today, value(n.TRANSFER_DAYS))
    transfer = Transfer.objects.create(
        thread=fresh, sender=fresh.organization, receiver=receiver, reason=reason, asked_at=at, silent_until_on=until
    )
    change_thread(fresh, transfer_count=fresh.transfer_count + 1)
    record_act("ask_transfer", fresh, by=by, at=at, office=fresh.organization, receiver=receiver.code, reason=reason)
    asked = holders(Duty.SECRETARIAT, today) if decides else holders(Duty.ANSWER, today, receiver)
    facts = {"code": fresh.code, "body": names_of(fresh.organization)}
    tell([holding.person for holding in asked], notices.TRANSFER_ASKED, at=at, url=_desk(fresh), facts=facts)
    return transfer


@transaction.atomic
def accept_transfer(transfer: Transfer, *, by, at: datetime) -> Transfer:
    """The receiver takes a thread over; the clock goes on as it stands."""
    fresh = _claim(transfer)
    refuse_unless(may.can_settle_transfer(by, fresh, at=at) and not may.has_moderated(by, fresh.thread))
    return _accept(fresh, by=by, at=at, office=fresh.receiver)


@transaction.atomic
def refuse_transfer(transfer: Transfer, *, by, at: datetime, reason: str) -> Transfer:
    """The receiver, or the secretariat for it, refuses a thread with a public reason; it stays where it was."""
    fresh = _claim(transfer)
    refuse_unless(may.can_settle_transfer(by, fresh, at=at) and not may.has_moderated(by, fresh.thread))
    reason = public_reason(reason)
    _settle(fresh, Transfer.Status.REFUSED, at=at, answer=reason)
    thread = fresh.thread
    change_thread(thread)
    record_act(
        "refuse_transfer", thread, by=by, at=at, office=fresh.receiver, receiver=fresh.receiver.code, reason=reason
    )
    officers = [holding.person for holding in holders(Duty.ANSWER, local_day(at), fresh.sender)]
    facts = {"code": thread.code, "body": names_of(fresh.receiver)}
    tell(officers, notices.TRANSFER_REFUSED, at=at, url=_desk(thread), facts=facts)
    return fresh


@transaction.atomic
def assign_thread(thread: Thread, *, by, at: datetime, organization: Organization, reason: str) -> Transfer:
    """The secretariat names the body that answers a thread, whatever was wished before."""
    fresh = claim_thread(thread)
    refuse_unless(may.can_assign(by, at=at) and not may.has_moderated(by, fresh))
    reason = public_reason(reason)
    if fresh.answer_state not in UNANSWERED:
        raise Refused(_("An answered thread stays with the body that answered."))
    _refuse_receiver(fresh, organization, local_day(at), field="organization")
    wished = fresh.transfers.open().first()
    if wished:
        _settle(wished, Transfer.Status.REFUSED, at=at, answer=reason)
    transfer = Transfer.objects.create(
        thread=fresh, sender=fresh.organization, receiver=organization, reason=reason, asked_at=at
    )
    change_thread(fresh, transfer_count=fresh.transfer_count + 1)
    return _accept(transfer, by=by, at=at, office=None, verb="assign_thread")


def accept_silent_transfers(at: datetime) -> int:
    """Silence accepts: hand over what was not refused in time; where no post is held, the secretariat decides."""
    silent = Transfer.objects.open().filter(silent_until_on__lt=local_day(at), thread__publication__in=OPEN)
    return sum(_accept_silent(key, at=at) for key in silent.order_by("pk").values_list("pk", flat=True)[:BATCH])


@transaction.atomic
def _accept_silent(key: int, *, at: datetime) -> int:
    """Hold the thread before its transfer, as every other verb does, so that none waits for another for ever."""
    wish = Transfer.objects.filter(pk=key).values("thread")
    thread = Thread.objects.open().select_for_update(skip_locked=True).filter(pk__in=wish).first()
    transfer = Transfer.objects.open().filter(pk=key, silent_until_on__lt=local_day(at)).first() if thread else None
    if transfer is None:
        return 0
    transfer.thread = thread
    if can_be_asked(transfer.receiver, local_day(at)):
        _accept(transfer, by=None, at=at, office=None)
    else:
        Transfer.objects.filter(pk=key).update(silent_until_on=None)
        change_thread(thread)
    return 1


def _accept(transfer: Transfer, *, by, at: datetime, office, verb: str = "accept_transfer") -> Transfer:
    thread, receiver = transfer.thread, transfer.receiver
    if not can_be_asked(receiver, local_day(at)):
        raise Refused(_("This body has nobody in its answering post now and cannot be asked."))
    _settle(transfer, Transfer.Status.ACCEPTED, at=at)
    aside = {"status": Answer.Status.SHELVED, "checked_by": None, "checked_at": None, "ready_at": None}
    thread.answers.in_hand().update(**aside)
    change_thread(
        thread,
        organization=receiver,
        answer_state=Thread.Answering.WAITING,
        acknowledged_at=None,
        owner_post=None,
    )
    facts = {"sender": transfer.sender.code, "receiver": receiver.code, "silent": by is None}
    record_act(verb, thread, by=by, at=at, office=office, **facts)
    told = {"code": thread.code, "body": names_of(receiver)}
    tell(people_of(thread), notices.THREAD_TRANSFERRED, at=at, url=thread.get_absolute_url(), facts=told)
    officers = [holding.person for holding in holders(Duty.ANSWER, local_day(at), receiver)]
    tell(officers, notices.THREAD_TRANSFERRED, at=at, url=_desk(thread), facts=told)
    return transfer


def _claim(transfer: Transfer) -> Transfer:
    thread = claim_thread(transfer.thread)
    fresh = Transfer.objects.select_related("sender", "receiver").get(pk=transfer.pk)
    fresh.thread = thread
    return fresh


def _settle(transfer: Transfer, status: str, *, at: datetime, answer: str = "") -> None:
    settled = Transfer.objects.open().filter(pk=transfer.pk)
    if not settled.update(status=status, settled_at=at, answer=answer):
        raise Refused(_("This was decided already."))
    transfer.refresh_from_db(fields=["status", "settled_at", "answer"])


def _refuse_receiver(thread: Thread, receiver: Organization, day, *, field: str = "receiver") -> None:
    if receiver.pk == thread.organization_id:
        raise Refused(_("The thread is with this body already."), field=field)
    if not can_be_asked(receiver, day):
        raise Refused(_("This body has nobody in its answering post now and cannot be asked."), field=field)


def _desk(thread: Thread) -> str:
    return reverse("office_thread", args=[thread.code])
