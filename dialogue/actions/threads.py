"""Start a thread, stand behind it, follow it."""

import uuid
from datetime import datetime

from django.db import connection, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from dialogue.actions.attachments import attach_kept
from dialogue.actions.clock import begin_clock_if_due
from dialogue.actions.limits import claim_turn, refuse_too_many_supports, refuse_too_many_threads
from dialogue.actions.queue import hold_or_publish
from dialogue.actions.search import index_thread
from dialogue.actions.storms import state_of_support
from dialogue.models import Follow, Publication, Support, Thread
from dialogue.models.publication import OPEN
from dialogue.queries.switches import refuse_supports, refuse_when_closed
from taar.lib.jalali import local_day, to_jalali
from taar.lib.persian import clean_line, clean_text
from taar.lib.refusals import Refused
from taar.organizations.queries import can_be_asked
from taar.people.actions import pseudonym_for


@transaction.atomic
def start_thread(*, by, at: datetime, place, organization, title: str, body: str, once: uuid.UUID, **about) -> Thread:
    """Start a thread at a body that can be asked; the same form sent twice is one thread."""
    claim_turn(by, at=at)
    same = Thread.objects.filter(once=once, author=by).first()
    if same:
        return same
    refuse_when_closed(at=at, place=place, axis=about["axis"])
    refuse_too_many_threads(by, at=at)
    if not can_be_asked(organization, local_day(at)):
        raise Refused(_("This body has nobody in its answering post now and cannot be asked."), field="organization")
    thread = Thread.objects.create(
        code=_next_code(at),
        once=once,
        author=by,
        author_name=pseudonym_for(by, place).name,
        place=place,
        organization=organization,
        title=clean_line(title),
        body=clean_text(body),
        started_at=at,
        **about,
    )
    index_thread(thread)
    attach_kept(thread)
    follow_thread(thread, by=by, at=at)
    hold_or_publish(thread, by=by, at=at)
    return thread


@transaction.atomic
def support_thread(thread: Thread, *, by, at: datetime, network: bytes | None = None) -> bool:
    """Stand behind a thread once; False when the person already did. Enough verified residents start the clock."""
    claim_turn(by, at=at)
    refuse_supports(at)
    open_now = Thread.objects.select_for_update(no_key=True).filter(pk=thread.pk, publication__in=OPEN).first()
    if open_now is None:
        raise Refused(_("This thread is not open now, so nobody can join it."))
    if open_now.author_id == by.pk:
        raise Refused(_("You stand behind your own thread already."))
    if Support.objects.filter(thread=thread, person=by).exists():
        return False
    refuse_too_many_supports(by, at=at)
    verified = by.is_verified_resident
    state = state_of_support(open_now, network, at=at)
    Support.objects.create(thread=open_now, person=by, verified=verified, at=at, state=state, network=network)
    if state == Support.State.HELD:
        return True
    _count(open_now, support_count=1, verified_count=int(verified))
    if verified:
        begin_clock_if_due(open_now, at=at)
    return True


@transaction.atomic
def withdraw_support(thread: Thread, *, by, at: datetime) -> bool:
    """Stand behind a thread no longer; False when the person did not."""
    if Thread.objects.select_for_update(no_key=True).get(pk=thread.pk).publication == Publication.MERGED:
        raise Refused(_("This thread is united with another: please say there that you no longer stand behind it."))
    support = Support.objects.filter(thread=thread, person=by).exclude(state=Support.State.REMOVED).first()
    if support is None:
        return False
    support.delete()
    if support.state == Support.State.COUNTED:
        _count(thread, support_count=-1, verified_count=-int(support.verified))
    return True


@transaction.atomic
def follow_thread(thread: Thread, *, by, at: datetime) -> bool:
    """Be told what happens on a thread; False when the person is already."""
    return Follow.objects.get_or_create(thread=thread, person=by, defaults={"at": at})[1]


@transaction.atomic
def unfollow_thread(thread: Thread, *, by, at: datetime) -> bool:
    """Be told no longer; False when the person was not."""
    return bool(Follow.objects.filter(thread=thread, person=by).delete()[0])


def _count(thread: Thread, **steps: int) -> None:
    changes = {name: F(name) + step for name, step in steps.items()}
    Thread.objects.filter(pk=thread.pk).update(version=F("version") + 1, **changes)


def _next_code(at: datetime) -> str:
    """KHZ, the Jalali year, and a number that is never given twice."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('dialogue_thread_number')")
        (number,) = cursor.fetchone()
    return f"KHZ-{to_jalali(local_day(at)).year}-{number:06d}"
