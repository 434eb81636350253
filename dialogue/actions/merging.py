"""Unite a thread with another that asks for the same, and undo it: people count once, every original stays readable."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext as _

from dialogue import notices
from dialogue import numbers as n
from dialogue.actions.claims import change_thread
from dialogue.actions.clock import begin_clock_if_due, due_day, terms_now
from dialogue.actions.decisions import clean_reason, put_publication, refuse_stranger, settle_reports, write_decision
from dialogue.models import (
    Answer,
    Follow,
    ModerationDecision,
    ModerationItem,
    Publication,
    Support,
    Thread,
    ThreadMerge,
)
from dialogue.models.moderation import Rule
from dialogue.united_clock import after_undoing, earliest
from taar.lib.jalali import local_day
from taar.lib.numbers import value
from taar.lib.refusals import Refused
from taar.notifications.actions import tell
from taar.organizations.models import Duty
from taar.organizations.queries import holders
from taar.places.calendars import calendar_for

Act = ModerationDecision.Act
COUNTED = Support.State.COUNTED
BATCH = 1000


@transaction.atomic
def merge_thread(thread: Thread, *, into: Thread, by, at: datetime, reason: str) -> ThreadMerge:
    """Unite a published thread with another of the same body, with a public reason: the earlier clock is the clock."""
    reason = clean_reason(reason)
    thread, into = _claim_both(thread, into)
    refuse_stranger(thread, by=by, at=at)
    refuse_stranger(into, by=by, at=at)
    _refuse_unlike(thread, into)
    _refuse_undecided(thread)
    settle_reports(thread, upheld=True, at=at)
    merge = ThreadMerge.objects.create(thread=thread, into=into, by=by, at=at, reason=reason, **_own_moments(into))
    put_publication(thread, Publication.MERGED)
    _carry_supports(merge)
    _carry_follows(merge)
    _put_clock(into, {name: earliest(getattr(into, name), getattr(thread, name)) for name in ThreadMerge.MOMENTS})
    write_decision(thread, Act.MERGE, by=by, at=at, reason=reason, facts={"into": into.code})
    begin_clock_if_due(into, at=at)
    _tell(merge, notices.THREADS_UNITED, at=at, goes_on=into, apart=thread.author_id)
    facts = {"code": thread.code, "into": into.code, "reason": reason}
    tell([thread.author], notices.THREAD_MERGED, at=at, url=thread.get_absolute_url(), facts=facts, own=True)
    return merge


@transaction.atomic
def unmerge_thread(thread: Thread, *, by, at: datetime, reason: str) -> ThreadMerge:
    """Undo a merge within its days, with a public reason: what it brought to the other thread goes, nothing else."""
    reason = clean_reason(reason)
    merge = ThreadMerge.objects.standing().filter(thread=thread).first()
    if merge is None:
        raise Refused(_("This thread is not united with another now."))
    merge.thread, merge.into = thread, into = _claim_both(thread, merge.into)
    refuse_stranger(thread, by=by, at=at)
    refuse_stranger(into, by=by, at=at)
    if thread.publication != Publication.MERGED:
        raise Refused(_("This thread is hidden or withdrawn now, so nothing can be undone here."))
    days = value(n.UNMERGE_DAYS)
    if at - merge.at > timedelta(days=days):
        raise Refused(_("That threads were united can be undone for %(days)s days; they have passed.") % {"days": days})
    if not ThreadMerge.objects.standing().filter(pk=merge.pk).update(undone_at=at, undone_by=by):
        raise Refused(_("This thread is not united with another now."))
    _tell(merge, notices.THREAD_UNMERGED, at=at, goes_on=thread)
    others = list(into.united.standing().select_related("thread", "into").order_by("pk"))
    _give_back_supports(merge, others)
    _give_back_follows(merge, others)
    _give_back_clock(merge, others)
    thread.decisions.filter(act=Act.MERGE, ended_at__isnull=True).update(ended_at=at)
    put_publication(thread, Publication.PUBLISHED, **_days_of(thread))
    write_decision(thread, Act.UNMERGE, by=by, at=at, reason=reason, facts={"into": into.code})
    merge.refresh_from_db(fields=["undone_at", "undone_by"])
    return merge


def _claim_both(thread: Thread, into: Thread) -> tuple[Thread, Thread]:
    """Both rows as they stand now, held in the order of their keys, so that no two merges wait for each other."""
    if thread.pk == into.pk:
        raise Refused(_("A thread cannot be united with itself."), field="into")
    rows = Thread.objects.select_for_update(no_key=True).filter(pk__in=(thread.pk, into.pk)).order_by("pk")
    held = {row.pk: row for row in rows}
    return held[thread.pk], held[into.pk]


def _refuse_unlike(thread: Thread, into: Thread) -> None:
    """Two published threads of one body, of which none is answered, on its way elsewhere or united with others."""
    if thread.publication != Publication.PUBLISHED:
        raise Refused(_("This thread is not open now, so it cannot be united with another."))
    if into.publication != Publication.PUBLISHED:
        raise Refused(_("The other thread is not open now, so nothing can be united with it."), field="into")
    if thread.organization_id != into.organization_id:
        raise Refused(_("Only threads that ask the same body are united."), field="into")
    if thread.united.standing().exists():
        raise Refused(_("Others are united with this thread already. Unite the other one with this one instead."))
    both = (thread.pk, into.pk)
    if Answer.objects.filter(thread__in=both).exclude(status=Answer.Status.SHELVED).exists():
        raise Refused(_("One of the two is answered, or its answer is being written, so they stay apart."))
    if thread.transfers.open().exists() or into.transfers.open().exists():
        raise Refused(_("One of the two is being handed to another body. Please wait until that is decided."))


def _refuse_undecided(thread: Thread) -> None:
    """What waits on a thread is decided first; only that it was reported as a duplicate is decided by uniting it."""
    waiting = ModerationItem.objects.filter(thread=thread, settled_at__isnull=True)
    reports = thread.reports.filter(settled_at__isnull=True).exclude(rule=Rule.MISPLACED)
    if waiting.exclude(cause=ModerationItem.Cause.REPORTED).exists() or reports.exists():
        raise Refused(_("Something about this thread waits for a moderator. Please decide that first."))


def _carry_supports(merge: ThreadMerge, *, only: Iterable[int] | None = None) -> None:
    """Count whoever stands behind the thread behind the other one too, once; held and removed ones stay as they are."""
    there = Support.objects.filter(thread=merge.into).values("person")
    rows = Support.objects.filter(thread=merge.thread, state=COUNTED).exclude(person__in=there)
    rows = rows.exclude(person=merge.into.author_id).order_by("pk")
    rows = rows if only is None else rows.filter(person__in=only)
    carried = [
        Support(thread=merge.into, person_id=row.person_id, verified=row.verified, at=row.at, merge=merge)
        for row in rows
    ]
    Support.objects.bulk_create(carried, batch_size=BATCH)
    verified = sum(support.verified for support in carried)
    change_thread(
        merge.into, support_count=F("support_count") + len(carried), verified_count=F("verified_count") + verified
    )


def _carry_follows(merge: ThreadMerge, *, only: Iterable[int] | None = None) -> None:
    """Let whoever follows the thread follow the other one too; somebody who follows it at this moment does so once."""
    there = Follow.objects.filter(thread=merge.into).values("person")
    rows = Follow.objects.filter(thread=merge.thread).exclude(person__in=there)
    rows = rows if only is None else rows.filter(person__in=only)
    carried = [Follow(thread=merge.into, person_id=row.person_id, at=merge.at, merge=merge) for row in rows]
    Follow.objects.bulk_create(carried, batch_size=BATCH, ignore_conflicts=True)


def _give_back_supports(merge: ThreadMerge, others: list[ThreadMerge]) -> None:
    """Take back what was brought; who left the other thread since then stands behind this one no longer either."""
    there = Support.objects.filter(thread=merge.into).values("person")
    left = Support.objects.filter(thread=merge.thread, state=COUNTED).exclude(person__in=there)
    _drop(merge.thread, left.exclude(person=merge.into.author_id))
    people = _drop(merge.into, Support.objects.filter(merge=merge))
    for other in others:
        _carry_supports(other, only=people)


def _give_back_follows(merge: ThreadMerge, others: list[ThreadMerge]) -> None:
    brought = Follow.objects.filter(merge=merge)
    people = list(brought.values_list("person", flat=True))
    brought.delete()
    for other in others:
        _carry_follows(other, only=people)


def _drop(thread: Thread, supports: QuerySet[Support]) -> list[int]:
    """Delete counted supports together with their numbers; gives back whose they were."""
    counts = supports.aggregate(all=Count("pk"), verified=Count("pk", filter=Q(verified=True)))
    people = list(supports.values_list("person", flat=True))
    supports.delete()
    change_thread(
        thread,
        support_count=F("support_count") - counts["all"],
        verified_count=F("verified_count") - counts["verified"],
    )
    return people


def _own_moments(into: Thread) -> dict:
    """The clock that a thread has without those united with it: a moment that one of them brought is not its own."""
    standing = list(into.united.standing().select_related("thread").order_by("-pk"))
    own = {}
    for name in ThreadMerge.MOMENTS:
        now = getattr(into, name)
        bringing = next((row for row in standing if now is not None and getattr(row.thread, name) == now), None)
        own[f"own_{name}"] = getattr(bringing, f"own_{name}") if bringing else now
    return own


def _give_back_clock(merge: ThreadMerge, others: list[ThreadMerge]) -> None:
    """Take back the moments that only the undone thread had brought; an answered thread keeps the clock it ran by."""
    if merge.into.answered_at is not None:
        return
    moments = {
        name: after_undoing(
            getattr(merge.into, name),
            brought=getattr(merge.thread, name),
            own=getattr(merge, f"own_{name}"),
            others=[getattr(other.thread, name) for other in others],
        )
        for name in ThreadMerge.MOMENTS
    }
    _put_clock(merge.into, moments)


def _put_clock(thread: Thread, moments: dict) -> None:
    """Give a thread other moments of its clock, and count its days from them by the calendar of its place."""
    if all(getattr(thread, name) == moment for name, moment in moments.items()):
        return
    for name, moment in moments.items():
        setattr(thread, name, moment)
    change_thread(thread, **moments, **_days_of(thread))


def _days_of(thread: Thread) -> dict:
    """The last days that follow from the clock of a thread that is not answered."""
    add = calendar_for(thread.place).add
    third = thread.third_threshold_at
    return {
        "due_on": due_day(thread, terms_now(), add) if thread.clock_from_on else None,
        "board_due_on": add(local_day(third), value(n.BOARD_DAYS)) if third else None,
    }


def _tell(merge: ThreadMerge, kind: str, *, at: datetime, goes_on: Thread, apart: int | None = None) -> None:
    """Tell the authors, who follows either of the two, and the body asked; `apart` hears of it in other words."""
    thread, into = merge.thread, merge.into
    follows = Follow.objects.filter(thread__in=(thread, into)).values("person")
    of_it = Q(pk__in=follows) | Q(pk__in=(thread.author_id, into.author_id))
    people = list(get_user_model().objects.filter(of_it).exclude(pk=apart))
    people += [holding.person for holding in holders(Duty.ANSWER, local_day(at), into.organization)]
    tell(people, kind, at=at, url=goes_on.get_absolute_url(), facts={"code": thread.code, "into": into.code})
