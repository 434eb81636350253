"""Reads of answers and promises for the pages that everybody sees."""

from datetime import datetime

from django.db.models import BooleanField, Count, F, OuterRef, Q, QuerySet, Subquery, Value

from dialogue.actions.ratings import closes_at
from dialogue.models import Answer, Commitment, CommitmentReply, Rating, Thread
from taar.lib.jalali import local_day

NOTHING = Value(None, output_field=BooleanField())


def answering_of(thread: Thread, person, *, at: datetime) -> dict:
    """What a thread's page says of its answer: steps, who owes what until when, answers, promises, the way it went."""
    today = local_day(at)
    answers = list(answers_of(thread, person)) if thread.answered_at and thread.is_open else []
    for answer in answers:
        answer.can_be_rated = at < closes_at(answer)
    promises = list(promises_of(thread, person)) if answers else []
    for promise in promises:
        promise.late = promise.is_late(today)
    open_promises = [promise for promise in promises if promise.status in Commitment.OPEN]
    moves = thread.transfers.select_related("sender", "receiver").order_by("asked_at", "pk")
    return {
        "today": today,
        "late": thread.is_late(today),
        "answers": answers,
        "promises": promises,
        "next_promise": min(open_promises, key=lambda promise: promise.due_on, default=None),
        "transfers": list(moves) if thread.transfer_count else [],
        "steps": steps_of(thread, promises),
    }


def answers_of(thread: Thread, person) -> QuerySet:
    """The published answers of a thread, oldest first, with how they were rated and the reader's own rating."""
    own = NOTHING
    if person.is_authenticated:
        own = Subquery(Rating.objects.filter(answer=OuterRef("pk"), person=person).values("satisfied")[:1])
    rows = thread.answers.published().select_related("post", "organization")
    yes = Count("ratings", filter=Q(ratings__satisfied=True))
    return rows.annotate(rated=Count("ratings"), rated_yes=yes, own_rating=own).order_by("published_at", "pk")


def promises_of(thread: Thread, person) -> QuerySet:
    """The promises of a thread with their notes, and what was replied to the newest claim."""
    own = NOTHING
    if person.is_authenticated:
        own = Subquery(
            CommitmentReply.objects.filter(commitment=OuterRef("pk"), person=person, claim=OuterRef("claims")).values(
                "kept"
            )[:1]
        )
    now = Q(replies__claim=F("claims"))
    rows = Commitment.objects.promised().filter(thread=thread)
    rows = rows.select_related("organization", "partner").prefetch_related("notes")
    counts = {
        "replied": Count("replies", filter=now),
        "replied_yes": Count("replies", filter=now & Q(replies__kept=True)),
    }
    return rows.annotate(**counts, own_reply=own).order_by("due_on", "pk")


def readable_answers() -> QuerySet:
    """Published answers of threads that everybody reads whole."""
    return (
        Answer.objects.published()
        .filter(thread__in=Thread.objects.open())
        .select_related("post", "organization", "thread__place__county", "thread__organization")
    )


def steps_of(thread: Thread, promises: list[Commitment] = ()) -> list[tuple[str, str]]:
    """The five steps of a matter: each with "past", "now" or nothing.

    A disputed answer is not given yet; where an answer promises nothing, the matter rests after it.
    """
    answered = thread.answer_state not in Thread.OWED
    alive = [promise for promise in promises if promise.status != Commitment.Status.DROPPED]
    kept = bool(alive) and all(promise.status == Commitment.Status.CONFIRMED for promise in alive)
    reached = [
        thread.published_at is not None,
        thread.clock_from_on is not None or thread.answered_at is not None,
        answered,
        answered and bool(alive),
        answered and kept,
    ]
    rests = all(reached) or (answered and not alive)
    now = -1 if rests else reached.index(False)
    marks = ["past" if done else "now" if place == now else "" for place, done in enumerate(reached)]
    return list(zip(("registered", "asked", "answer", "commitment", "kept"), marks, strict=True))
