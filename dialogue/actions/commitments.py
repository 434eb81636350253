"""Keep a promise: progress, one later day, proof, and the word of those who asked for it."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from dialogue import notices
from dialogue import numbers as n
from dialogue.actions.claims import (
    change_thread,
    names_of,
    people_of,
    public_reason,
    record_act,
    refuse_own_body,
    refuse_unless,
)
from dialogue.answer_clock import verdict
from dialogue.models import Commitment, CommitmentNote, CommitmentReply
from dialogue.models.publication import OPEN
from dialogue.permissions import answers as may
from taar.lib.jalali import local_day
from taar.lib.numbers import value
from taar.lib.persian import clean_text
from taar.lib.refusals import Refused
from taar.notifications.actions import tell
from taar.organizations.models import Duty
from taar.organizations.queries import holders

Status = Commitment.Status
BATCH = 200


@transaction.atomic
def note_progress(commitment: Commitment, *, by, at: datetime, text: str) -> CommitmentNote:
    """The owner says how a promise goes on; it is in progress from the first note, also after a dispute."""
    fresh = _claim(commitment, Commitment.OPEN)
    refuse_unless(may.can_keep_commitment(by, fresh, at=at))
    note = _note(fresh, text, by=by, at=at)
    _change(fresh, status=Status.IN_PROGRESS, settled_at=None)
    _record("note_progress", fresh, by=by, at=at)
    told = {"code": fresh.thread.code}
    tell(people_of(fresh.thread), notices.PROGRESS_NOTED, at=at, url=_address(fresh), facts=told)
    return note


@transaction.atomic
def move_due_date(commitment: Commitment, *, by, at: datetime, due_on: date, reason: str) -> Commitment:
    """The day of a promise moves once, to a later one, with a reason; the first day stays visible."""
    fresh = _claim(commitment, Commitment.OPEN)
    refuse_unless(may.can_keep_commitment(by, fresh, at=at))
    reason = public_reason(reason)
    if fresh.first_due_on is not None:
        raise Refused(_("The day of this promise was moved once already."))
    if due_on <= max(fresh.due_on, local_day(at)):
        raise Refused(_("The new day must be later than the promised one and still to come."), field="due_on")
    _change(fresh, first_due_on=F("due_on"), due_on=due_on, move_reason=reason)
    _record("move_due_date", fresh, by=by, at=at, due_on=due_on, reason=reason)
    told = {"code": fresh.thread.code, "due_on": due_on.isoformat()}
    tell(people_of(fresh.thread), notices.DUE_DATE_MOVED, at=at, url=_address(fresh), facts=told)
    fresh.refresh_from_db()
    return fresh


@transaction.atomic
def claim_done(commitment: Commitment, *, by, at: datetime, proof: str) -> Commitment:
    """The owner says that a promise is kept and how one can see it; a disputed one may be claimed again."""
    fresh = _claim(commitment, Commitment.OPEN)
    refuse_unless(may.can_keep_commitment(by, fresh, at=at))
    _note(fresh, proof, by=by, at=at, is_proof=True, field="proof")
    _change(fresh, status=Status.CLAIMED, claimed_at=at, settled_at=None, asked_at=None, claims=F("claims") + 1)
    _record("claim_done", fresh, by=by, at=at)
    told = {"code": fresh.thread.code}
    tell(people_of(fresh.thread), notices.PROMISE_CLAIMED, at=at, url=_address(fresh), facts=told)
    fresh.refresh_from_db()
    return fresh


@transaction.atomic
def drop_commitment(commitment: Commitment, *, by, at: datetime, reason: str) -> Commitment:
    """The owner gives a promise up, with a reason that everybody reads."""
    fresh = _claim(commitment, Commitment.OPEN)
    refuse_unless(may.can_keep_commitment(by, fresh, at=at))
    reason = public_reason(reason)
    _change(fresh, status=Status.DROPPED, settled_at=at, drop_reason=reason)
    _record("drop_commitment", fresh, by=by, at=at, reason=reason)
    told = {"code": fresh.thread.code}
    tell(people_of(fresh.thread), notices.PROMISE_DROPPED, at=at, url=_address(fresh), facts=told)
    fresh.refresh_from_db()
    return fresh


@transaction.atomic
def reply_to_commitment(commitment: Commitment, *, by, at: datetime, kept: bool) -> Commitment:
    """The author and supporters say whether a promise was kept: five replies with 60 % yes confirm, half no dispute."""
    fresh = _claim(commitment, (Status.CLAIMED,))
    if not may.stands_behind(by, fresh.thread):
        raise Refused(_("The author and those who stand behind the thread say whether a promise was kept."))
    refuse_own_body(by, fresh.organization, at=at)
    if not fresh.asks_now:
        raise Refused(_("It is not yet asked whether this promise was kept."))
    said = {"kept": kept, "at": at}
    CommitmentReply.objects.update_or_create(commitment=fresh, person=by, claim=fresh.claims, defaults=said)
    counts = fresh.replies.filter(claim=fresh.claims).aggregate(all=Count("pk"), yes=Count("pk", filter=Q(kept=True)))
    decided = verdict(replies=counts["all"], yes=counts["yes"], least=value(n.KEPT_REPLIES), share=value(n.KEPT_SHARE))
    _change(fresh)
    if decided is not None:
        _decide(fresh, decided, at=at, **counts)
    fresh.refresh_from_db()
    return fresh


def ask_whether_kept(at: datetime) -> int:
    """Put promises that were claimed done 28 days ago to the author and supporters, each claim once."""
    before = at - timedelta(days=value(n.KEPT_ASKED_AFTER))
    due = Commitment.objects.filter(
        status=Status.CLAIMED, asked_at__isnull=True, claimed_at__lte=before, thread__publication__in=OPEN
    )
    return sum(_ask(key, at=at) for key in due.order_by("claimed_at", "pk").values_list("pk", flat=True)[:BATCH])


@transaction.atomic
def _ask(key: int, *, at: datetime) -> int:
    rows = Commitment.objects.select_for_update(skip_locked=True)
    commitment = rows.filter(pk=key, status=Status.CLAIMED, asked_at__isnull=True).first()
    if commitment is None:
        return 0
    _change(commitment, asked_at=at)
    told = {"code": commitment.thread.code}
    tell(people_of(commitment.thread), notices.KEPT_ASKED, at=at, url=_address(commitment), facts=told)
    return 1


def _decide(commitment: Commitment, kept: bool, *, at: datetime, **counts: int) -> None:
    _change(commitment, status=Status.CONFIRMED if kept else Status.DISPUTED, settled_at=at)
    _record("confirm_commitment" if kept else "dispute_commitment", commitment, by=None, at=at, **counts)
    officers = [h.person for h in holders(Duty.ANSWER, local_day(at), commitment.organization)]
    kind = notices.PROMISE_CONFIRMED if kept else notices.PROMISE_DISPUTED
    told = {"code": commitment.thread.code, "body": names_of(commitment.organization)}
    tell([*people_of(commitment.thread), *officers], kind, at=at, url=_address(commitment), facts=told)


def _claim(commitment: Commitment, states) -> Commitment:
    """Hold the row of a published promise that is in one of the states."""
    fresh = Commitment.objects.promised().select_for_update().get(pk=commitment.pk)
    if not fresh.thread.is_open:
        raise Refused(_("This thread is not open now."))
    if fresh.status not in states:
        raise Refused(
            _("As this promise stands now (%(state)s), this cannot be done.") % {"state": fresh.get_status_display()}
        )
    return fresh


def _note(commitment: Commitment, text: str, *, by, at: datetime, is_proof: bool = False, field: str = "text"):
    words = clean_text(text)
    if not words:
        raise Refused(_("There is nothing here to read yet. Please write your words."), field=field)
    return CommitmentNote.objects.create(commitment=commitment, by=by, text=words, is_proof=is_proof, at=at)


def _change(commitment: Commitment, **changes) -> None:
    if changes:
        Commitment.objects.filter(pk=commitment.pk).update(**changes)
    change_thread(commitment.thread)


def _record(verb: str, commitment: Commitment, *, by, at: datetime, **facts) -> None:
    about = {"commitment": commitment.pk, "owner": commitment.organization.code}
    record_act(verb, commitment.thread, by=by, at=at, office=commitment.organization, **about, **facts)


def _address(commitment: Commitment) -> str:
    return f"{reverse('thread', args=[commitment.thread.code])}#commitment-{commitment.pk}"
