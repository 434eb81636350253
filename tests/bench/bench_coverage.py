"""Coverage at full size: how long the night's sweep takes over 1,000,000 people with cards and visits, and the page.

`BENCH_PEOPLE=1000000 python3 manage.py test tests/bench/bench_coverage.py -s -n 0`
"""

import os
import time
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from taar.organizations.models import Duty
from taar.places.reference import load_places
from tests.bench.clock import queries_of
from tests.organizations.factories import make_official
from tests.welfare_card.holder_factories import make_season
from tests.welfare_card.ledger_factories import make_venue
from welfare_card.actions.coverage import measure_coverage
from welfare_card.actions.idle import pseudonymise_idle
from welfare_card.actions.signs import find_concentration, find_signs
from welfare_card.models import CoverageDay, Plan
from welfare_card.queries.coverage import COUNT

PEOPLE = int(os.environ.get("BENCH_PEOPLE", "1000000"))
VENUES = 300
# One account and two visits for two cards of three, over 120 days and all venues; the ledger is not measured here.
ACCOUNTS = """
INSERT INTO welfare_card_account (kind, family, person_id, season_id, balance)
SELECT 'allowance', 'sport', person_id, %s, 10 FROM welfare_card_card
"""
VISITS = """
INSERT INTO welfare_card_visit (
    id, body_hash, card_id, person_id, allowance_id, venue_id, family, at, "on", tier, outcome, posted_at
)
SELECT gen_random_uuid(), '', card.id, card.person_id, account.id, (%(venues)s::bigint[])[1 + card.id %% %(count)s],
    'sport', moment, moment::date, 'online', 'ok', moment
FROM welfare_card_card AS card JOIN welfare_card_account AS account ON account.person_id = card.person_id,
    generate_series(1, 2) AS nth,
    LATERAL (SELECT %(now)s - ((card.id * 7919 * nth) %% 172800) * interval '1 minute' AS moment) AS times
WHERE card.id %% 3 <> 0
"""


@pytest.mark.django_db(transaction=True)
def test_the_night_of_a_million_people():
    now = timezone.now()
    load_places(now - timedelta(days=400))
    make_official(Duty.CARD_CHECK)
    begun = time.perf_counter()
    call_command("make_population", people=PEOPLE, draft=True)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica; UPDATE welfare_card_card SET status = 'active'")
        cursor.execute("SET session_replication_role = DEFAULT")
    write_visits(now)
    print(f"\n{PEOPLE:,} people written in {time.perf_counter() - begun:.0f} s")
    for sweep in (measure_coverage, find_signs, find_concentration, pseudonymise_idle):
        begun = time.perf_counter()
        rows = sweep(now)
        print(f"{sweep.__name__}: {rows} rows in {time.perf_counter() - begun:.1f} s")
    day = CoverageDay.objects.get()
    print(f"registered {day.registered:,}, active {day.active:,}, reached {day.reached}")
    begun = time.perf_counter()
    assert Client().get("/figures/coverage/").status_code == 200
    print(f"page: {(time.perf_counter() - begun) * 1000:.0f} ms, {queries_of('/figures/coverage/', Client())} queries")
    tell_plan(now)


def write_visits(now) -> None:
    """Accounts and visits by two statements, then fresh statistics, as autovacuum would gather them."""

    venues = [make_venue(opens_at="08:00", closes_at="22:00").pk for _ in range(VENUES)]
    with connection.cursor() as cursor:
        cursor.execute(ACCOUNTS, [make_season(Plan.objects.get()).pk])
        cursor.execute(VISITS, {"venues": venues, "count": VENUES, "now": now})
        print(f"\n{cursor.rowcount:,} visits")
        cursor.execute("ANALYZE")


def tell_plan(now) -> None:
    """The plan of the one statement that counts."""
    day = now.date()
    told = {"live": ["active"], "asking": ["open"], "active_from": day - timedelta(days=90)}
    with connection.cursor() as cursor:
        cursor.execute("SET work_mem = '128MB'")
        cursor.execute(f"EXPLAIN (ANALYZE, COSTS OFF) {COUNT}", told | {"fifteen": day, "thirty": day})
        print("\n".join(row[0] for row in cursor.fetchall()))
