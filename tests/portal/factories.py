"""A small world of answers and promises, made row by row so that each figure can be counted by hand."""

from datetime import date, datetime

from dialogue.actions.queue import publish_text
from dialogue.models import Answer, Commitment, Rating, Thread
from taar.organizations.models import Duty, Organization, Post
from taar.places.calendars import calendar_for
from tests.dialogue.factories import NOW, make_body, make_person, new_thread

SUNDAY = date(2026, 11, 1)
TODAY = date(2026, 11, 22)


def asked_thread(body: Organization | None = None, *, began: date = SUNDAY, due: date = date(2026, 11, 15)) -> Thread:
    """An open thread whose answer clock began on a day and ends on another."""
    thread = new_thread(organization=body or make_body())
    publish_text(thread, at=NOW)
    Thread.objects.filter(pk=thread.pk).update(clock_from_on=began, due_on=due)
    thread.refresh_from_db()
    return thread


def answered_thread(body: Organization | None = None, *, on: date, **over) -> Answer:
    """A thread that was answered on a day, and its answer."""
    thread = asked_thread(body, **over)
    at = moment(on)
    body = thread.organization
    post = Post.objects.filter(organization=body).with_duty(Duty.ANSWER).first()
    calendar = calendar_for(thread.place)
    answer = Answer.objects.create(
        working_days=calendar.between(thread.clock_from_on, on),
        term_days=calendar.between(thread.clock_from_on, thread.due_on),
        thread=thread,
        organization=body,
        post=post,
        drafted_by=make_person(),
        checked_by=make_person(),
        status=Answer.Status.PUBLISHED,
        decision=Answer.Decision.ACCEPTED,
        summary="سالن از این هفته باز است.",
        text="سالن از این هفته هر روز عصر باز است.",
        drafted_at=at,
        checked_at=at,
        published_at=at,
    )
    Thread.objects.filter(pk=thread.pk).update(answer_state=Thread.Answering.ANSWERED, answered_at=at)
    thread.refresh_from_db()
    return answer


def promise(answer: Answer, status: str = "promised", *, due: date = date(2026, 12, 1), **over) -> Commitment:
    """A promise of an answer, as it stands."""
    done = {"claimed_at": NOW} if status in ("claimed", "confirmed", "disputed") else {}
    settled = {"settled_at": NOW} if status in ("confirmed", "disputed", "dropped") else {}
    dropped = {"drop_reason": "بودجه نرسید"} if status == "dropped" else {}
    fields = {"text": "سالن را تعمیر می‌کنیم", "promised_at": answer.published_at, **done, **settled, **dropped} | over
    return Commitment.objects.create(
        thread=answer.thread, answer=answer, organization=answer.organization, status=status, due_on=due, **fields
    )


def rate(answer: Answer, *satisfied: bool) -> None:
    """What people said of an answer."""
    for good in satisfied:
        Rating.objects.create(answer=answer, person=make_person(), satisfied=good, by_author=False, at=NOW)


def moment(day: date) -> datetime:
    """Noon in Tehran of a day."""
    return NOW.replace(year=day.year, month=day.month, day=day.day, hour=8, minute=30)
