"""Carry waiting deliveries: claim in a short transaction, send outside of it, mark by compare-and-set."""

import logging
from collections import Counter
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db import connection, transaction
from django.utils.translation import override

from taar.lib.numbers import value
from taar.notifications import kinds
from taar.notifications.models import Delivery
from taar.notifications.numbers import ATTEMPTS, QUIET_FROM, QUIET_UNTIL, SMS_A_WEEK
from taar.notifications.quiet_hours import is_quiet
from taar.people.sms import send_text

State, Channel = Delivery.State, Delivery.Channel
BATCH = 50
LEASE = timedelta(minutes=5)
WEEK = timedelta(days=7)
# What could not be sent for so long is no news any more; the notice stays in the list.
STALE = timedelta(days=3)
# One claimer at a time, or two could each find room for the last message of a person's week.
CLAIM_LOCK = 7416611
log = logging.getLogger(__name__)


def deliver_waiting(at: datetime) -> int:
    """Send what is due, batch by batch; safe to run twice and in parallel. Tells how many went out."""
    sent = 0
    while True:
        claimed, seen = _claim(at)
        sent += sum(_carry(delivery, at) for delivery in claimed)
        if seen < BATCH:
            return sent


@transaction.atomic
def _claim(at: datetime) -> tuple[list[Delivery], int]:
    """Lease up to a batch of due deliveries; those over the week's limit or stale are dropped with the reason."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CLAIM_LOCK])
    due = Delivery.objects.due(at).select_related("notification__person").order_by("id")
    if is_quiet(at, value(QUIET_FROM), value(QUIET_UNTIL)):
        due = due.exclude(channel=Channel.SMS)
    rows = list(due.select_for_update(skip_locked=True, of=("self",))[:BATCH])
    sent_this_week = _sms_this_week([row.notification.person_id for row in rows if row.channel == Channel.SMS], at)
    claimed = []
    for row in rows:
        reason = _why_not(row, sent_this_week, at)
        if reason:
            Delivery.objects.filter(pk=row.pk).update(state=State.DROPPED, lease_until=None, reason=reason)
            continue
        row.attempts += 1
        row.state, row.lease_until = State.SENDING, at + LEASE
        row.save(update_fields=["attempts", "state", "lease_until"])
        claimed.append(row)
    return claimed, len(rows)


def _why_not(row: Delivery, sent_this_week: Counter, at: datetime) -> str:
    """Why a delivery is not to be sent at all; a message to a phone that is sent counts in its week."""
    person = row.notification.person
    if not person.is_active:
        return "the account is closed"
    if row.notification.created_at < at - STALE:
        return "too old to be news"
    if row.channel == Channel.SMS and not row.notification.own and row.state == State.WAITING:
        if sent_this_week[person.pk] >= value(SMS_A_WEEK):
            return "the week's limit is reached"
        sent_this_week[person.pk] += 1
    return ""


def _sms_this_week(people: list[int], at: datetime) -> Counter:
    """Messages of the last seven days by person, sent or on their way, without those about their own threads."""
    rows = Delivery.objects.filter(channel=Channel.SMS, notification__own=False, notification__person_id__in=people)
    sent = rows.filter(state=State.SENT, sent_at__gt=at - WEEK)
    under_way = rows.filter(state=State.SENDING)
    persons = "notification__person_id"
    return Counter([*sent.values_list(persons, flat=True), *under_way.values_list(persons, flat=True)])


def _carry(delivery: Delivery, at: datetime) -> int:
    """Send one claimed delivery and mark it, unless its lease went to somebody else meanwhile."""
    mine = Delivery.objects.filter(pk=delivery.pk, state=State.SENDING, attempts=delivery.attempts)
    try:
        _send(delivery)
    except Exception as failure:  # whatever the carrier raises: the row waits for the next try
        log.warning("Delivery %s failed: %s", delivery.pk, type(failure).__name__)
        _mark_failed(delivery, at, type(failure).__name__)
        return 0
    return mine.update(state=State.SENT, sent_at=at, lease_until=None, reason="")


def _mark_failed(delivery: Delivery, at: datetime, reason: str) -> None:
    """Wait twice as long after each failure; give up after the house's number of attempts."""
    mine = Delivery.objects.filter(pk=delivery.pk, state=State.SENDING, attempts=delivery.attempts)
    if delivery.attempts >= value(ATTEMPTS):
        mine.update(state=State.FAILED, lease_until=None, reason=reason)
    else:
        later = at + timedelta(minutes=2**delivery.attempts)
        mine.update(state=State.WAITING, lease_until=None, not_before=later, reason=reason)


def _send(delivery: Delivery) -> None:
    """Words in the person's language and the address of the page; nothing else is told on the way."""
    notice = delivery.notification
    person = notice.person
    address = settings.SITE_URL.rstrip("/") + notice.url
    with override(person.language):
        if delivery.channel == Channel.SMS:
            send_text(person.phone, f"{kinds.sms_of(notice.kind, notice.facts, person.language)}\n{address}")
        else:
            title = kinds.title_of(notice.kind, notice.facts, person.language)
            send_mail(" ".join(title.split()), f"{title}\n\n{address}\n", None, [person.email])


SWEEPS = {"deliver_waiting": (deliver_waiting, 15)}
