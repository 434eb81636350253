"""Verbs that make cards' rows: one by one or by the hundred thousand, each person one live card."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from django.db import connection

from welfare_card.card_number import number_of
from welfare_card.models import Batch
from welfare_card.models.card import number_key
from welfare_card.short_name import short_name

CHUNK = 20_000
COLUMNS = (
    "person_id", "plan_id", "batch_id", "number", "index", "generation", "status", "reason", "valid_from_on",
    "valid_until_on", "requested_at", "short_name", "county_code", "flags", "birth_year",
)  # fmt: skip
TYPES = [
    "int8",
    "int8",
    "int8",
    "text",
    "int4",
    "int2",
    "text",
    "text",
    "date",
    "date",
    "timestamptz",
    "text",
    "int2",
    "int2",
    "int2",
]
PUT_DOWN = "CREATE TEMPORARY TABLE asked ON COMMIT DROP AS SELECT {columns} FROM welfare_card_card WITH NO DATA"
TAKE_OVER = """
INSERT INTO welfare_card_card ({columns}) SELECT {columns} FROM asked
ON CONFLICT (person_id) WHERE status IN ('requested', 'produced', 'printed', 'delivered', 'active', 'suspended')
DO NOTHING
"""


@dataclass(frozen=True)
class CardRequest:
    """Whom a card is for and what its code says of them; the name is folded and cut to the card's letters."""

    person_id: int
    name: str = ""
    county_code: int = 0
    flags: int = 0
    birth_year: int = 0


def next_indexes(count: int) -> list[int]:
    """Take the next free card indexes, for good."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('welfare_card_index') FROM generate_series(1, %s)", [count])
        return [row[0] for row in cursor.fetchall()]


def put_requests(batch: Batch, requests: Iterable[CardRequest], *, at: datetime) -> int:
    """Write a card for each request into a draft batch; whoever has a live card already is passed over."""
    columns = ", ".join(f'"{column}"' for column in COLUMNS)
    key, requests, made = number_key(), iter(requests), 0
    with connection.cursor() as cursor:
        while chunk := list(islice(requests, CHUNK)):
            indexes = next_indexes(len(chunk))
            cursor.execute("DROP TABLE IF EXISTS asked")
            cursor.execute(PUT_DOWN.format(columns=columns))
            with cursor.copy(f"COPY asked ({columns}) FROM STDIN (FORMAT BINARY)") as copy:
                copy.set_types(TYPES)
                for row in _rows(batch, zip(indexes, chunk, strict=True), key, at):
                    copy.write_row(row)
            cursor.execute(TAKE_OVER.format(columns=columns))
            made += cursor.rowcount
    return made


def _rows(batch: Batch, chunk: Iterable[tuple[int, CardRequest]], key: bytes, at: datetime) -> Iterator[tuple]:
    since: date = batch.valid_from_on
    for index, request in chunk:
        yield (
            request.person_id,
            batch.plan_id,
            batch.pk,
            number_of(index, key),
            index,
            1,
            "requested",
            "",
            since,
            batch.valid_until_on,
            at,
            short_name(request.name),
            request.county_code,
            request.flags,
            request.birth_year,
        )
