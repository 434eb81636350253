"""Verbs of signing: from a card's row to the hundred bytes that its QR holds."""

from base64 import b64decode
from collections.abc import Iterable
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection, transaction
from django.db.models import F

from taar.lib.numbers import value
from welfare_card import card_code
from welfare_card.card_code import CardCode, CardType, Flag
from welfare_card.models import Batch, Card, Plan, SigningKey, SigningShare
from welfare_card.models.plan import FAMILY_BITS
from welfare_card.numbers import OFFLINE_VISITS

# What a code says of a card, as it is read for a whole share at once.
SIGNED_FIELDS = (
    "pk", "index", "generation", "valid_from_on", "valid_until_on", "county_code", "flags", "birth_year", "short_name"
)  # fmt: skip
STORE = """
UPDATE welfare_card_card card SET code = signed.code, key_id = %s, status = 'produced'
FROM signed WHERE card.id = signed.id AND card.status = 'requested'
"""


def private_key(key: SigningKey) -> Ed25519PrivateKey:
    """The private half of a key, unsealed."""
    return Ed25519PrivateKey.from_private_bytes(b64decode(key.private))


def sign_rows(rows: Iterable[tuple], *, key: SigningKey, plan: Plan, on) -> list[tuple[int, bytes]]:
    """The signed bytes of cards given as their `SIGNED_FIELDS`; the same rows give the same bytes on any machine.

    `on` is the day whose number of offline visits holds.
    """
    sign_with = private_key(key).sign
    families = sum(FAMILY_BITS[family] for family in plan.families)
    visits = value(OFFLINE_VISITS, on)
    signed = []
    for pk, index, generation, since, until, county, flags, birth_year, name in rows:
        code = CardCode(
            CardType.PAPER,
            key.number,
            index,
            generation,
            since,
            until,
            plan.number,
            county,
            Flag(flags),
            birth_year,
            name,
            families,
            visits,
        )
        signed.append((pk, card_code.sign(card_code.pack(code), sign_with)))
    return signed


@transaction.atomic
def sign_share(batch: Batch, *, at: datetime) -> int:
    """Sign and store the first share of a batch that waits and that nobody else is signing; 0 when there is none."""
    waiting = SigningShare.objects.select_for_update(skip_locked=True, of=("self",)).select_related("key")
    share = waiting.filter(batch=batch, signed_at=None, batch__status=Batch.Status.SIGNING).order_by("pk").first()
    if share is None:
        return 0
    cards = Card.objects.filter(batch=batch, index__range=(share.first_index, share.last_index)).order_by("index")
    rows = cards.values_list(*SIGNED_FIELDS)
    signed = sign_rows(rows, key=share.key, plan=batch.plan, on=batch.valid_from_on)
    stored = _store(signed, share.key)
    if stored != share.card_count:
        raise RuntimeError(f"share {share.pk} has {share.card_count} cards, {stored} could be signed")
    SigningShare.objects.filter(pk=share.pk).update(signed_at=at)
    Batch.objects.filter(pk=batch.pk).update(signed_count=F("signed_count") + stored)
    return stored


def _store(signed: list[tuple[int, bytes]], key: SigningKey) -> int:
    """Write the codes of many cards by one COPY and one UPDATE."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE IF NOT EXISTS signed (id bigint, code bytea) ON COMMIT DELETE ROWS")
        with cursor.copy("COPY signed (id, code) FROM STDIN (FORMAT BINARY)") as copy:
            copy.set_types(["int8", "bytea"])
            for row in signed:
                copy.write_row(row)
        cursor.execute(STORE, [key.number])
        return cursor.rowcount
