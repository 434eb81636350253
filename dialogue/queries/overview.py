"""What is going on in the hall or in one place, for the portal's pages."""

from datetime import date

from django.db.models import Count, Q, QuerySet

from dialogue.models import Answer, Thread
from dialogue.models.publication import OPEN
from taar.places.models import Place


def newest_threads(size: int = 6, place: Place | None = None) -> list[Thread]:
    """The newest open threads, anywhere or in a place."""
    rows = _open(place).select_related("place__county", "organization")
    return list(rows.order_by("-published_at", "-id")[:size])


def newest_answers(size: int = 3) -> list[Answer]:
    """The newest published answers on open threads."""
    rows = Answer.objects.filter(status=Answer.Status.PUBLISHED, thread__publication__in=OPEN)
    return list(rows.select_related("thread", "organization", "post").order_by("-published_at", "-id")[:size])


def late_threads(day: date, size: int = 10) -> list[Thread]:
    """Open threads whose answer is overdue, the longest first."""
    rows = Thread.objects.late(day).select_related("place__county", "organization")
    return list(rows.order_by("due_on", "id")[:size])


def thread_figures(day: date, place: Place | None = None) -> dict[str, int]:
    """How many threads are open, wait for an answer, are late and were answered, anywhere or in a place."""
    owed = Q(answer_state__in=Thread.OWED, due_on__isnull=False)
    return _open(place).aggregate(
        open=Count("pk"),
        waiting=Count("pk", filter=owed),
        late=Count("pk", filter=owed & Q(due_on__lt=day)),
        answered=Count("pk", filter=Q(answered_at__isnull=False)),
    )


def _open(place: Place | None) -> QuerySet[Thread]:
    rows = Thread.objects.open()
    return rows.filter(place__in=Place.objects.within(place)) if place else rows
