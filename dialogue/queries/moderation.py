"""Reads for the moderators' desk."""

from datetime import datetime

from django.db.models import Q, QuerySet

from dialogue.models import ModerationItem


def queue(at: datetime, person) -> QuerySet:
    """What waits for moderators and is not read by another now: urgent first, then the oldest."""
    free = Q(leased_by__isnull=True) | Q(leased_until__lte=at) | Q(leased_by=person)
    rows = ModerationItem.objects.filter(free, settled_at__isnull=True)
    rows = rows.exclude(thread__author=person).exclude(contribution__author=person)
    return (
        rows.select_related("thread__place__county", "thread__organization", "contribution__thread__organization")
        .prefetch_related("thread__attachments")
        .order_by("-urgent", "came_at", "id")
    )
