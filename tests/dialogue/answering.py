"""A body with all its posts and a thread that is owed an answer, for the tests of answering."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dialogue.actions.answers import check_answer, draft_answer, publish_answer
from dialogue.actions.queue import publish_text
from dialogue.actions.threads import support_thread
from dialogue.models import Answer, Kind, Thread
from taar.organizations.models import Duty, Organization, Post
from taar.places.actions import declare_closure
from tests.dialogue.factories import NOW, hold, make_person, new_thread

REASON = "این کار به بررسی فنی بیشتری نیاز دارد."
WORDS = {
    "decision": "accepted",
    "study_until_on": None,
    "summary": "سالن دو عصر باز می‌شود.",
    "text": "از نیمهٔ آذر، سالن یکشنبه و سه‌شنبه عصر باز است.",
    "next_step": "",
    "next_step_on": None,
    "letter_number": "۱۴۰۵/۱۲۳",
}


@dataclass
class Office:
    """A body, who answers, who checks, who heads it, and its posts."""

    body: Organization
    officer: object
    checker: object
    head: object
    answering: Post
    heading: Post


def make_office(code: str = "SPORT", *, higher: Post | None = None) -> Office:
    """A body whose answering, checking and heading posts are held by three people."""
    body = Organization.objects.create(code=code, kind="ministry_dg", name_fa=f"دستگاه {code}", answers_dialogue=True)
    heading = Post.objects.create(
        organization=body, code=f"{code}-HEAD", title_fa="رئیس", duties=[Duty.HEAD], higher=higher
    )
    answering = Post.objects.create(
        organization=body, code=f"{code}-ANSWER", title_fa="معاون", duties=[Duty.ANSWER], higher=heading
    )
    checking = Post.objects.create(
        organization=body, code=f"{code}-CHECK", title_fa="بازبین پاسخ", duties=[Duty.CHECK], higher=heading
    )
    people = [make_person() for _ in range(3)]
    for post, person in zip((answering, checking, heading), people, strict=True):
        hold(post, person)
    return Office(body, *people, answering, heading)


def make_keeper(duty: str, code: str = "OSTAN-PSD"):
    """Who holds a post of the governor's office for a duty."""
    body, _made = Organization.objects.get_or_create(code=code, defaults={"kind": "governor", "name_fa": "استانداری"})
    post = Post.objects.create(organization=body, code=f"{code}-{duty}", title_fa="دبیر", duties=[duty])
    person = make_person()
    hold(post, person)
    return person


def owed_thread(office: Office, author=None, **over) -> Thread:
    """A question, to which an answer is due from its publication on."""
    thread = new_thread(author, organization=office.body, kind=Kind.QUESTION, **over)
    publish_text(thread, at=NOW)
    return thread


def working_moment(days: int) -> datetime:
    """A moment on the n-th working day of a clock that began at NOW, a Sunday (Thursday and Friday are off)."""
    moment = NOW
    while days:
        moment += timedelta(days=1)
        days -= moment.weekday() not in (3, 4)
    return moment


def drafted(thread: Thread, office: Office, *, at: datetime = NOW, ready: bool = True, **over) -> Answer:
    """An answer in hand by the officer."""
    return draft_answer(thread, by=office.officer, at=at, ready=ready, **(WORDS | over))


def checked(thread: Thread, office: Office, *, at: datetime = NOW, **over) -> Answer:
    """The same, read by the second person."""
    answer = drafted(thread, office, at=at, **over)
    return check_answer(answer, by=office.checker, at=at, revision=answer.revision)


def answered(thread: Thread, office: Office, *, at: datetime = NOW, **over) -> Answer:
    """The same, published."""
    return publish_answer(checked(thread, office, at=at, **over), by=office.officer, at=at)


def promise(due_on: date, text: str = "گشایش دو نوبت عصر") -> dict:
    """A promise as a draft names it."""
    return {"text": text, "due_on": due_on}


def supporters(thread: Thread, count: int, *, at: datetime = NOW) -> list:
    """Verified residents who stand behind a thread."""
    people = [make_person() for _ in range(count)]
    for person in people:
        support_thread(thread, by=person, at=at)
    thread.refresh_from_db()
    return people


def close_offices(place, day: date, *, at: datetime = NOW):
    """A day of dust on which the offices of a place are closed."""
    return declare_closure(
        by_label="OFFICE 1", at=at, from_on=day, until_on=day, cause="dust", reason="گرد و غبار", places=[place]
    )
