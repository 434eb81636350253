"""Hide a text behind a public stub, show it again, close a thread to new words: nothing is ever erased."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from dialogue import notices
from dialogue import numbers as n
from dialogue.actions.decisions import (
    Text,
    claim_text,
    clean_reason,
    code_of,
    noun_of,
    open_item,
    put_publication,
    refuse_stranger,
    settle_items,
    settle_reports,
    subject_of,
    thread_of,
    write_decision,
)
from dialogue.models import (
    Appeal,
    Contribution,
    HidingProposal,
    ModerationDecision,
    ModerationItem,
    Publication,
    Thread,
)
from dialogue.models.publication import OPEN, READABLE
from dialogue.permissions.moderation import needs_two
from taar.journal.actions import record
from taar.lib.jalali import local_day
from taar.lib.numbers import value
from taar.lib.refusals import Refused
from taar.organizations.models import Duty
from taar.organizations.queries import standing_of

Act = ModerationDecision.Act
Cause = ModerationItem.Cause
BATCH = 200


@transaction.atomic
def hide_thread(thread: Thread, *, by, at: datetime, rule: str, reason: str) -> ModerationDecision | HidingProposal:
    """Hide a thread under a rule with a public reason; many supporters or criticism of an official need two."""
    return _hide(thread, by=by, at=at, rule=rule, reason=reason)


@transaction.atomic
def hide_contribution(
    contribution: Contribution, *, by, at: datetime, rule: str, reason: str
) -> ModerationDecision | HidingProposal:
    """Hide a contribution under a rule with a public reason; criticism of an official needs two moderators."""
    return _hide(contribution, by=by, at=at, rule=rule, reason=reason)


@transaction.atomic
def second_hiding(proposal: HidingProposal, *, by, at: datetime) -> ModerationDecision:
    """Hide together with the first moderator; the second is another person."""
    text = _settle_proposal(proposal, agreed=True, by=by, at=at)
    return _stand_hidden(text, by=by, at=at, rule=proposal.rule, reason=proposal.reason)


@transaction.atomic
def refuse_hiding(proposal: HidingProposal, *, by, at: datetime) -> None:
    """Do not hide what another moderator wanted to hide."""
    text = _settle_proposal(proposal, agreed=False, by=by, at=at)
    _record(text, "refuse_hiding", proposal.rule, by=by, at=at)


@transaction.atomic
def restore_text(text: Text, *, by, at: datetime, reason: str) -> ModerationDecision:
    """Show a hidden text again; while an appeal is open only its decision does that."""
    refuse_stranger(text, by=by, at=at)
    reason = clean_reason(reason)
    appeals = Appeal.objects.filter(status=Appeal.Status.OPEN, decision__ended_at__isnull=True)
    if appeals.filter(decision__in=text.decisions.filter(act=Act.HIDE)).exists():
        raise Refused(_("The author has appealed: please decide the appeal."))
    if not lift_hiding(text, at=at):
        raise Refused(_("This text is not hidden now."))
    settle_reports(text, upheld=False, at=at)
    told = notices.TEXT_RESTORED
    return write_decision(text, Act.RESTORE, by=by, at=at, reason=reason, told=told)


@transaction.atomic
def lock_thread(thread: Thread, *, by, at: datetime, rule: str, reason: str) -> ModerationDecision:
    """Close a published thread to new words, under a rule and with a public reason; it stays readable."""
    refuse_stranger(thread, by=by, at=at)
    reason = clean_reason(reason)
    if claim_text(thread).publication != Publication.PUBLISHED:
        raise Refused(_("This thread is not open to new words now."))
    put_publication(thread, Publication.LOCKED)
    return write_decision(thread, Act.LOCK, by=by, at=at, rule=rule, reason=reason, told=notices.TEXT_LOCKED)


@transaction.atomic
def unlock_thread(thread: Thread, *, by, at: datetime, reason: str) -> ModerationDecision:
    """Open a locked thread to new words again."""
    refuse_stranger(thread, by=by, at=at)
    reason = clean_reason(reason)
    if not lift_lock(thread, at=at):
        raise Refused(_("This thread is not locked now."))
    return write_decision(thread, Act.UNLOCK, by=by, at=at, reason=reason)


def hide_for_a_time(text: Text, *, rule: str, at: datetime) -> ModerationDecision | None:
    """Hide what reports of enough weight speak against, for some hours and once; a moderator confirms it or not."""
    judged = text.decisions.filter(act__in=(Act.KEEP, Act.RESTORE)).exists()
    if text.publication not in OPEN or judged or text.decisions.filter(until_at__isnull=False).exists():
        return None
    before = text.publication
    put_publication(text, Publication.HIDDEN)
    until = at + timedelta(hours=value(n.PROVISIONAL_HOURS))
    return write_decision(
        text, Act.HIDE, by=None, at=at, rule=rule, told=notices.TEXT_HIDDEN_FOR_A_TIME, before=before, until_at=until
    )


def end_provisional_hidings(at: datetime) -> int:
    """Show again what was hidden by reports alone and confirmed by nobody in time; safe to run twice."""
    due = ModerationDecision.objects.filter(act=Act.HIDE, until_at__lte=at, ended_at__isnull=True).order_by("until_at")
    ended = 0
    for decision in due.select_related("thread__place", "contribution__thread__place")[:BATCH]:
        with transaction.atomic():
            if lift_hiding(decision.text, at=at, for_a_time=True):
                write_decision(decision.text, Act.RESTORE, by=None, at=at, told=notices.TEXT_RESTORED)
                ended += 1
    return ended


def lift_hiding(text: Text, *, at: datetime, for_a_time: bool = False) -> bool:
    """Show a hidden text as it was before (only one hidden by reports, with `for_a_time`); False when there is none."""
    claimed = claim_text(text)
    standing = claimed.decisions.filter(act=Act.HIDE, ended_at__isnull=True)
    standing = standing.filter(until_at__isnull=False) if for_a_time else standing
    decision = standing.first()
    if decision is None:
        return False
    ModerationDecision.objects.filter(pk=decision.pk).update(ended_at=at)
    put_publication(text, decision.before or Publication.PUBLISHED)
    return True


def lift_lock(thread: Thread, *, at: datetime) -> bool:
    """Take the lock off a thread; False when there is none."""
    if claim_text(thread).publication != Publication.LOCKED:
        return False
    thread.decisions.filter(act=Act.LOCK, ended_at__isnull=True).update(ended_at=at)
    put_publication(thread, Publication.PUBLISHED)
    return True


def _hide(text: Text, *, by, at: datetime, rule: str, reason: str) -> ModerationDecision | HidingProposal:
    refuse_stranger(text, by=by, at=at)
    reason = clean_reason(reason)
    now = claim_text(text)
    _refuse_unless_seen(now)
    if not needs_two(now, rule):
        return _stand_hidden(text, by=by, at=at, rule=rule, reason=reason)
    if now.hiding_proposals.filter(settled_at__isnull=True).exists():
        raise Refused(_("Another moderator has proposed to hide this already; it waits for a second one."))
    office = standing_of(by, local_day(at)).label_for(Duty.MODERATE)
    proposal = HidingProposal.objects.create(**subject_of(text), rule=rule, reason=reason, by=by, office=office, at=at)
    open_item(text, Cause.SECOND, at=at)
    _record(text, "propose_hiding", rule, by=by, at=at)
    return proposal


def _stand_hidden(text: Text, *, by, at: datetime, rule: str, reason: str) -> ModerationDecision:
    now = claim_text(text)
    standing = _refuse_unless_seen(now)
    if standing:
        ModerationDecision.objects.filter(pk=standing.pk).update(ended_at=at)
    before = standing.before if standing else now.publication
    put_publication(text, Publication.HIDDEN)
    told = notices.TEXT_HIDDEN
    decision = write_decision(text, Act.HIDE, by=by, at=at, rule=rule, reason=reason, told=told, before=before)
    settle_reports(text, upheld=True, at=at)
    return decision


def _refuse_unless_seen(text: Text) -> ModerationDecision | None:
    """Only what stands in public is hidden, or what reports alone have hidden: that decision is given back."""
    if text.publication in READABLE:
        return None
    standing = text.decisions.filter(act=Act.HIDE, ended_at__isnull=True, until_at__isnull=False).first()
    if standing is None:
        raise Refused(_("This text does not stand in public now, or it is hidden already."))
    return standing


def _settle_proposal(proposal: HidingProposal, *, agreed: bool, by, at: datetime) -> Text:
    text = proposal.thread or proposal.contribution
    refuse_stranger(text, by=by, at=at)
    claim_text(text)
    waiting = HidingProposal.objects.filter(pk=proposal.pk, settled_at__isnull=True).exclude(by=by)
    if not waiting.update(second=by, agreed=agreed, settled_at=at):
        raise Refused(_("This is decided already, or you proposed it: a second person decides."))
    settle_items(text, Cause.SECOND, at=at)
    return text


def _record(text: Text, verb: str, rule: str, *, by, at: datetime) -> None:
    office = standing_of(by, local_day(at)).label_for(Duty.MODERATE)
    facts = {"rule": rule, "place": thread_of(text).place.code}
    record(verb, f"{noun_of(text)}:{code_of(text)}", by=by, at=at, post=office, facts=facts)
