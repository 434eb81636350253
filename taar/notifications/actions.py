"""Verbs of telling people: first a row, later its delivery."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from taar.lib.numbers import value
from taar.notifications import kinds
from taar.notifications.models import Delivery, Notification, Preference
from taar.notifications.numbers import QUIET_FROM, QUIET_UNTIL
from taar.notifications.quiet_hours import first_allowed

BATCH = 500


@transaction.atomic
def tell(
    people: Iterable[Any],
    kind: str,
    *,
    at: datetime,
    url: str,
    facts: Mapping[str, Any] | None = None,
    own: bool = False,
) -> int:
    """Tell each person once: a notice in the list, and deliveries by the ways the kind and the person allow.

    `url` is a path of ours, `facts` public words for the sentence; `own` lifts the week's limit, not the night's.
    """
    declared = kinds.kind_of(kind)
    unique = {person.pk: person for person in people if person is not None and person.is_active}
    persons = list(unique.values())
    for start in range(0, len(persons), BATCH):
        _tell_batch(persons[start : start + BATCH], declared, at=at, url=url, facts=dict(facts or {}), own=own)
    return len(persons)


@transaction.atomic
def read_notice(notice: Notification, *, by: Any, at: datetime) -> bool:
    """A person marks their own notice as read; False when it was read already."""
    return bool(Notification.objects.visible_to(by).unread().filter(pk=notice.pk).update(read_at=at))


@transaction.atomic
def read_notices(*, by: Any, at: datetime) -> int:
    """A person marks all their notices as read."""
    return Notification.objects.visible_to(by).unread().update(read_at=at)


@transaction.atomic
def choose_ways(*, by: Any, at: datetime, sms: bool, email: bool) -> Preference:
    """A person chooses how to be told; what waits on a way they closed is not sent."""
    preference, _made = Preference.objects.update_or_create(person_id=by.pk, defaults={"sms": sms, "email": email})
    closed = [way for way, wanted in ((Delivery.Channel.SMS, sms), (Delivery.Channel.EMAIL, email)) if not wanted]
    waiting = Delivery.objects.filter(notification__person_id=by.pk, channel__in=closed, state=Delivery.State.WAITING)
    waiting.update(state=Delivery.State.DROPPED, reason="the person closed this way")
    return preference


def _tell_batch(people: list, kind: kinds.NoticeKind, *, at: datetime, url: str, facts: dict, own: bool) -> None:
    chosen = {row.person_id: row for row in Preference.objects.filter(person_id__in=[person.pk for person in people])}
    notices = Notification.objects.bulk_create(
        Notification(person=person, kind=kind.name, url=url, facts=facts, own=own, created_at=at) for person in people
    )
    deliveries = []
    for person, notice in zip(people, notices, strict=True):
        ways = _ways(person, kind, chosen.get(person.pk))
        deliveries += [_delivery(notice, channel, at) for channel in ways]
    Delivery.objects.bulk_create(deliveries)


def _ways(person: Any, kind: kinds.NoticeKind, chosen: Preference | None) -> list[str]:
    """A phone that was confirmed gets kinds that have a text for phones; a mailbox gets kinds that go to mailboxes."""
    ways = []
    if kind.sms and person.phone_verified_at and (chosen is None or chosen.sms):
        ways.append(Delivery.Channel.SMS)
    if kind.email and person.email and (chosen is None or chosen.email):
        ways.append(Delivery.Channel.EMAIL)
    return ways


def _delivery(notice: Notification, channel: str, at: datetime) -> Delivery:
    not_before = at
    if channel == Delivery.Channel.SMS:
        not_before = first_allowed(at, value(QUIET_FROM), value(QUIET_UNTIL))
    return Delivery(notification=notice, channel=channel, not_before=not_before)
