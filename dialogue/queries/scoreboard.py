"""The facts of the scoreboard: counted by PostgreSQL, working days by each place's calendar, open threads alone."""

from collections import defaultdict
from datetime import date

from django.db.models import Count, DateField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import TruncDate

from dialogue.models import Answer, Commitment, Rating, Thread
from dialogue.models.publication import OPEN
from dialogue.queries.ledger import promises
from dialogue.scoreboard import Score
from taar.lib.jalali import TEHRAN
from taar.places import calendars
from taar.places.models import Place


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
    """A due answer is one that was given, or whose last day has passed; the first answer is what counts."""
    groups = list(_answer_groups(day))
    places = Place.objects.in_bulk({group["place"] for group in groups})
    by_place = calendars.calendars_for(places.values())
    for group in groups:
        score, count = scores[group["organization"]], group["n"]
        score.due += count
        if group["answered_on"]:
            score.on_time += count * (group["answered_on"] <= group["due_on"])
            days = by_place[group["place"]].between(group["clock_from_on"], group["answered_on"])
            score.days[days] += count


def _answer_groups(day: date) -> QuerySet:
    """Open threads whose answer was given or is overdue, counted by body, place and days."""
    first = Answer.objects.filter(thread=OuterRef("pk"), status=Answer.Status.PUBLISHED).order_by("published_at")
    answered_on = TruncDate(Subquery(first.values("published_at")[:1]), tzinfo=TEHRAN, output_field=DateField())
    rows = Thread.objects.open().filter(due_on__isnull=False).annotate(answered_on=answered_on)
    rows = rows.filter(Q(answered_on__isnull=False) | Q(due_on__lt=day, answer_state__in=Thread.OWED))
    return (
        rows.order_by()
        .values("organization", "place", "clock_from_on", "due_on", "answered_on")
        .annotate(n=Count("pk"))
    )


def _by_body(rows: QuerySet, field: str, **counts: Count) -> QuerySet:
    return rows.order_by().values(field).annotate(**counts).values_list(field, *counts)
