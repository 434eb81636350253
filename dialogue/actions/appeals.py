"""Appeal against a decision: another moderator looks again, and silence is for the author."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from dialogue import notices
from dialogue import numbers as n
from dialogue.actions.decisions import Text, claim_text, clean_reason, open_item, settle_items, thread_of, touch
from dialogue.actions.hiding import lift_hiding, lift_lock
from dialogue.actions.masking import unmask_words
from dialogue.actions.queue import publish_text
from dialogue.models import Appeal, ModerationDecision, ModerationItem, Publication
from dialogue.models.moderation import GRAVE_RULES
from dialogue.permissions.moderation import can_decide_appeal
from taar.journal.actions import record
from taar.lib.jalali import local_day
from taar.lib.numbers import value
from taar.lib.persian import clean_text
from taar.lib.refusals import Refused
from taar.notifications.actions import tell
from taar.organizations.models import Duty
from taar.organizations.queries import standing_of
from taar.places.calendars import calendar_for

Act = ModerationDecision.Act
Status = Appeal.Status
BATCH = 200


@transaction.atomic
def appeal_decision(decision: ModerationDecision, *, by, at: datetime, words: str) -> Appeal:
    """Ask for another look at a decision on one's own text, within its days and once."""
    claim_text(decision.text)
    standing = ModerationDecision.objects.select_for_update(no_key=True, of=("self",)).get(pk=decision.pk)
    sentence = why_not_appeal(standing, by=by, at=at)
    if sentence:
        raise Refused(sentence)
    thread = thread_of(standing.text)
    due_on = calendar_for(thread.place).add(local_day(at), value(n.APPEAL_WORKING_DAYS))
    appeal = Appeal.objects.create(decision=standing, by=by, words=clean_text(words), appealed_at=at, due_on=due_on)
    open_item(standing.text, ModerationItem.Cause.APPEAL, at=at)
    touch(standing.text)
    facts = {"due_on": due_on, "rule": standing.rule, "place": thread.place.code}
    record("appeal_decision", f"decision:{standing.pk}", by=by, at=at, facts=facts)
    return appeal


def why_not_appeal(decision: ModerationDecision, *, by, at: datetime) -> str:
    """Why a person cannot appeal against a decision now; nothing when they can."""
    if decision.text.author_id != by.pk:
        return _("Only the author of the text can appeal.")
    if decision.act not in ModerationDecision.APPEALABLE or decision.until_at or decision.ended_at:
        return _("There is nothing to appeal against here now.")
    if Appeal.objects.filter(decision=decision).exists():
        return _("You have appealed against this decision already; that can be done once.")
    if at - decision.at > timedelta(days=value(n.APPEAL_DAYS)):
        return _("The days in which an appeal could be made have passed.")
    return ""


@transaction.atomic
def decide_appeal(appeal: Appeal, *, by, at: datetime, overturn: bool, reason: str) -> Appeal:
    """Let a decision stand or undo it, with a public reason, by a moderator who took no part; decided once."""
    if not can_decide_appeal(by, appeal, at=at):
        raise Refused(_("An appeal is decided by another moderator, who took no part and is not of the body."))
    reason = clean_reason(reason)
    status = Status.OVERTURNED if overturn else Status.UPHELD
    _settle(appeal, status, by=by, at=at, reason=reason)
    if overturn:
        undo_decision(appeal.decision, at=at)
    told = notices.APPEAL_OVERTURNED if overturn else notices.APPEAL_UPHELD
    facts = {"code": thread_of(appeal.decision.text).code, "reason": reason}
    tell([appeal.by], told, at=at, url=appeal.decision.get_absolute_url(), facts=facts, own=True)
    return appeal


def lapse_appeals(at: datetime) -> int:
    """Undo what nobody looked at again in time, but never for personal data, danger or what is illegal."""
    late = Appeal.objects.filter(status=Status.OPEN, due_on__lt=local_day(at)).exclude(decision__rule__in=GRAVE_RULES)
    rows = late.select_related("decision__thread__place", "decision__contribution__thread__place", "by")
    lapsed = 0
    for appeal in rows.order_by("due_on", "pk")[:BATCH]:
        with transaction.atomic():
            try:
                _settle(appeal, Status.LAPSED, by=None, at=at)
            except Refused:  # a moderator decided it at this very moment
                continue
            undo_decision(appeal.decision, at=at)
            facts = {"code": thread_of(appeal.decision.text).code}
            url = appeal.decision.get_absolute_url()
            tell([appeal.by], notices.APPEAL_LAPSED, at=at, url=url, facts=facts, own=True)
            lapsed += 1
    return lapsed


def undo_decision(decision: ModerationDecision, *, at: datetime) -> None:
    """Put things back as they were before a decision; one that no longer stands changes nothing."""
    text = decision.text
    standing = ModerationDecision.objects.filter(pk=decision.pk, ended_at__isnull=True)
    if decision.act == Act.HIDE and standing.exists():
        lift_hiding(text, at=at)
    elif decision.act == Act.LOCK and standing.exists():
        lift_lock(text, at=at)
    elif decision.act == Act.MASK and standing.update(ended_at=at):
        unmask_words(decision)
    elif decision.act == Act.REJECT and standing.update(ended_at=at):
        publish_text(text, at=at, was=(Publication.REJECTED,))


def _settle(appeal: Appeal, status: str, *, by, at: datetime, reason: str = "") -> None:
    text = appeal.decision.text
    claim_text(text)
    settled = Appeal.objects.filter(pk=appeal.pk, status=Status.OPEN)
    if not settled.update(status=status, decided_by=by, reason=reason, settled_at=at):
        raise Refused(_("This appeal has been decided already."))
    appeal.refresh_from_db()
    if not open_appeals(text).exists():
        settle_items(text, ModerationItem.Cause.APPEAL, at=at)
    office = standing_of(by, local_day(at)).label_for(Duty.MODERATE) if by else ""
    facts = {"outcome": status, "rule": appeal.decision.rule, "place": thread_of(text).place.code}
    if reason:
        facts["reason"] = reason
    record("decide_appeal", f"decision:{appeal.decision_id}", by=by, at=at, post=office, facts=facts)
    touch(text)


def open_appeals(text: Text):
    """Appeals on a text that wait for their decision, oldest first."""
    rows = Appeal.objects.filter(status=Status.OPEN, decision__in=text.decisions.all())
    return rows.select_related("decision").order_by("appealed_at", "pk")
