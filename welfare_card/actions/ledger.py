"""The one verb that writes balances without a transfer: from all transfers, when a copy of the ledger was damaged."""

from datetime import datetime

from django.db import connection, transaction

from taar.journal.actions import record
from welfare_card.queries.ledger import SUMS


@transaction.atomic
def rebuild_ledger(*, by, at: datetime) -> int:
    """Set every guarded balance to what its transfers say, while nothing else is written; tells how many changed."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE welfare_card_transfer IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute(
            f"""UPDATE welfare_card_account AS account SET balance = fresh.amount
            FROM (
                SELECT wrong.id, coalesce(sums.amount, 0) AS amount FROM welfare_card_account AS wrong
                LEFT JOIN ({SUMS}) AS sums ON sums.account_id = wrong.id
                WHERE wrong.kind IN ('allowance', 'held') AND wrong.balance <> coalesce(sums.amount, 0)
            ) AS fresh WHERE account.id = fresh.id"""
        )
        changed = cursor.rowcount
    if changed:
        record("rebuild_ledger", "ledger:balances", by=by, at=at, facts={"accounts": changed})
    return changed
