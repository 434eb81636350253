"""What every act of a moderator shares: who may, the reason, the decision, its row of the journal, who is told."""

from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext as _

from dialogue import notices
from dialogue.models import Contribution, HidingProposal, ModerationDecision, ModerationItem, Report, Revision, Thread
from dialogue.permissions.moderation import can_moderate_text
from taar.journal.actions import record
from taar.lib.identifiers import find_identifiers
from taar.lib.jalali import local_day
from taar.lib.persian import clean_line
from taar.lib.refusals import Refused
from taar.notifications.actions import tell
from taar.organizations.models import Duty
from taar.organizations.queries import standing_of

LEAST_REASON = 20
Text = Thread | Contribution


def refuse_stranger(text: Text, *, by, at: datetime) -> None:
    """Refuse a moderator who is of the matter."""
    if not can_moderate_text(by, text, at=at):
        raise Refused(
            _("You may not decide on this: it is yours, your body's, you reported it, or you answered there.")
        )


def clean_reason(reason: str) -> str:
    """A public reason of at least 20 characters that names nobody by a number."""
    words = clean_line(reason)
    if len(words) < LEAST_REASON:
        raise Refused(_("Please give the reason in at least 20 characters."), field="reason")
    if find_identifiers(words):
        raise Refused(_("Everybody reads the reason: please write no phone, card or ID number in it."), field="reason")
    return words


def claim_text(text: Text) -> Text:
    """The text as it stands now, held until the verb is done.

    Every verb takes its locks in this order: person, text, thread, then items, proposals, reports, decisions, appeals.
    """
    return type(text).objects.select_for_update(no_key=True, of=("self",)).get(pk=text.pk)


def put_publication(text: Text, publication: str, **over) -> None:
    """Give a text that is held another publication; every page of its thread is new from then on."""
    type(text).objects.filter(pk=text.pk).update(publication=publication, **over)
    touch(text)
    text.refresh_from_db()


def touch(text: Text) -> None:
    """Make every kept page of the text's thread stale."""
    Thread.objects.filter(pk=thread_of(text).pk).update(version=F("version") + 1)


def write_decision(
    text: Text,
    act: str,
    *,
    by,
    at: datetime,
    rule: str = "",
    reason: str = "",
    told: str = "",
    facts: dict | None = None,
    **over,
) -> ModerationDecision:
    """Keep an act with its office, write it into the journal and tell the author."""
    office = standing_of(by, local_day(at)).label_for(Duty.MODERATE) if by else ""
    decision = ModerationDecision.objects.create(
        **subject_of(text), act=act, rule=rule, reason=reason, by=by, office=office, at=at, **over
    )
    noun = noun_of(text)
    facts = {"place": thread_of(text).place.code} | ({"rule": rule} if rule else {}) | (facts or {})
    if decision.public_reason:
        facts["reason"] = decision.public_reason
    record(f"{act}_{noun}", f"{noun}:{code_of(text)}", by=by, at=at, post=office, facts=facts)
    if told:
        tell_author(text, told, at=at, reason=reason, url=decision.get_absolute_url() if rule else "")
    return decision


def tell_author(text: Text, kind: str, *, at: datetime, reason: str = "", url: str = "") -> None:
    """Tell the author what became of a text."""
    facts = {"code": thread_of(text).code, "reason": reason}
    tell([text.author], kind, at=at, url=url or text.get_absolute_url(), facts=facts, own=True)


def settle_reports(text: Text, *, upheld: bool, at: datetime) -> int:
    """Give the open reports on a text their outcome and tell each reporter; their item leaves the queue."""
    settle_items(text, ModerationItem.Cause.REPORTED, at=at)
    waiting = Report.objects.select_for_update(no_key=True, of=("self",)).filter(
        **subject_of(text), settled_at__isnull=True
    )
    reports = list(waiting.select_related("person").order_by("pk"))
    Report.objects.filter(pk__in=[report.pk for report in reports]).update(settled_at=at, upheld=upheld)
    kind = notices.REPORT_UPHELD if upheld else notices.REPORT_KEPT
    facts = {"code": thread_of(text).code}
    return tell([report.person for report in reports], kind, at=at, url=text.get_absolute_url(), facts=facts)


def open_item(text: Text, cause: str, *, at: datetime, urgent: bool = False) -> ModerationItem:
    """Let a text wait for a moderator; one item of a cause at a time, which can become urgent."""
    item, _made = ModerationItem.objects.get_or_create(
        **subject_of(text), cause=cause, settled_at=None, defaults={"came_at": at, "urgent": urgent}
    )
    if urgent and not item.urgent:
        ModerationItem.objects.filter(pk=item.pk).update(urgent=True)
    return item


def settle_items(text: Text, *causes: str, at: datetime) -> int:
    """Take a text's items of these causes (all without one) out of the queue."""
    waiting = ModerationItem.objects.filter(**subject_of(text), settled_at__isnull=True)
    return (waiting.filter(cause__in=causes) if causes else waiting).update(settled_at=at)


def close_all(text: Text, *, at: datetime) -> None:
    """Nothing about a withdrawn text waits any longer."""
    settle_reports(text, upheld=True, at=at)
    settle_items(text, at=at)
    HidingProposal.objects.filter(**subject_of(text), settled_at__isnull=True).update(settled_at=at, agreed=False)
    Revision.objects.filter(**subject_of(text), settled_at__isnull=True).update(settled_at=at, accepted=False)


def thread_of(text: Text) -> Thread:
    """The thread itself, or the one that a contribution is on."""
    return text if isinstance(text, Thread) else text.thread


def subject_of(text: Text) -> dict:
    """The columns by which rows speak of a text."""
    return {"thread": text} if isinstance(text, Thread) else {"contribution": text}


def noun_of(text: Text) -> str:
    """What the journal calls it."""
    return "thread" if isinstance(text, Thread) else "contribution"


def code_of(text: Text) -> str:
    """The public code: the thread's, with the contribution's number."""
    return text.code if isinstance(text, Thread) else f"{text.thread.code}/{text.pk}"
