"""The queue before publication: new voices and texts with numbers in them wait for a moderator, one at a time."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from dialogue import notices
from dialogue import numbers as n
from dialogue.actions.clock import begin_clock_if_due
from dialogue.actions.decisions import (
    claim_text,
    clean_reason,
    open_item,
    settle_reports,
    tell_author,
    touch,
    write_decision,
)
from dialogue.actions.hiding import lift_hiding
from dialogue.actions.masking import mask_words
from dialogue.actions.revisions import settle_revision
from dialogue.models import Contribution, ModerationDecision, ModerationItem, Publication, Thread
from dialogue.models.publication import STANDING
from dialogue.permissions.moderation import can_review
from dialogue.queries.switches import holds_all
from taar.lib.identifiers import find_identifiers
from taar.lib.numbers import value
from taar.lib.refusals import Refused
from taar.notifications.actions import tell

Cause = ModerationItem.Cause
Act = ModerationDecision.Act
BEFORE_PUBLICATION = (Cause.HELD, Cause.IDENTIFIER)


def hold_or_publish(text: Thread | Contribution, *, by, at: datetime) -> None:
    """Publish a new text at once, or let it wait: first texts of an account, and whatever holds somebody's number."""
    cause = why_held(text, by, at=at)
    if not cause:
        publish_text(text, at=at)
        return
    type(text).objects.filter(pk=text.pk).update(publication=Publication.PENDING)
    open_item(text, cause, at=at)
    text.refresh_from_db()


def why_held(text: Thread | Contribution, author, *, at: datetime) -> str:
    """The cause for which a text waits, or nothing."""
    words = f"{text.title}\n{text.body}" if isinstance(text, Thread) else text.body
    if find_identifiers(words):
        return Cause.IDENTIFIER
    if holds_all(at):
        return Cause.HELD
    free_after = value(n.REVIEWED_RESIDENT_POSTS if author.is_verified_resident else n.REVIEWED_POSTS)
    stood = Thread.objects.filter(author=author, publication__in=STANDING).count()
    stood += Contribution.objects.filter(author=author, publication__in=STANDING).count()
    return Cause.HELD if stood < free_after else ""


def publish_text(text: Thread | Contribution, *, at: datetime, was: tuple = ("draft", "pending")) -> None:
    """Let everybody read a text; a thread's clock may begin, a contribution is counted and followers hear of it."""
    published = type(text).objects.filter(pk=text.pk, publication__in=was)
    if not published.update(publication=Publication.PUBLISHED, published_at=at):
        raise Refused(_("This text has been decided already."))
    text.refresh_from_db()
    if isinstance(text, Thread):
        touch(text)
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
    text = _settle(item, (*BEFORE_PUBLICATION, Cause.EDITED), by=by, at=at)
    if item.cause == Cause.EDITED:
        return _accept_words(text, by=by, at=at)
    publish_text(text, at=at)
    kind = notices.THREAD_PUBLISHED if isinstance(text, Thread) else notices.CONTRIBUTION_PUBLISHED
    return write_decision(text, Act.PUBLISH, by=by, at=at, told=kind)


@transaction.atomic
def mask_item(
    item: ModerationItem, *, by, at: datetime, rule: str, reason: str, phrases: list[str]
) -> ModerationDecision:
    """Publish what waits with some of its words masked."""
    approve_item(item, by=by, at=at)
    return mask_words(item.text, by=by, at=at, rule=rule, reason=reason, phrases=phrases)


@transaction.atomic
def return_item(item: ModerationItem, *, by, at: datetime, rule: str, reason: str) -> ModerationDecision:
    """Give a text back to its author to be mended, with a rule and a reason; mended, it waits again."""
    return _turn_down(item, Act.RETURN, Publication.RETURNED, by=by, at=at, rule=rule, reason=reason)


@transaction.atomic
def reject_item(item: ModerationItem, *, by, at: datetime, rule: str, reason: str) -> ModerationDecision:
    """Do not publish what waits, under a rule and with a reason of at least 20 characters for its author."""
    return _turn_down(item, Act.REJECT, Publication.REJECTED, by=by, at=at, rule=rule, reason=reason)


@transaction.atomic
def keep_item(item: ModerationItem, *, by, at: datetime) -> ModerationDecision:
    """Leave a reported text as it is; a hiding by the weight of reports ends with that."""
    text = _settle(item, (Cause.REPORTED,), by=by, at=at)
    lift_hiding(text, at=at, for_a_time=True)
    decision = write_decision(text, Act.KEEP, by=by, at=at)
    settle_reports(text, upheld=False, at=at)
    return decision


def _turn_down(item: ModerationItem, act: str, to: str, *, by, at: datetime, rule: str, reason: str):
    reason = clean_reason(reason)
    text = _settle(item, (*BEFORE_PUBLICATION, Cause.EDITED), by=by, at=at)
    if item.cause == Cause.EDITED:
        settle_revision(text, accepted=False, at=at)
        told = notices.EDIT_REFUSED
    else:
        waiting = type(text).objects.filter(pk=text.pk, publication=Publication.PENDING)
        if not waiting.update(publication=to):
            raise Refused(_("This text has been decided already."))
        touch(text)
        told = notices.TOLD_OF[act][isinstance(text, Thread)]
    if item.cause == Cause.EDITED:
        # What stands is untouched, so there is nothing to appeal against: the author may write other words.
        act = Act.RETURN
    return write_decision(text, act, by=by, at=at, rule=rule, reason=reason, told=told)


def _accept_words(text: Thread | Contribution, *, by, at: datetime) -> ModerationDecision:
    settle_revision(text, accepted=True, at=at)
    restored = lift_hiding(text, at=at)
    decision = write_decision(text, Act.RESTORE if restored else Act.PUBLISH, by=by, at=at)
    tell_author(text, notices.EDIT_PUBLISHED, at=at)
    return decision


def _settle(item: ModerationItem, causes: tuple, *, by, at: datetime) -> Thread | Contribution:
    _refuse_stranger(item, by=by, at=at)
    if item.cause not in causes:
        raise Refused(_("This cannot be done with what waits here."))
    claim_text(item.text)
    held = ModerationItem.objects.filter(pk=item.pk, settled_at__isnull=True, leased_by=by, leased_until__gt=at)
    if not held.update(settled_at=at):
        raise Refused(
            _("You no longer hold this item: your time ran out or somebody decided it. Please take it again.")
        )
    return item.text


def _refuse_stranger(item: ModerationItem, *, by, at: datetime) -> None:
    if not can_review(by, item, at=at):
        raise Refused(_("You may not decide on this: it is yours, your body's, or you reported it."))
