"""The queue before publication: new voices and texts with numbers in them wait for a moderator, one at a time."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from dialogue import notices
from dialogue import numbers as n
from dialogue.actions.clock import begin_clock_if_due
from dialogue.models import Contribution, ModerationDecision, ModerationItem, Publication, Thread
from dialogue.models.publication import STANDING
from dialogue.permissions.moderation import can_review
from taar.journal.actions import record
from taar.lib.identifiers import find_identifiers
from taar.lib.jalali import local_day
from taar.lib.numbers import value
from taar.lib.refusals import Refused
from taar.notifications.actions import tell
from taar.organizations.models import Duty
from taar.organizations.queries import standing_of

Cause = ModerationItem.Cause
Act = ModerationDecision.Act
LEAST_REASON = 20


def hold_or_publish(text: Thread | Contribution, *, by, at: datetime) -> None:
    """Publish a new text at once, or let it wait: first texts of an account, and whatever holds somebody's number."""
    cause = why_held(text, by)
    if not cause:
        publish_text(text, at=at)
        return
    type(text).objects.filter(pk=text.pk).update(publication=Publication.PENDING)
    ModerationItem.objects.create(**_subject_of(text), cause=cause, came_at=at)
    text.refresh_from_db()


def why_held(text: Thread | Contribution, author) -> str:
    """The cause for which a text waits, or nothing."""
    words = f"{text.title}\n{text.body}" if isinstance(text, Thread) else text.body
    if find_identifiers(words):
        return Cause.IDENTIFIER
    free_after = value(n.REVIEWED_RESIDENT_POSTS if author.is_verified_resident else n.REVIEWED_POSTS)
    stood = Thread.objects.filter(author=author, publication__in=STANDING).count()
    stood += Contribution.objects.filter(author=author, publication__in=STANDING).count()
    return Cause.HELD if stood < free_after else ""


def publish_text(text: Thread | Contribution, *, at: datetime) -> None:
    """Let everybody read a text; a thread's clock may begin, a contribution is counted and followers hear of it."""
    from_states = (Publication.DRAFT, Publication.PENDING)
    published = type(text).objects.filter(pk=text.pk, publication__in=from_states)
    if not published.update(publication=Publication.PUBLISHED, published_at=at):
        raise Refused(_("This text has been decided already."))
    text.refresh_from_db()
    if isinstance(text, Thread):
        begin_clock_if_due(text, at=at)
        return
    changes = {"contribution_count": F("contribution_count") + 1, "version": F("version") + 1}
    Thread.objects.filter(pk=text.thread_id).update(**changes)
    followers = [follow.person for follow in text.thread.follows.select_related("person").exclude(person=text.author)]
    tell(followers, notices.THREAD_CONTRIBUTED, at=at, url=text.get_absolute_url(), facts={"code": text.thread.code})


@transaction.atomic
def take_item(item: ModerationItem, *, by, at: datetime) -> ModerationItem:
    """Take an item on lease, so that no two moderators read the same; a lease that ran out is free again."""
    _refuse_stranger(item, by=by, at=at)
    free = Q(leased_by__isnull=True) | Q(leased_until__lte=at) | Q(leased_by=by)
    until = at + timedelta(minutes=value(n.LEASE_MINUTES))
    taken = ModerationItem.objects.filter(free, pk=item.pk, settled_at__isnull=True)
    if not taken.update(leased_by=by, leased_until=until):
        raise Refused(_("Another moderator is reading this now, or has decided it. Please take the next one."))
    item.refresh_from_db()
    return item


@transaction.atomic
def approve_item(item: ModerationItem, *, by, at: datetime) -> ModerationDecision:
    """Publish what waits; decided once, by the moderator who holds the lease."""
    text = _settle(item, by=by, at=at)
    publish_text(text, at=at)
    kind = notices.THREAD_PUBLISHED if isinstance(text, Thread) else notices.CONTRIBUTION_PUBLISHED
    return _decide(text, Act.PUBLISH, kind, by=by, at=at)


@transaction.atomic
def reject_item(item: ModerationItem, *, by, at: datetime, rule: str, reason: str) -> ModerationDecision:
    """Do not publish what waits, under a rule and with a reason of at least 20 characters for its author."""
    if len(reason.strip()) < LEAST_REASON:
        raise Refused(_("Please give the reason in at least 20 characters."), field="reason")
    text = _settle(item, by=by, at=at)
    changed = type(text).objects.filter(pk=text.pk, publication=Publication.PENDING)
    if not changed.update(publication=Publication.REJECTED):
        raise Refused(_("This text has been decided already."))
    kind = notices.THREAD_REJECTED if isinstance(text, Thread) else notices.CONTRIBUTION_REJECTED
    return _decide(text, Act.REJECT, kind, by=by, at=at, rule=rule, reason=reason.strip())


def _settle(item: ModerationItem, *, by, at: datetime) -> Thread | Contribution:
    _refuse_stranger(item, by=by, at=at)
    held = ModerationItem.objects.filter(pk=item.pk, settled_at__isnull=True, leased_by=by, leased_until__gt=at)
    if not held.update(settled_at=at):
        raise Refused(
            _("You no longer hold this item: your time ran out or somebody decided it. Please take it again.")
        )
    return item.thread or item.contribution


def _refuse_stranger(item: ModerationItem, *, by, at: datetime) -> None:
    if not can_review(by, item, at=at):
        raise Refused(_("You may not decide on this: it is yours, your body's, or you reported it."))


def _decide(text, act: str, kind: str, *, by, at: datetime, rule: str = "", reason: str = "") -> ModerationDecision:
    office = standing_of(by, local_day(at)).label_for(Duty.MODERATE)
    thread = text if isinstance(text, Thread) else text.thread
    decision = ModerationDecision.objects.create(
        **_subject_of(text), act=act, rule=rule, reason=reason, by=by, office=office, at=at
    )
    noun = "thread" if isinstance(text, Thread) else "contribution"
    facts = {"rule": rule, "place": thread.place.code} if rule else {"place": thread.place.code}
    subject = thread.code if noun == "thread" else f"{thread.code}/{text.pk}"
    record(f"{act}_{noun}", f"{noun}:{subject}", by=by, at=at, post=office, facts=facts)
    told = {"code": thread.code, "reason": reason}
    tell([text.author], kind, at=at, url=thread.get_absolute_url(), facts=told, own=True)
    return decision


def _subject_of(text: Thread | Contribution) -> dict:
    return {"thread": text} if isinstance(text, Thread) else {"contribution": text}
