"""The digest by which a statement's file proves what was counted: SHA-256 of its lines as plain text.

The text is one line for each line of the statement, in order: `number,day,card index,family,count,rials a visit` and
a line feed; days are ISO days, numbers ASCII digits.
"""

import hashlib
from collections.abc import Iterable
from typing import NamedTuple


class CountedLine(NamedTuple):
    """What a venue must know of a visit: the day and the card's index, and what it costs."""

    position: int
    on: object
    card_index: int
    family: str
    count: int
    amount: int


def digest_of(lines: Iterable[CountedLine]) -> str:
    """The digest of lines, as the database writes it when a month is closed."""
    counted = hashlib.sha256()
    for line in lines:
        text = f"{line.position},{line.on.isoformat()},{line.card_index},{line.family},{line.count},{line.amount}\n"
        counted.update(text.encode())
    return counted.hexdigest()


# The sums and the digest of one statement's lines.
DIGEST_SQL = """
SELECT count(*) AS line_count, sum(line.count) AS visits, count(*) FILTER (WHERE line.late) AS late_count,
    count(*) FILTER (WHERE line.count = -1) AS returned_count, sum(line.count * line.amount) AS rials,
    encode(sha256(convert_to(string_agg(
        line.position || ',' || to_char(visit."on", 'YYYY-MM-DD') || ',' || card.index || ',' || visit.family || ','
        || line.count || ',' || line.amount || E'\\n', '' ORDER BY line.position), 'UTF8')), 'hex') AS digest
FROM welfare_card_statementline AS line
JOIN welfare_card_visit AS visit ON visit.id = line.visit_id
JOIN welfare_card_card AS card ON card.id = visit.card_id
WHERE line.statement_id = %(statement)s
"""
