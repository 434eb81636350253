"""The facts of the scoreboard: counted by PostgreSQL, on open threads alone."""

from collections import defaultdict
from datetime import date

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from dialogue.models import Answer, Commitment, Rating, Thread
from dialogue.models.publication import OPEN
from dialogue.queries.ledger import promises
from dialogue.scoreboard import Score


def measure_bodies(day: date) -> list[Score]:
    """The figures of every body that was ever due an answer, rated or bound by a promise, as of a day."""
    scores: dict[int, Score] = defaultdict(Score)
    _measure_answers(scores, day)
    for body, count in _by_body(Thread.objects.late(day), "organization", n=Count("pk")):
        scores[body].overdue = count
    rated = Rating.objects.filter(answer__status=Answer.Status.PUBLISHED, answer__thread__publication__in=OPEN)
    satisfied = Count("pk", filter=Q(satisfied=True))
    for body, count, good in _by_body(rated, "answer__organization", n=Count("pk"), good=satisfied):
        scores[body].ratings, scores[body].satisfied = count, good
    kept = Count("pk", filter=Q(status=Commitment.Status.CONFIRMED))
    late = Count("pk", filter=Q(status__in=Commitment.OPEN, due_on__lt=day))
    for body, *counts in _by_body(promises(), "organization", n=Count("pk"), kept=kept, late=late):
        scores[body].promised, scores[body].kept, scores[body].late = counts
    for body, score in scores.items():
        score.organization = body
    return list(scores.values())


def _measure_answers(scores: dict[int, Score], day: date) -> None:
    """A due answer is one that was given, or whose last day has passed; the first answer is what counts.

    How many working days it took, and how many there were, was written down when it was published.
    """
    first = Answer.objects.filter(thread=OuterRef("pk"), status=Answer.Status.PUBLISHED).order_by("published_at", "pk")
    asked = Thread.objects.open().filter(due_on__isnull=False).order_by()
    took, term = (Subquery(first.values(name)[:1]) for name in ("working_days", "term_days"))
    given = asked.annotate(took=took, term=term)
    groups = given.filter(took__isnull=False, term__isnull=False).values_list("organization", "took", "term")
    for body, took, term, count in groups.annotate(n=Count("pk")):
        score = scores[body]
        score.due += count
        score.on_time += count * (took <= term)
        score.days[took] += count
    silent = asked.filter(answered_at__isnull=True, due_on__lt=day)
    for body, count in _by_body(silent, "organization", n=Count("pk")):
        scores[body].due += count


def _by_body(rows: QuerySet, field: str, **counts: Count) -> QuerySet:
    return rows.order_by().values(field).annotate(**counts).values_list(field, *counts)
