"""Verbs of what is held for offline use: leases of a device (T2) and booked visits of a venue (T1)."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from taar.lib.jalali import day_start, local_day
from taar.lib.numbers import value
from taar.lib.refusals import Refused
from taar.organizations.models import Venue
from welfare_card.actions.transfers import held_account, id_of, locked, post_transfer
from welfare_card.models import Account, Device, Lease, RosterEntry, Transfer
from welfare_card.numbers import LEASE_DAYS, LEASE_VISITS
from welfare_card.queries.caps import has_room

BATCH = 200


@transaction.atomic
def open_lease(allowance: Account, *, device: Device, by: Any, at: datetime, visits: int | None = None) -> Lease:
    """Hold visits of an allowance for one device for some days; an allowance has one active lease at most."""
    most = value(LEASE_VISITS)
    visits = most if visits is None else visits
    allowance = locked(allowance)
    if not 1 <= visits <= most:
        raise Refused(_("A lease holds from 1 to %(most)s visits.") % {"most": most}, field="visits")
    if not Device.objects.filter(pk=device.pk, blocked_at=None, broken_at=None).exists():
        raise Refused(_("This device is blocked."))
    until_at = at + timedelta(days=value(LEASE_DAYS))
    try:
        with transaction.atomic():
            lease = Lease.objects.create(
                allowance=allowance, device=device, visits=visits, opened_at=at, until_at=until_at
            )
    except IntegrityError as taken:
        raise Refused(_("A device holds visits of this card already.")) from taken
    _hold(allowance, visits, id_of("lease", lease.pk), by=by, at=at)
    return lease


@transaction.atomic
def close_lease(lease: Lease, *, by: Any, at: datetime) -> Lease:
    """Give back what a lease did not use; only after its device has synced past the lease's end, or is blocked."""
    allowance = locked(lease.allowance)
    if not _ended(at).filter(pk=lease.pk).update(closed_at=at):
        raise Refused(_("This lease is closed, has not ended, or its device has not sent all its records yet."))
    lease.refresh_from_db()
    _release(allowance, lease.visits - lease.used, id_of("lease end", lease.pk), by=by, at=at)
    return lease


def close_ended_leases(at: datetime) -> int:
    """Close every lease whose device has synced past its end or is blocked; a silent device's go on holding."""
    leases = _ended(at).select_related("allowance").order_by("pk")[:BATCH]
    return sum(_close_quietly(lease, at) for lease in leases)


def _ended(at: datetime) -> QuerySet[Lease]:
    """Leases that no record can use any more; from a blocked device none is taken."""
    told = Q(device__synced_at__gte=F("until_at")) | Q(device__blocked_at__isnull=False)
    return Lease.objects.filter(told, closed_at=None, until_at__lte=at)


@transaction.atomic
def book_visit(allowance: Account, *, venue: Venue, on: date, by: Any, at: datetime) -> RosterEntry:
    """Hold a visit for a day at a venue, within the caps of that day; at the door it is only posted."""
    allowance = locked(allowance)
    if not venue.active or allowance.family not in venue.families:
        raise Refused(_("This card or this venue is not for this service."))
    if on < local_day(at) or not allowance.season.from_on <= on < allowance.season.until_on:
        raise Refused(_("A visit is booked for a day of this season that has not passed."), field="on")
    if not has_room(allowance, on):
        raise Refused(_("The visits of this day or week are used already."), field="on")
    try:
        with transaction.atomic():
            entry = RosterEntry.objects.create(allowance=allowance, venue=venue, on=on, booked_at=at)
    except IntegrityError as taken:
        raise Refused(_("There is a booked visit for this card here on this day."), field="on") from taken
    _hold(allowance, 1, id_of("roster", entry.pk), by=by, at=at)
    return entry


@transaction.atomic
def cancel_booking(entry: RosterEntry, *, by: Any, at: datetime) -> RosterEntry:
    """Give a booked visit back before its day has begun; from then on a desk that is offline may take it."""
    if local_day(at) >= entry.on:
        raise Refused(_("A booked visit can be cancelled until the day before."))
    if not _release_entry(entry, by=by, at=at):
        raise Refused(_("This visit was taken or cancelled already."))
    entry.refresh_from_db()
    return entry


def release_missed(at: datetime) -> int:
    """Give back booked visits of past days, once every device of the venue has synced past that day."""
    entries = RosterEntry.objects.filter(state=RosterEntry.State.HELD, on__lt=local_day(at))
    released = 0
    for entry in entries.select_related("allowance").order_by("on", "pk")[:BATCH]:
        ends = day_start(entry.on + timedelta(days=1))
        behind = Device.objects.filter(venue=entry.venue_id, blocked_at=None, registered_at__lt=ends)
        if behind.exclude(synced_at__gte=ends).exists():
            continue
        released += bool(_release_entry(entry, by=None, at=at))
    return released


@transaction.atomic
def _release_entry(entry: RosterEntry, *, by: Any, at: datetime) -> int:
    allowance = locked(entry.allowance)
    held = RosterEntry.objects.filter(pk=entry.pk, state=RosterEntry.State.HELD)
    if not held.update(state=RosterEntry.State.RELEASED):
        return 0
    _release(allowance, 1, id_of("roster end", entry.pk), by=by, at=at)
    return 1


def _close_quietly(lease: Lease, at: datetime) -> int:
    try:
        close_lease(lease, by=None, at=at)
    except Refused:  # another sweep closed it between the look and the lock
        return 0
    return 1


def _hold(allowance: Account, visits: int, key: Any, *, by: Any, at: datetime) -> None:
    held = held_account(allowance)
    post_transfer(key, kind=Transfer.Kind.HOLD, debit=allowance, credit=held, amount=visits, by=by, at=at)


def _release(allowance: Account, visits: int, key: Any, *, by: Any, at: datetime) -> None:
    if visits:
        held = held_account(allowance)
        post_transfer(key, kind=Transfer.Kind.RELEASE, debit=held, credit=allowance, amount=visits, by=by, at=at)
