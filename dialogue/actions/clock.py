"""The answer clock of a thread: when it begins, what its thresholds ask, and until when an answer is due."""

from datetime import date, datetime, timedelta

from django.db.models import F
from django.urls import reverse

from dialogue import notices
from dialogue import numbers as n
from dialogue.answer_clock import Terms, answer_due, owner_due, supports_needed
from dialogue.models import Kind, Thread, Transfer
from dialogue.models.publication import OPEN
from taar.lib.jalali import local_day
from taar.lib.numbers import value
from taar.notifications.actions import tell
from taar.organizations.models import Duty
from taar.organizations.queries import holders
from taar.places import calendars

RECOUNTED_FOR = timedelta(days=1)


def begin_clock_if_due(thread: Thread, *, at: datetime) -> None:
    """Begin the answer clock of an open thread: a question at once, others when enough verified residents join."""
    thread.refresh_from_db()
    if thread.publication not in OPEN:
        return
    if thread.clock_from_on is not None:
        note_higher_thresholds(thread, at=at)
        return
    today = local_day(at)
    reached = thread.kind == Kind.QUESTION or thread.verified_count >= needed_supports(thread, today)
    if not reached:
        return
    terms, add = terms_now(), calendars.calendar_for(thread.place).add
    due_on = answer_due(today, terms, add)
    began = Thread.objects.filter(pk=thread.pk, clock_from_on__isnull=True).update(
        clock_from_on=today, due_on=due_on, threshold_at=at, version=F("version") + 1
    )
    if began:
        thread.refresh_from_db()
        facts = {"code": thread.code, "due_on": due_on.isoformat()}
        followers = [follow.person for follow in thread.follows.select_related("person")]
        tell(followers, notices.THRESHOLD_REACHED, at=at, url=thread.get_absolute_url(), facts=facts)
        _ask_for_owner(thread, owner_due(today, terms, add), at=at)


def _ask_for_owner(thread: Thread, until: date, *, at: datetime) -> None:
    body = thread.organization
    officers = [holding.person for holding in holders(Duty.ANSWER, local_day(at), body)]
    names = {"fa": body.name_fa, "ar": body.name_ar, "en": body.name_en}
    facts = {"code": thread.code, "body": names, "due_on": until.isoformat()}
    tell(officers, notices.OWNER_DUE, at=at, url=reverse("office_thread", args=[thread.code]), facts=facts)


def note_higher_thresholds(thread: Thread, *, at: datetime) -> None:
    """Note the moments of T2 and T3, which stay when supports are lost again, and tell who answers from then on."""
    today = local_day(at)
    desk = reverse("office_thread", args=[thread.code])
    noted = Thread.objects.filter(pk=thread.pk, verified_count__gte=value(n.SECOND_THRESHOLD))
    if noted.filter(second_threshold_at__isnull=True).update(second_threshold_at=at, version=F("version") + 1):
        heads = [holding.person for holding in holders(Duty.HEAD, today, thread.organization)]
        secretariat = [holding.person for holding in holders(Duty.SECRETARIAT, today)]
        tell(heads + secretariat, notices.HEAD_ANSWERS, at=at, url=desk, facts={"code": thread.code})
    if thread.third_threshold_at or thread.verified_count < value(n.THIRD_THRESHOLD):
        return
    due_on = calendars.calendar_for(thread.place).add(today, value(n.BOARD_DAYS))
    unnoted = Thread.objects.filter(pk=thread.pk, third_threshold_at__isnull=True)
    if unnoted.update(third_threshold_at=at, board_due_on=due_on, version=F("version") + 1):
        board = [holding.person for holding in holders(Duty.GOVERNOR, today)]
        facts = {"code": thread.code, "due_on": due_on.isoformat()}
        tell(board, notices.BOARD_ANSWERS, at=at, url=desk, facts=facts)


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
        reopened_days=value(n.REOPENED_DAYS),
    )


def answer_term(thread: Thread, today: date) -> tuple[int | None, int | None]:
    """How many working days an answer given today took, of how many; nothing where no clock runs."""
    if thread.clock_from_on is None:
        return None, None
    between = calendars.calendar_for(thread.place).between
    if thread.answer_state == Thread.Answering.DISPUTED:
        began, due_on = local_day(thread.reopened_at), thread.due_on
    else:
        began, due_on = thread.clock_from_on, thread.due_on
    return between(began, today), between(began, due_on)


def due_day(thread: Thread, terms: Terms, add) -> date:
    """The last day of the answer that a thread is owed now, by a calendar."""
    if thread.answer_state == Thread.Answering.DISPUTED:
        return add(local_day(thread.reopened_at), terms.reopened_days)
    extension = getattr(thread, "extension", None)
    return answer_due(thread.clock_from_on, terms, add, extended_by=extension.days if extension else 0)


def recount_due_dates(at: datetime) -> int:
    """Count the due days of owed answers again after a closure or holiday changed; returns how many moved.

    It looks at changes of the last day and is safe to run twice.
    """
    changed_at = calendars.changed_at()
    if changed_at is None or changed_at < at - RECOUNTED_FOR:
        return 0
    owed = list(Thread.objects.awaiting_answer().select_related("place", "extension"))
    board = list(Thread.objects.open().filter(board_due_on__isnull=False).select_related("place"))
    asked = list(Transfer.objects.filter(silent_until_on__isnull=False).open().select_related("thread__place"))
    places = {thread.place for thread in (*owed, *board)} | {transfer.thread.place for transfer in asked}
    by_place = calendars.calendars_for(places)
    terms, board_days, answer_within = terms_now(), value(n.BOARD_DAYS), value(n.TRANSFER_DAYS)
    moved = 0
    for thread in owed:
        moved += _move(thread, due_on=due_day(thread, terms, by_place[thread.place_id].add))
    for thread in board:
        day = by_place[thread.place_id].add(local_day(thread.third_threshold_at), board_days)
        moved += _move(thread, board_due_on=day)
    for transfer in asked:
        day = by_place[transfer.thread.place_id].add(local_day(transfer.asked_at), answer_within)
        moved += _move_silence(transfer, day)
    return moved


def _move_silence(transfer: Transfer, day: date) -> int:
    """Move the day on which silence accepts; the thread's page names it, so its kept pages are stale too."""
    open_wish = Transfer.objects.open().filter(pk=transfer.pk)
    moved = open_wish.exclude(silent_until_on=day).update(silent_until_on=day)
    if moved:
        Thread.objects.filter(pk=transfer.thread_id).update(version=F("version") + 1)
    return moved


def _move(thread: Thread, **day: date) -> int:
    """Write a day unless somebody has changed it, or it stands so already."""
    before = {name: getattr(thread, name) for name in day}
    same = Thread.objects.filter(pk=thread.pk, **before).exclude(**day)
    return same.update(**day, version=F("version") + 1)
