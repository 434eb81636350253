"""Verbs of allowances: granted by a rule, once, however often they are asked for; expired when the season is over."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from taar.journal.actions import record
from taar.lib.jalali import local_day
from taar.lib.refusals import Refused
from welfare_card.actions.transfers import hash_of, id_of, one_at_a_time, shared_account
from welfare_card.models import Account, AllowanceRule, Card, Season

BATCH = 20_000

OPEN = """
INSERT INTO welfare_card_account (kind, family, person_id, season_id, rule_id, balance)
SELECT 'allowance', %s, person_id, %s, %s, 0 FROM unnest(%s::bigint[]) AS person_id
ON CONFLICT DO NOTHING
"""
# Accounts are looked up one by one on purpose: what PostgreSQL knows of a table that is just being filled is old, and a
# join would be turned round to read the whole list once for each account.
GRANT = """
INSERT INTO welfare_card_transfer (id, body_hash, debit_id, credit_id, unit, amount, kind, at, posted_by_id)
SELECT wanted.id, %s, %s, account.id, account.family, %s, 'grant', %s, %s
FROM unnest(%s::uuid[], %s::bigint[]) AS wanted (id, person_id)
CROSS JOIN LATERAL (
    SELECT id, family FROM welfare_card_account WHERE person_id = wanted.person_id AND family = %s
        AND season_id = %s AND kind = 'allowance' AND venue_id IS NULL LIMIT 1
) AS account
ON CONFLICT (id) DO NOTHING
"""
EXPIRE = """
INSERT INTO welfare_card_transfer (id, body_hash, debit_id, credit_id, unit, amount, kind, at, posted_by_id)
SELECT wanted.id, %s, account.id, %s, account.family, account.balance, 'expiry', %s, %s
FROM unnest(%s::uuid[], %s::bigint[]) AS wanted (id, account_id)
CROSS JOIN LATERAL (
    SELECT id, family, balance FROM welfare_card_account WHERE id = wanted.account_id AND balance > 0 LIMIT 1
) AS account
ON CONFLICT (id) DO NOTHING
"""


@transaction.atomic
def grant_allowance(person: Any, *, rule: AllowanceRule, by: Any, at: datetime, period: str = "season") -> bool:
    """Grant one person what a rule gives, once for each period; False when it was granted before."""
    _refuse_other_days(rule, at)
    granted = _grant_batch([person.pk], rule=rule, period=period, by=by, at=at) == 1
    if granted:
        facts = {"family": rule.family, "visits": rule.visits}
        record("grant_allowance", f"season:{rule.season_id}", by=by, at=at, facts=facts)
    return granted


def top_up_season(
    rule: AllowanceRule,
    *,
    by: Any,
    at: datetime,
    period: str = "season",
    told: Callable[[int, int], None] = lambda done, granted: None,
) -> int:
    """Grant every holder of a live card of the plan what a rule gives; safe to run twice and after a break.

    Each batch is a transaction of its own; `told(done, granted)` hears after each.
    """
    _refuse_other_days(rule, at)
    done = granted = 0
    for people in _holders_of(rule.plan_id):
        granted += _grant_batch(people, rule=rule, period=period, by=by, at=at)
        done += len(people)
        told(done, granted)
    facts = {"family": rule.family, "visits": rule.visits, "people": granted}
    record("top_up_season", f"season:{rule.season_id}", by=by, at=at, facts=facts)
    return granted


def expire_season(season: Season, *, by: Any, at: datetime) -> int:
    """Move what is left of a season that is over out of its allowances; what is held waits for its device."""
    if local_day(at) < season.until_on:
        raise Refused(_("This season is not over yet."))
    expired, after = 0, 0
    while True:
        rows = Account.objects.filter(season=season, kind=Account.Kind.ALLOWANCE, balance__gt=0, pk__gt=after)
        keys = list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH])
        if not keys:
            break
        expired += _expire_batch(keys, by=by, at=at)
        after = keys[-1]
    record("expire_season", f"season:{season.pk}", by=by, at=at, facts={"allowances": expired})
    return expired


@transaction.atomic
def _grant_batch(people: list[int], *, rule: AllowanceRule, period: str, by: Any, at: datetime) -> int:
    one_at_a_time()
    source = shared_account(Account.Kind.SOURCE, rule.family)
    ids = [id_of("grant", rule.pk, period, person) for person in people]
    with connection.cursor() as cursor:
        cursor.execute(OPEN, [rule.family, rule.season_id, rule.pk, people])
        body_hash = hash_of("grant", rule.pk, period, rule.visits)
        about = [body_hash, source.pk, rule.visits, at, by.pk if by else None]
        cursor.execute(GRANT, [*about, ids, people, rule.family, rule.season_id])
        return cursor.rowcount


@transaction.atomic
def _expire_batch(keys: list[int], *, by: Any, at: datetime) -> int:
    one_at_a_time()
    rows = list(Account.objects.select_for_update(no_key=True).filter(pk__in=keys, balance__gt=0).order_by("pk"))
    expired = 0
    for family in sorted({row.family for row in rows}):
        accounts = [row.pk for row in rows if row.family == family]
        ids = [id_of("expiry", key, at.isoformat()) for key in accounts]
        target = shared_account(Account.Kind.EXPIRED, family)
        with connection.cursor() as cursor:
            about = [hash_of("expiry", family), target.pk, at, by.pk if by else None]
            cursor.execute(EXPIRE, [*about, ids, accounts])
            expired += cursor.rowcount
    return expired


def _holders_of(plan: int) -> Iterator[list[int]]:
    after = 0
    while True:
        rows = Card.objects.live().filter(plan_id=plan, person_id__gt=after).order_by("person_id")
        people = list(rows.values_list("person_id", flat=True)[:BATCH])
        if not people:
            return
        yield people
        after = people[-1]


def _refuse_other_days(rule: AllowanceRule, at: datetime) -> None:
    today = local_day(at)
    if today < rule.from_on or (rule.until_on and today >= rule.until_on):
        raise Refused(_("This rule does not hold today."))
    if today >= rule.season.until_on:
        raise Refused(_("This season is over."))
