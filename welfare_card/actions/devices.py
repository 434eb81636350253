"""Verbs of the devices of a venue: their keys, and their journals that are stored first and judged later."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from taar.journal.actions import record
from taar.lib.jalali import local_day
from taar.lib.numbers import value
from taar.lib.persian import clean_line
from taar.lib.refusals import Refused
from taar.notifications.actions import tell
from taar.organizations.models import Duty, Venue
from taar.organizations.queries import holders
from welfare_card import notices
from welfare_card.actions.visits import take_visit
from welfare_card.models import Device, DeviceRecord, Emergency
from welfare_card.numbers import DEVICES_OF_VENUE, EMERGENCY_VISITS, GAP_HOURS
from welfare_card.visit_request import SignedRecord, SignOfLife, is_signed, read_record

BATCH = 200
# Beyond this, a number is no gap but nonsense, and would keep the alarm ringing for ever.
FARTHEST_SEQ = 100_000


class BlockReason(models.TextChoices):
    """Why a device is blocked; a choice, because the log is public and free words may name somebody."""

    LOST = "lost", gettext_lazy("it is lost or stolen")
    BROKEN = "broken", gettext_lazy("it does not work any more")
    REPLACED = "replaced", gettext_lazy("another device took its place")
    MISUSED = "misused", gettext_lazy("it was misused")
    SIGN = "sign", gettext_lazy("a sign about its visits")


class MendReason(models.TextChoices):
    """Why a broken chain is accepted."""

    RESTORED = "restored", gettext_lazy("the device was restored from an older copy")
    FAULT = "fault", gettext_lazy("a fault of the device or its program")
    AGREES = "agrees", gettext_lazy("its records agree with what the venue has written down")


@transaction.atomic
def register_device(venue: Venue, *, name: str, public_key: bytes, by: Any, at: datetime) -> Device:
    """Let a device of a venue sign visits with its own key; a key is registered once, a venue has so many devices."""
    name, most = clean_line(name)[:80], value(DEVICES_OF_VENUE)
    if not name:
        raise Refused(_("Give the device a name by which its venue knows it."), field="name")
    # Counted under a lock of the venue, so that two desks do not pass the limit together.
    Venue.objects.select_for_update(no_key=True).get(pk=venue.pk)
    if Device.objects.filter(venue=venue, blocked_at=None).count() >= most:
        raise Refused(_("This venue has %(most)s devices in use: block one that is gone first.") % {"most": most})
    try:
        Ed25519PublicKey.from_public_bytes(public_key)
        with transaction.atomic():
            device = Device.objects.create(
                venue=venue, name=name, public_key=public_key, registered_at=at, synced_at=at
            )
    except ValueError as wrong:
        raise Refused(_("This is not the public key of a device."), field="public_key") from wrong
    except IntegrityError as taken:
        raise Refused(_("This key is registered already."), field="public_key") from taken
    record("register_device", f"venue:{venue.pk}", by=by, at=at, facts={"device": device.pk})
    return device


@transaction.atomic
def block_device(device: Device, *, reason: str, by: Any, at: datetime) -> Device:
    """Take no more records from a device; what it sent before stays, what it holds comes back when that ends."""
    if not Device.objects.filter(pk=device.pk, blocked_at=None).update(blocked_at=at):
        raise Refused(_("This device is blocked already."))
    device.refresh_from_db()
    record("block_device", f"venue:{device.venue_id}", by=by, at=at, facts={"device": device.pk, "reason": reason})
    return device


@transaction.atomic
def mend_chain(device: Device, *, reason: str, by: Any, at: datetime) -> Device:
    """After somebody has looked at a broken chain, go on with the record at which it broke as if it followed."""
    device = Device.objects.select_for_update(no_key=True).get(pk=device.pk)
    if not device.broken_at or device.blocked_at:
        raise Refused(_("The chain of this device is not broken, or the device is blocked."))
    line = DeviceRecord.objects.get(device=device, seq=device.gapless_seq + 1)
    Device.objects.filter(pk=device.pk).update(broken_at=None, last_hash=line.prev)
    facts = {"device": device.pk, "number": line.seq, "reason": reason}
    record("mend_chain", f"venue:{device.venue_id}", by=by, at=at, facts=facts)
    judge_records(device, at=at)
    device.refresh_from_db()
    return device


@transaction.atomic
def open_emergency(device: Device, *, on: date, by: Any, at: datetime) -> Emergency:
    """Open emergency visits (T3) for one device of a venue on a day; a venue has one such device a day."""
    if on < local_day(at):
        raise Refused(_("Emergency visits are opened for today or a later day."), field="on")
    if device.blocked_at or device.broken_at:
        raise Refused(_("This device is blocked, or its chain is broken."), field="on")
    try:
        with transaction.atomic():
            emergency = Emergency.objects.create(
                venue_id=device.venue_id,
                device=device,
                on=on,
                visits=value(EMERGENCY_VISITS),
                opened_by=by,
                opened_at=at,
            )
    except IntegrityError as taken:
        raise Refused(_("Emergency visits of this venue are open on this day already."), field="on") from taken
    record("open_emergency", f"venue:{device.venue_id}", by=by, at=at, facts={"on": on, "visits": emergency.visits})
    return emergency


def receive_records(device: Device, records: Sequence[SignedRecord], *, at: datetime) -> int:
    """Store what a device has signed, then judge it in its order up to the first gap; the highest gapless number.

    Refused as a whole when one is not signed by this device; the same number or id with another body is a conflict.
    """
    _refuse_unsigned(device, records)
    _store_records(device, records, at=at)
    return judge_records(device, at=at)


def see_device(device: Device, said: SignOfLife, *, at: datetime) -> int:
    """A device that has handed over everything says so, and is synced up to that moment; the highest gapless number.

    A word that is older than what is known, or that does not know of all records, moves nothing.
    """
    if device.blocked_at:
        raise Refused(_("This device is blocked."), field="device")
    if said.device != device.pk or not is_signed(said.message, said.signature, device.public_key):
        raise Refused(_("This is not signed by its device."), field="signature")
    # What it said of a later moment than now counts up to now.
    until = min(said.at, at)
    whole = Device.objects.filter(pk=device.pk, gapless_seq=said.seq, blocked_at=None, broken_at=None)
    whole.filter(synced_at__lt=until).update(synced_at=until)
    return Device.objects.values_list("gapless_seq", flat=True).get(pk=device.pk)


@transaction.atomic
def _store_records(device: Device, records: Sequence[SignedRecord], *, at: datetime) -> None:
    """Keep every record that is new; a number that was sent before must say the same."""
    DeviceRecord.objects.bulk_create(
        [
            DeviceRecord(
                device=device,
                seq=line.seq,
                uuid=line.visit.id,
                prev=line.prev,
                body=line.body,
                message_hash=line.hash,
                signature=line.signature,
                received_at=at,
            )
            for line in sorted(records, key=lambda line: line.seq)
        ],
        ignore_conflicts=True,
    )
    seqs = [line.seq for line in records]
    kept = dict(DeviceRecord.objects.filter(device=device, seq__in=seqs).values_list("seq", "message_hash"))
    if any(kept.get(line.seq) != line.hash for line in records):
        raise Refused(_("This device has sent another record under this number or id before."), field="seq")


def judge_records(device: Device, *, at: datetime) -> int:
    """Judge what waits, in the order of the device, each in a transaction of its own; the highest gapless number."""
    while _judge_next(device.pk, at):
        continue
    return Device.objects.values_list("gapless_seq", flat=True).get(pk=device.pk)


def alarm_gaps(at: datetime) -> int:
    """Tell the people of a venue, once a gap, that records of a device have been missing for too long."""
    late = at - timedelta(hours=value(GAP_HOURS))
    gaps = Device.objects.filter(
        Q(records__judged_at=None, records__received_at__lte=late, records__seq__gt=F("gapless_seq")),
        alarmed_at=None,
        blocked_at=None,
    ).distinct()
    told = 0
    for device in gaps.select_related("venue__organization").order_by("pk")[:BATCH]:
        with transaction.atomic():
            if Device.objects.filter(pk=device.pk, alarmed_at=None).update(alarmed_at=at):
                people = [row.person for row in holders(Duty.VENUE, local_day(at), device.venue.organization)]
                tell(people, notices.DEVICE_GAP, at=at, url="/card/desk/", facts={"device": device.name})
                told += 1
    return told


@transaction.atomic
def _judge_next(key: int, at: datetime) -> bool:
    """Judge the next record, if it is there; at a broken chain this stops until somebody has looked."""
    device = Device.objects.select_for_update(no_key=True).get(pk=key)
    line = DeviceRecord.objects.filter(device=device, seq=device.gapless_seq + 1).first()
    if line is None or device.broken_at:
        return False
    if line.prev != device.last_hash:
        Device.objects.filter(pk=key).update(broken_at=at)
        facts = {"device": key, "number": line.seq}
        record("break_chain", f"venue:{device.venue_id}", by=None, at=at, facts=facts)
        return False
    asked = read_record(line.body | {"prev": line.prev, "signature": bytes(line.signature).hex()}).visit
    try:
        take_visit(asked, venue=device.venue_id, by=None, at=at, device=key)
    except Refused:  # its id is another visit's: it must not keep the records behind it waiting
        line.conflict = True
    line.judged_at = at
    line.save(update_fields=["judged_at", "conflict"])
    # A clock that was ahead must not end a lease early.
    synced_at = max(device.synced_at, min(asked.at, at))
    moved = {"gapless_seq": line.seq, "last_hash": line.message_hash, "synced_at": synced_at, "alarmed_at": None}
    Device.objects.filter(pk=key).update(**moved)
    return True


def _refuse_unsigned(device: Device, records: Sequence[SignedRecord]) -> None:
    if device.blocked_at:
        raise Refused(_("This device is blocked."), field="device")
    for line in records:
        if line.device != device.pk or not line.is_signed_by(device.public_key):
            raise Refused(_("This record is not signed by its device."), field="signature")
        if line.seq > device.gapless_seq + FARTHEST_SEQ:
            raise Refused(_("This number is too far ahead of what was received."), field="seq")
