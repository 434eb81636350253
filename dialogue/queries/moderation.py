"""Reads for the moderators' desk."""

from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from dialogue.models import Answer, Appeal, HidingProposal, ModerationDecision, ModerationItem, Report
from taar.lib.identifiers import find_identifiers
from taar.lib.jalali import local_day
from taar.lib.paging import Page, page_by_key
from taar.organizations.queries import standing_of

Cause = ModerationItem.Cause


def queue(at: datetime, person) -> QuerySet:
    """What a moderator may decide and no other reads now: nothing of their own, their body's, or that they reported."""
    free = Q(leased_by__isnull=True) | Q(leased_until__lte=at) | Q(leased_by=person)
    bodies = standing_of(person, local_day(at)).organizations
    own = Q(thread__author=person) | Q(contribution__author=person) | Q(contribution__thread__author=person)
    employers = Q(thread__organization__in=bodies) | Q(contribution__thread__organization__in=bodies)
    same_text = Q(thread=OuterRef("thread")) | Q(contribution=OuterRef("contribution"))
    same_thread = Q(thread=OuterRef("thread")) | Q(thread__contributions=OuterRef("contribution"))
    took_part_in = Q(drafted_by=person) | Q(checked_by=person) | Q(commitments__notes__by=person)
    answered = Answer.objects.filter(same_thread).filter(took_part_in)
    proposed = HidingProposal.objects.filter(same_text, by=person, settled_at__isnull=True)
    rows = ModerationItem.objects.filter(free, settled_at__isnull=True).exclude(own).exclude(employers)
    rows = rows.exclude(Exists(Report.objects.filter(same_text, person=person))).exclude(Exists(answered))
    took_part = ModerationDecision.objects.filter(same_text, by=person)
    had_a_hand = HidingProposal.objects.filter(same_text).filter(Q(by=person) | Q(second=person))
    rows = rows.exclude(Q(cause=Cause.APPEAL) & (Q(Exists(took_part)) | Q(Exists(had_a_hand))))
    return rows.exclude(Q(cause=Cause.SECOND) & Exists(proposed))


def queue_page(rows: QuerySet, *, cause: str, after: str) -> Page:
    """One page of the queue, of one cause or all: urgent first, then the oldest."""
    if cause in Cause.values:
        rows = rows.filter(cause=cause)
    rows = rows.select_related("thread__place__county", "thread__organization", "leased_by").select_related(
        "contribution__thread__place__county", "contribution__thread__organization"
    )
    return page_by_key(rows, ("-urgent", "came_at", "id"), after)


def queue_tabs(rows: QuerySet) -> list[tuple[str, str, int]]:
    """Each cause with its word and how many wait."""
    counts = dict(rows.order_by().values_list("cause").annotate(n=Count("pk")))
    return [(value, word, counts.get(value, 0)) for value, word in Cause.choices]


def about_item(item: ModerationItem) -> dict:
    """What a moderator must know to decide on an item, by its cause."""
    text = item.text
    about: dict = {"history": list(text.decisions.order_by("-at", "-pk")[:10])}
    if item.cause == Cause.EDITED:
        about["revision"] = text.revisions.filter(settled_at__isnull=True).first()
    elif item.cause == Cause.REPORTED:
        about["reports"] = list(text.reports.filter(settled_at__isnull=True).order_by("at"))
    elif item.cause == Cause.SECOND:
        about["proposal"] = text.hiding_proposals.filter(settled_at__isnull=True).first()
    elif item.cause == Cause.APPEAL:
        waiting = Appeal.objects.filter(status=Appeal.Status.OPEN, decision__in=text.decisions.all())
        about["appeal"] = waiting.select_related("decision").order_by("appealed_at", "pk").first()
    elif item.cause == Cause.SUPPORTS:
        held = text.supports.filter(state="held")
        about["held"] = held.aggregate(count=Count("pk"), verified=Count("pk", filter=Q(verified=True)))
    return about


def pieces_of(words: str) -> list[tuple[str, bool]]:
    """The words cut so that each number of somebody is a piece of its own, marked True."""
    pieces, last = [], 0
    for _kind, start, end in find_identifiers(words):
        pieces += [(words[last:start], False), (words[start:end], True)]
        last = end
    return [piece for piece in [*pieces, (words[last:], False)] if piece[0]]
