"""The answer clock of a thread: when it begins, and until when an answer is due."""

from datetime import date, datetime, timedelta

from django.db.models import F

from dialogue import notices
from dialogue import numbers as n
from dialogue.answer_clock import Terms, answer_due, supports_needed
from dialogue.models import Kind, Thread
from dialogue.models.publication import OPEN
from taar.lib.jalali import local_day
from taar.lib.numbers import value
from taar.notifications.actions import tell
from taar.places import calendars

RECOUNTED_FOR = timedelta(days=1)


def begin_clock_if_due(thread: Thread, *, at: datetime) -> None:
    """Begin the answer clock of an open thread: a question at once, others when enough verified residents join."""
    thread.refresh_from_db()
    if thread.publication not in OPEN or thread.clock_from_on is not None:
        return
    today = local_day(at)
    reached = thread.kind == Kind.QUESTION or thread.verified_count >= needed_supports(thread, today)
    if not reached:
        return
    due_on = answer_due(today, terms_now(), calendars.calendar_for(thread.place).add)
    began = Thread.objects.filter(pk=thread.pk, clock_from_on__isnull=True).update(
        clock_from_on=today, due_on=due_on, threshold_at=at, version=F("version") + 1
    )
    if began:
        thread.refresh_from_db()
        facts = {"code": thread.code, "due_on": due_on.isoformat()}
        followers = [follow.person for follow in thread.follows.select_related("person")]
        tell(followers, notices.THRESHOLD_REACHED, at=at, url=thread.get_absolute_url(), facts=facts)


def needed_supports(thread: Thread, day: date) -> int:
    """How many verified residents make an answer on this thread due."""
    place = thread.place
    return supports_needed(place.population, underserved=place.underserved_on(day), terms=terms_now())


def terms_now() -> Terms:
    """The clock's numbers as they stand."""
    return Terms(
        owner_days=value(n.OWNER_DAYS),
        answer_days=value(n.ANSWER_DAYS),
        share=value(n.THRESHOLD_SHARE),
        least=value(n.THRESHOLD_LEAST),
        most=value(n.THRESHOLD_MOST),
        underserved_least=value(n.UNDERSERVED_LEAST),
    )


def recount_due_dates(at: datetime) -> int:
    """Count the due days of owed answers again after a closure or holiday changed; returns how many moved.

    It looks at changes of the last day and is safe to run twice.
    """
    changed_at = calendars.changed_at()
    if changed_at is None or changed_at < at - RECOUNTED_FOR:
        return 0
    owed = list(Thread.objects.awaiting_answer().select_related("place", "extension"))
    by_place = calendars.calendars_for({thread.place for thread in owed})
    terms = terms_now()
    moved = 0
    for thread in owed:
        extension = getattr(thread, "extension", None)
        add = by_place[thread.place_id].add
        due_on = answer_due(thread.clock_from_on, terms, add, extended_by=extension.days if extension else 0)
        moved += (
            Thread.objects.filter(pk=thread.pk, due_on=thread.due_on)
            .exclude(due_on=due_on)
            .update(due_on=due_on, version=F("version") + 1)
        )
    return moved
