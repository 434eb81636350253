"""The ledger read as a whole: balances again from nothing but transfers."""

from django.db import connection, transaction

# Both sides of every transfer, added up and laid beside what the accounts say.
SUMS = """
SELECT account_id, sum(amount) AS amount FROM (
    SELECT debit_id AS account_id, -amount::bigint AS amount FROM welfare_card_transfer
    UNION ALL SELECT credit_id, amount FROM welfare_card_transfer
) AS sides GROUP BY account_id
"""
DIFFERENCES = f"""
SELECT count(*) FILTER (WHERE balance <> coalesce(sums.amount, 0)),
    coalesce(sum(abs(balance - coalesce(sums.amount, 0))), 0), count(*)
FROM welfare_card_account AS account LEFT JOIN ({SUMS}) AS sums ON sums.account_id = account.id
WHERE account.kind IN ('allowance', 'held')
"""


def ledger_differences() -> tuple[int, int, int]:
    """Accounts that differ from their transfers, visits between them, and accounts looked at."""
    with transaction.atomic(), connection.cursor() as cursor:
        # A sort of many rows in memory; the setting falls with this transaction.
        cursor.execute("SET LOCAL work_mem = '256MB'")
        cursor.execute(DIFFERENCES)
        wrong, visits, accounts = cursor.fetchone()
    return int(wrong), int(visits), int(accounts)


def balance_of(kind: str) -> int:
    """What an account that keeps no balance has taken in, over all of its kind: added up from transfers."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT coalesce(sum(sums.amount), 0) FROM ({SUMS}) AS sums"
            " JOIN welfare_card_account AS account ON account.id = sums.account_id WHERE account.kind = %s",
            [kind],
        )
        return int(cursor.fetchone()[0])
