"""An answer that is owed reminds its official, then climbs; a body without an answering official raises an alarm."""

from datetime import date, datetime

from django.db import transaction
from django.urls import reverse

from dialogue import notices
from dialogue.actions.claims import change_thread, names_of, record_act
from dialogue.answer_clock import REOPENED_LATE, STEPS, steps_due
from dialogue.models import Alarm, Reminder, Thread
from taar.journal.actions import record
from taar.lib.jalali import local_day
from taar.notifications.actions import tell
from taar.organizations.models import Duty, Organization, Post
from taar.organizations.queries import holder_of, holders, unanswering_organizations
from taar.places import calendars

AUDIENCES = STEPS | {REOPENED_LATE: "deputy"}


def remind_of_answers(at: datetime) -> int:
    """Tell each step of each running clock once: to the official, the head, the deputy governor, the board."""
    today = local_day(at)
    owed = Thread.objects.open().filter(answer_state__in=Thread.OWED, clock_from_on__lt=today)
    owed = list(owed.select_related("place", "extension").prefetch_related("reminders"))
    by_place = calendars.calendars_for({thread.place for thread in owed})
    return sum(_remind(thread, _pending(thread, by_place[thread.place_id], today), at=at) for thread in owed)


def _pending(thread: Thread, calendar, today: date) -> list[int]:
    if thread.answer_state == Thread.Answering.DISPUTED:
        late = thread.is_late(today) and not any(told.step == REOPENED_LATE for told in thread.reminders.all())
        return [REOPENED_LATE] if late else []
    extension = getattr(thread, "extension", None)
    days = calendar.between(thread.clock_from_on, today)
    told = {reminder.step for reminder in thread.reminders.all()}
    return [step for step in steps_due(days, extended_by=extension.days if extension else 0) if step not in told]


@transaction.atomic
def _remind(thread: Thread, steps: list[int], *, at: datetime) -> int:
    """Claim the thread and tell the steps that nobody has told; who is named twice hears of the later one."""
    if not steps:
        return 0
    rows = Thread.objects.open().filter(pk=thread.pk, answer_state__in=Thread.OWED)
    fresh = rows.select_for_update(skip_locked=True).first()
    if fresh is None:
        return 0
    told = set(fresh.reminders.values_list("step", flat=True))
    new = [step for step in steps if step not in told]
    Reminder.objects.bulk_create(Reminder(thread=fresh, step=step, at=at) for step in new)
    last_of = {AUDIENCES[step]: step for step in new}
    for audience, step in last_of.items():
        _tell_step(fresh, audience, step, at=at)
    return len(new)


def _tell_step(thread: Thread, audience: str, step: int, *, at: datetime) -> None:
    kind = notices.ANSWER_DUE if audience == "official" else notices.ANSWER_LATE
    facts = {"code": thread.code, "due_on": thread.due_on.isoformat(), "body": names_of(thread.organization)}
    desk = reverse("office_thread", args=[thread.code])
    url = desk if audience in ("official", "head") else thread.get_absolute_url()
    tell(_audience(audience, thread, local_day(at)), kind, at=at, url=url, facts=facts)
    if audience != "official":
        change_thread(thread)
        record_act("escalate_thread", thread, by=None, at=at, to=audience, step=step, due_on=thread.due_on)


def _audience(audience: str, thread: Thread, day: date) -> list:
    if audience == "board":
        return [holding.person for holding in holders(Duty.GOVERNOR, day)]
    head = Post.objects.with_duty(Duty.HEAD).filter(organization=thread.organization).select_related("higher").first()
    if audience == "official":
        owner = holder_of(thread.owner_post, day) if thread.owner_post else None
        return [owner.person] if owner else [h.person for h in holders(Duty.ANSWER, day, thread.organization)]
    post = head if audience == "head" else head and head.higher
    holding = holder_of(post, day) if post else None
    return [holding.person] if holding else []


def alarm_of_empty_posts(at: datetime) -> int:
    """Tell the secretariat once of a body that owes answers and has nobody to give them; the alarm ends by itself."""
    day = local_day(at)
    empty = {body.pk: body for body in unanswering_organizations(day)}
    owing = set(Thread.objects.awaiting_answer().values_list("organization_id", flat=True))
    alarming = {key: body for key, body in empty.items() if key in owing}
    ended = Alarm.objects.filter(ended_at__isnull=True).exclude(organization__in=alarming).update(ended_at=at)
    return ended + sum(_alarm(body, at=at) for body in alarming.values())


@transaction.atomic
def _alarm(body: Organization, *, at: datetime) -> int:
    locked = Organization.objects.select_for_update().get(pk=body.pk)
    if Alarm.objects.filter(organization=locked, ended_at__isnull=True).exists():
        return 0
    Alarm.objects.create(organization=locked, began_at=at)
    record("raise_alarm", f"organization:{body.code}", by=None, at=at)
    secretariat = [holding.person for holding in holders(Duty.SECRETARIAT, local_day(at))]
    url = reverse("office")
    tell(secretariat, notices.POST_EMPTY, at=at, url=url, facts={"body": names_of(body)})
    return 1
