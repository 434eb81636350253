"""Verbs of the status list."""

import zlib
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from taar.lib.refusals import Refused
from welfare_card import status_list
from welfare_card.actions.signing import private_key
from welfare_card.models import Card, SigningKey, StatusList

LISTS_LOCK = 0x524C
NEXT_AFTER = timedelta(hours=24)
# A new list a day at the latest, and some time before readers expect it.
RENEW_AFTER = timedelta(hours=23)
KEPT = 60


@transaction.atomic
def publish_status_list(*, at: datetime) -> StatusList:
    """Publish which cards are blocked now, signed by a key that readers know; of the last sixty the bits are kept."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LISTS_LOCK])
    key = SigningKey.objects.signing(SigningKey.Use.LISTS).first()
    if key is None:
        raise Refused(_("No listed key signs status lists: make one and let the root key sign the list of keys."))
    count, blocked, bits = _state()
    last = StatusList.objects.aggregate(last=Max("seq"))["last"] or 0
    moment = at.replace(microsecond=0)
    status = status_list.StatusBits(key.number, last + 1, moment, moment + NEXT_AFTER, count, bits)
    StatusList.objects.filter(seq__lte=last + 1 - KEPT, packed__isnull=False).update(packed=None)
    return StatusList.objects.create(
        seq=status.seq,
        key=key,
        issued_at=status.issued_at,
        next_at=status.next_at,
        card_count=count,
        blocked_count=blocked,
        packed=zlib.compress(bits, 9),
        signature=status_list.sign(status, private_key(key).sign),
    )


def renew_status_list(at: datetime) -> int:
    """Publish a new list when a card was blocked or freed since the last one, and once a day; 1 if it was published."""
    last = StatusList.objects.order_by("-seq").first()
    if last is None and not SigningKey.objects.signing(SigningKey.Use.LISTS).exists():
        return 0
    if last is not None and at - last.issued_at < RENEW_AFTER and _same(last):
        return 0
    publish_status_list(at=at)
    return 1


def _same(last: StatusList) -> bool:
    """Whether nobody's state has changed since: cards that are new and not blocked need no list."""
    count, _blocked, bits = _state()
    held = last.status.bits
    return bits.ljust(len(held), b"\0") == held.ljust(len(bits), b"\0") and count >= last.card_count


def _state() -> tuple[int, int, bytes]:
    """How many indexes there are, how many are blocked, and the bits."""
    highest = Card.objects.aggregate(last=Max("index"))["last"]
    count = 0 if highest is None else highest + 1
    blocked = list(Card.objects.blocked().order_by().values_list("index", flat=True))
    return count, len(blocked), status_list.bits_of(blocked, count)
