"""Verbs of keys: made here, trusted by readers only once the offline root key has signed their list."""

from base64 import b64encode
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from taar.journal.actions import record
from taar.lib.refusals import Refused
from welfare_card import key_list
from welfare_card.models import Batch, Card, KeyList, SigningKey, SigningShare

# One at a time adds keys or signs their list.
KEYS_LOCK = 0x524B


@transaction.atomic
def make_keys(count: int, *, use: str, by, at: datetime) -> list[SigningKey]:
    """Make key pairs with the next free ids; they sign nothing before they are listed."""
    _one_at_a_time()
    last = SigningKey.objects.aggregate(last=Max("number"))["last"] or 0
    if not 1 <= count <= 255 - last:
        raise Refused(_("There are ids for 255 keys; this is too many."))
    keys = []
    for number in range(last + 1, last + 1 + count):
        pair = Ed25519PrivateKey.generate()
        private = b64encode(pair.private_bytes_raw()).decode()
        public = pair.public_key().public_bytes_raw()
        keys.append(SigningKey(number=number, use=use, public=public, private=private, made_at=at))
    SigningKey.objects.bulk_create(keys)
    facts = {"first": last + 1, "count": count, "use": use}
    record("make_card_keys", f"card_keys:{last + 1}", by=by, at=at, facts=facts)
    return keys


@transaction.atomic
def sign_key_list(root: Ed25519PrivateKey, *, by, at: datetime) -> KeyList:
    """Publish all keys that are not withdrawn in a list signed by the root key, which is the one readers know."""
    _one_at_a_time()
    if b64encode(root.public_key().public_bytes_raw()).decode() != settings.CARD_ROOT_KEY:
        raise Refused(_("This is not the root key that readers know (CARD_ROOT_KEY)."))
    keys = SigningKey.objects.filter(withdrawn_at=None)
    keys.filter(listed_at=None).update(listed_at=at)
    listed = [{"id": k.number, "use": k.use, "public": b64encode(bytes(k.public)).decode()} for k in keys]
    seq = (KeyList.objects.aggregate(last=Max("seq"))["last"] or 0) + 1
    text = key_list.sign_list(seq, int(at.timestamp()), listed, root.sign)
    record("sign_key_list", f"card_keys:list-{seq}", by=by, at=at, facts={"keys": len(listed)})
    return KeyList.objects.create(seq=seq, issued_at=at, text=text)


@transaction.atomic
def withdraw_key(key: SigningKey, *, by, at: datetime) -> None:
    """A key that may have leaked signs no more and is left out of the next list; what it signed is read no more.

    What it was to sign goes to other keys.
    """
    if not SigningKey.objects.filter(pk=key.pk, withdrawn_at=None).update(withdrawn_at=at):
        raise Refused(_("This key is withdrawn already."))
    for share in SigningShare.objects.select_for_update().filter(key=key, signed_at=None).select_related("batch"):
        run = Card.objects.filter(batch=share.batch, index__range=(share.first_index, share.last_index))
        share.delete()
        lay_shares(share.batch, list(run.order_by("index").values_list("index", flat=True)))
    record("withdraw_card_key", f"card_keys:{key.number}", by=by, at=at, facts={"cards": key.card_count})


def lay_shares(batch: Batch, indexes: list[int]) -> None:
    """Say which key signs which cards of a batch, in the order of their indexes."""
    shares, place = [], 0
    while place < len(indexes):
        key, taken = reserve_key(min(len(indexes) - place, SigningShare.MOST_CARDS))
        run = indexes[place : place + taken]
        shares.append(SigningShare(batch=batch, key=key, first_index=run[0], last_index=run[-1], card_count=len(run)))
        place += taken
    SigningShare.objects.bulk_create(shares)


def reserve_key(count: int) -> tuple[SigningKey, int]:
    """The oldest listed key with room, and how many of `count` cards it takes; they are counted at once."""
    _one_at_a_time()
    key = SigningKey.objects.signing(SigningKey.Use.CARDS).first()
    if key is None:
        raise Refused(_("No listed key has room for more cards: make keys and let the root key sign their list."))
    taken = min(count, SigningKey.MOST_CARDS - key.card_count)
    SigningKey.objects.filter(pk=key.pk).update(card_count=F("card_count") + taken)
    return key, taken


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [KEYS_LOCK])
