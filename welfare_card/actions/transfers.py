"""The one way into the ledger besides the door: a transfer, written once under its id."""

import hashlib
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from taar.lib.refusals import Refused
from welfare_card.models import Account, Transfer

# The name space of ids that are made from what they stand for, so that the same act done twice has one id.
SPACE = UUID("6d0f9c1e-1f0b-5d0c-9a64-5cc1b4d1f001")


# The lock of whoever moves many balances in one transaction; two of them would wait for each other's rows.
MANY = 7416621


def one_at_a_time() -> None:
    """Wait until nobody else moves many balances; the lock falls with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [MANY])


def id_of(*parts: Any) -> UUID:
    """The id (UUIDv5) of an act that is named by its parts."""
    return uuid5(SPACE, ":".join(str(part) for part in parts))


def hash_of(*parts: Any) -> bytes:
    """The hash of what a transfer says."""
    return hashlib.sha256("\n".join(str(part) for part in parts).encode()).digest()


@transaction.atomic
def post_transfer(
    key: UUID, *, kind: str, debit: Account, credit: Account, amount: int, by: Any, at: datetime, reverses=None
) -> bool:
    """Move visits between two accounts of one family; False when this very transfer stands already."""
    body_hash = hash_of(kind, debit.pk, credit.pk, amount)
    try:
        with transaction.atomic():
            Transfer.objects.create(
                id=key,
                body_hash=body_hash,
                kind=kind,
                debit=debit,
                credit=credit,
                unit=debit.family,
                amount=amount,
                reverses=reverses,
                at=at,
                posted_by=by,
            )
    except IntegrityError as wrong:
        return _refuse_or_repeat(key, body_hash, wrong)
    return True


def shared_account(kind: str, family: str, venue: Any = None) -> Account:
    """The one account of a kind and family, of a venue where it has one; made when it is first needed."""
    return Account.objects.get_or_create(
        kind=kind, family=family, venue=venue, person=None, season=None, defaults={"balance": 0}
    )[0]


def held_account(allowance: Account) -> Account:
    """Where what a lease or a booked visit holds of an allowance lies."""
    about = {"person_id": allowance.person_id, "season_id": allowance.season_id, "family": allowance.family}
    return Account.objects.get_or_create(kind=Account.Kind.HELD, venue=None, **about)[0]


def locked(allowance: Account) -> Account:
    """The allowance under its lock, as every verb takes it first."""
    return Account.objects.select_for_update(no_key=True).get(pk=allowance.pk)


def _refuse_or_repeat(key: UUID, body_hash: bytes, wrong: IntegrityError) -> bool:
    known = Transfer.objects.filter(pk=key).first()
    if known and bytes(known.body_hash) == body_hash:
        return False
    if known:
        raise Refused(_("Something else was written under this id already.")) from wrong
    if "no_overdraft" in str(wrong):
        raise Refused(_("So many visits are not left.")) from wrong
    if "transfer_is_reversed_once" in str(wrong):
        raise Refused(_("This visit was reversed already.")) from wrong
    raise wrong
