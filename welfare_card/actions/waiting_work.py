"""Work that waits as rows: lists to read and write, batches to settle, free places to give, terms to recount."""

from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef

from taar.lib.jalali import local_day
from taar.lib.numbers import value
from taar.places.calendars import calendars_for, changed_at
from taar.places.models import Place
from welfare_card.actions.decisions import settle_batch
from welfare_card.actions.import_writing import write_step
from welfare_card.actions.imports import read_import
from welfare_card.actions.quotas import admit_waiting
from welfare_card.models import Application, ApprovalBatch, ImportRun, Member, Quota
from welfare_card.numbers import ANSWER_DAYS

# Steps of one run of a sweep, so that other sweeps get their turn.
STEPS = 10
BATCH_STEP = 500
# A change of the calendar is seen by the first run after it, also by one that was late.
LOOKED_BACK = timedelta(hours=1)


def advance_imports(at: datetime) -> int:
    """Lists that were brought are read and checked; those let in are written, some thousand rows a run."""
    rows = 0
    for run in ImportRun.objects.filter(status=ImportRun.Status.RECEIVED).order_by("pk"):
        rows += read_import(run, at=at).rows
    for run in ImportRun.objects.filter(status=ImportRun.Status.WRITING).order_by("pk")[:1]:
        for _step in range(STEPS):
            written = write_step(run, at=at)
            rows += written
            if not written:
                break
    return rows


def settle_batches(at: datetime) -> int:
    """Confirmed batches that are too long for one request are settled step by step."""
    settled = 0
    for batch in ApprovalBatch.objects.filter(status=ApprovalBatch.Status.CONFIRMING).order_by("pk"):
        for _step in range(STEPS):
            done = settle_batch(batch, at=at, size=BATCH_STEP)
            settled += done
            if done < BATCH_STEP:
                break
    return settled


def admit_waiting_lists(at: datetime) -> int:
    """Where a quota has free places, the waiting list moves."""
    waiting = Member.objects.filter(
        plan=OuterRef("plan"), application__county=OuterRef("county"), status=Member.Status.WAITING
    )
    free = Quota.objects.filter(Exists(waiting), taken__lt=F("places"))
    return sum(admit_waiting(quota, at=at) for quota in free)


def recount_answer_days(at: datetime) -> int:
    """When a closure, a holiday or the weekend changed, running terms are counted again by the place.s calendar."""
    changed = changed_at()
    if changed is None or changed < at - LOOKED_BACK:
        return 0
    rows = Application.objects.waiting_for_us().filter(due_on__gte=local_day(at))
    places = Place.objects.filter(pk__in=rows.values("place"))
    calendars = calendars_for(places)
    recounted = 0
    for key, place, sent, due in rows.values_list("pk", "place_id", "submitted_at", "due_on").iterator():
        right = calendars[place].add(local_day(sent), value(ANSWER_DAYS))
        if right > due:  # a term never gets shorter than what the family was told
            recounted += Application.objects.filter(pk=key, due_on=due).update(due_on=right)
    return recounted
