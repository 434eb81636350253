"""Visits of synthetic people for load tests, as the door would have written them: each with the transfer that paid."""

from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Q

from taar.lib.jalali import local_day
from taar.organizations.models import Venue
from welfare_card.actions.grants import top_up_season
from welfare_card.actions.transfers import shared_account
from welfare_card.models import Account, AllowanceRule, Batch, Card, Season

CHUNK = 20_000
# Two cards of three come, once a week at the most, so that no cap is passed; the days lie between season and today.
VISITS = """
WITH wanted AS MATERIALIZED (
    SELECT gen_random_uuid() AS id, card.id AS card_id, card.person_id, account.id AS allowance_id, nth,
        (%(venues)s::bigint[])[1 + card.id %% %(count)s] AS venue_id, days."on",
        (days."on" + time '08:00' + (card.id * 7919 %% 720) * interval '1 minute') AT TIME ZONE 'Asia/Tehran' AS at
    FROM welfare_card_card AS card
    JOIN welfare_card_account AS account ON account.person_id = card.person_id AND account.season_id = %(season)s
        AND account.family = %(family)s AND account.kind = 'allowance'
    CROSS JOIN generate_series(0, least(%(visits)s, account.balance) - 1) AS nth
    CROSS JOIN LATERAL (SELECT %(today)s::date - 1 - (card.id %% 7)::integer - 7 * nth AS "on") AS days
    WHERE card.id = ANY (%(cards)s) AND card.id %% 3 <> 0 AND days."on" >= %(from_on)s
), taken AS (
    INSERT INTO welfare_card_visit (
        id, body_hash, card_id, person_id, allowance_id, venue_id, family, at, "on", tier, outcome, posted_at
    )
    SELECT id, sha256(uuid_send(id)), card_id, person_id, allowance_id, venue_id, %(family)s, at, "on", 'online', 'ok',
        at
    FROM wanted
)
INSERT INTO welfare_card_transfer (id, body_hash, debit_id, credit_id, unit, amount, kind, at)
SELECT wanted.id, sha256(uuid_send(wanted.id)), allowance_id, till.id, %(family)s, 1, 'visit', wanted.at
FROM wanted JOIN welfare_card_account AS till ON till.venue_id = wanted.venue_id AND till.kind = 'venue'
    AND till.family = %(family)s
"""


def open_rule(batch: Batch, at: datetime) -> AllowanceRule | None:
    """The rule by which the people of a batch are granted visits today, if there is one."""
    today = local_day(at)
    seasons = Season.objects.filter(plan=batch.plan_id, from_on__lte=today, until_on__gt=today)
    begun = AllowanceRule.objects.filter(plan=batch.plan_id, season__in=seasons, from_on__lte=today)
    rules = begun.filter(Q(until_on=None) | Q(until_on__gt=today))
    return rules.select_related("season").order_by("pk").first()


def add_visits(batch: Batch, rule: AllowanceRule, *, visits: int, by: Any, at: datetime) -> int:
    """Grant what a rule gives and write up to so many past visits a card of a batch; how many were written."""
    top_up_season(rule, by=by, at=at)
    venues = list(Venue.objects.filter(active=True, families__contains=[rule.family]).order_by("pk"))
    if not venues:
        return 0
    for venue in venues:
        shared_account(Account.Kind.VENUE, rule.family, venue)
    about = {"venues": [venue.pk for venue in venues], "count": len(venues), "season": rule.season_id}
    about |= {"family": rule.family, "visits": visits, "today": local_day(at), "from_on": rule.season.from_on}
    written = after = 0
    while cards := list(
        Card.objects.filter(batch=batch, pk__gt=after).order_by("pk").values_list("pk", flat=True)[:CHUNK]
    ):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(VISITS, about | {"cards": cards})
            written += cursor.rowcount
        after = cards[-1]
    return written
