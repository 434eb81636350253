"""How long a month of 100,000 visits takes to close and to leave as files; prints and asserts no timing.

`python3 manage.py test tests/bench/bench_statements.py -s -n 0`; `BENCH_VISITS` makes it smaller.
"""

import os
import time
from datetime import date

import pytest
from django.db import connection

from tests.welfare_card.statement_factories import CLOSING, NEXT_CLOSING, Town
from welfare_card.actions.months import close_statement, open_statements
from welfare_card.models import Card, Statement
from welfare_card.queries.pending_visits import so_far
from welfare_card.queries.statement_files import excel_of, pdf_of

VISITS = int(os.environ.get("BENCH_VISITS", "100000"))
# Visits as the door writes them, spread over the days of Aban and over many cards.
TAKEN = """
INSERT INTO welfare_card_visit (id, body_hash, card_id, person_id, allowance_id, venue_id, family, at, "on", tier,
    outcome, posted_at)
SELECT gen_random_uuid(), '\\x00', card.id, %(person)s, %(allowance)s, %(venue)s, 'sport', moment,
    (moment AT TIME ZONE 'Asia/Tehran')::date, 'online', 'ok', moment
FROM (SELECT n, %(first)s::timestamptz + (n * interval '29 days' / %(count)s) AS moment
      FROM generate_series(1, %(count)s) AS n) AS series
JOIN welfare_card_card AS card ON card.index = 100000 + 1 + series.n %% 20000
"""


@pytest.mark.django_db(transaction=True)
def test_print_how_long_a_month_takes():
    town = Town()
    person = {"person": town.card.person_id}
    fill_cards(town)
    about = person | {"allowance": town.allowance.pk, "venue": town.venue.pk, "count": VISITS}
    timed(f"{VISITS} visits of Aban made", lambda: execute(TAKEN, about | {"first": "2026-10-23 04:30Z"}))
    timed("visits of Azar made", lambda: execute(TAKEN, about | {"first": "2026-11-22 04:30Z"}))
    execute("VACUUM ANALYZE welfare_card_visit")
    timed("months opened", lambda: open_statements(CLOSING))
    first = Statement.objects.order_by("from_on")[0]
    timed("open month looked at", lambda: so_far(first))
    first = timed("Aban closed", lambda: close_statement(first, by=None, at=CLOSING))
    assert first.visits == VISITS
    assert timed("months opened again", lambda: open_statements(NEXT_CLOSING)) == 0
    second = Statement.objects.order_by("from_on")[1]
    second = timed("Azar closed after it", lambda: close_statement(second, by=None, at=NEXT_CLOSING))
    assert second.visits == VISITS
    print(f"Excel file: {timed('Excel', lambda: len(excel_of(first))) / 1e6:.1f} MB")
    timed("PDF", lambda: len(pdf_of(first)))


def fill_cards(town: Town) -> None:
    """Cards of one holder who has lost very many; a statement knows cards by their index alone."""
    days = {"valid_from_on": date(2026, 1, 1), "valid_until_on": date(2027, 1, 1), "requested_at": CLOSING}
    about = {"person": town.card.person, "plan": town.card.plan, "status": Card.Status.EXPIRED, **days}
    rows = (Card(number=f"{900000000 + n:012}", index=100000 + n, **about) for n in range(1, 20001))
    Card.objects.bulk_create(rows, batch_size=5000)


def timed(name: str, work):
    begun = time.monotonic()
    result = work()
    print(f"\n{name}: {time.monotonic() - begun:.2f} s", end=" ")
    return result


def execute(words: str, args: dict | None = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(words, args)
