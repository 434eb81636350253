"""Verbs of the month: statements are opened where visits were taken, and closed when the month is over.

Closing is two SQL statements, however many visits a month has: one writes the lines, one their sums and their digest.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from taar.journal.actions import record
from taar.lib.jalali import day_start, local_day, month_of
from taar.lib.numbers import value
from taar.lib.refusals import Refused
from taar.organizations.actions.bodies import office_of
from taar.organizations.models import Duty
from welfare_card import notices
from welfare_card.actions.statement_notices import facts_of, tell_both
from welfare_card.models import Statement
from welfare_card.numbers import STATEMENT_CLOSE_DAYS, STATEMENT_OBJECT_DAYS
from welfare_card.queries.pending_visits import LONG_AGO, PENDING, pending_about
from welfare_card.statement_digest import DIGEST_SQL

Status = Statement.Status
# So many months are closed in one run of a sweep.
BATCH = 50

COUNT = f"""
INSERT INTO welfare_card_statementline
    (statement_id, position, visit_id, agreement_id, count, amount, late, reverses_id)
SELECT %(statement)s, row_number() OVER (ORDER BY count DESC, "on", at, id), id, agreement_id, count, amount, late,
    reverses_id
FROM ({PENDING}) AS pending
"""
CLOSE = f"""
UPDATE welfare_card_statement AS statement SET status = 'closed', closed_at = %(at)s, closed_by_id = %(by)s,
    object_until_on = %(object_until)s, line_count = sums.line_count, visits = sums.visits,
    late_count = sums.late_count, returned_count = sums.returned_count, rials = sums.rials, digest = sums.digest
FROM ({DIGEST_SQL}) AS sums WHERE statement.id = %(statement)s
"""
# Where a month begins: a visit of this month that stands in no statement, or one that came too late for its own.
OPEN = """
INSERT INTO welfare_card_statement (venue_id, payer_id, from_on, until_on, status, opened_at, line_count, visits,
    late_count, returned_count, rials, digest, needs_second, reference)
SELECT DISTINCT agreement.venue_id, agreement.payer_id, %(from_on)s::date, %(until_on)s::date, 'open', %(at)s, 0, 0,
    0, 0, 0, '', false, ''
FROM welfare_card_agreement AS agreement
WHERE NOT EXISTS (
    SELECT FROM welfare_card_statement AS known WHERE known.venue_id = agreement.venue_id
        AND known.payer_id = agreement.payer_id AND known.from_on = %(from_on)s
) AND EXISTS (
    SELECT FROM welfare_card_visit AS visit
    WHERE visit.venue_id = agreement.venue_id AND visit.family = agreement.family
        AND visit.posted_at >= CASE WHEN agreement.made_at >= %(since)s THEN %(ever)s ELSE %(since)s END
        AND visit.outcome = 'ok' AND visit.reversed_at IS NULL AND visit."on" < %(until_on)s
        AND agreement.from_on <= visit."on" AND (agreement.until_on IS NULL OR visit."on" < agreement.until_on)
        AND (visit."on" >= %(from_on)s OR visit."on" < %(oldest)s OR EXISTS (
            SELECT FROM welfare_card_statement AS past WHERE past.venue_id = agreement.venue_id
                AND past.payer_id = agreement.payer_id AND past.status <> 'open' AND past.until_on > visit."on"))
        AND NOT EXISTS (
            SELECT FROM welfare_card_statementline AS line WHERE line.visit_id = visit.id AND line.count = 1)
)
ON CONFLICT DO NOTHING
"""
OPEN_FOR_RETURNS = """
INSERT INTO welfare_card_statement (venue_id, payer_id, from_on, until_on, status, opened_at, line_count, visits,
    late_count, returned_count, rials, digest, needs_second, reference)
SELECT DISTINCT earlier.venue_id, earlier.payer_id, %(from_on)s::date, %(until_on)s::date, 'open', %(at)s, 0, 0,
    0, 0, 0, '', false, ''
FROM welfare_card_visit AS visit
JOIN welfare_card_statementline AS line ON line.visit_id = visit.id AND line.count = 1
JOIN welfare_card_statement AS earlier ON earlier.id = line.statement_id
WHERE visit.reversed_at IS NOT NULL AND visit.reversed_at >= %(since)s
    AND NOT EXISTS (SELECT FROM welfare_card_statementline AS back WHERE back.visit_id = visit.id AND back.count = -1)
ON CONFLICT DO NOTHING
"""


@transaction.atomic
def open_statements(at: datetime) -> int:
    """This month and the last one have a statement for each venue and payer that they have visits of."""
    this = month_of(local_day(at))
    last = month_of(this[0] - timedelta(days=1))
    since = day_start(last[0]) - timedelta(days=1)
    opened = 0
    with connection.cursor() as cursor:
        for (from_on, until_on), oldest in ((last, LONG_AGO), (this, last[0])):
            about = {"from_on": from_on, "until_on": until_on, "oldest": oldest}
            cursor.execute(OPEN, about | {"since": since, "ever": day_start(LONG_AGO), "at": at})
            opened += cursor.rowcount
        about = {"from_on": this[0], "until_on": this[1], "since": since, "at": at}
        cursor.execute(OPEN_FOR_RETURNS, about)
        return opened + cursor.rowcount


def close_months(at: datetime) -> int:
    """Statements of months that are over for some days are closed, oldest first."""
    over = local_day(at) - timedelta(days=value(STATEMENT_CLOSE_DAYS, local_day(at)))
    waiting = Statement.objects.filter(status=Status.OPEN, until_on__lte=over).order_by("until_on", "pk")
    closed = 0
    for statement in waiting[:BATCH]:
        close_statement(statement, by=None, at=at)
        closed += 1
    return closed


@transaction.atomic
def close_statement(statement: Statement, *, by: Any, at: datetime) -> Statement | None:
    """A month that is over is counted, once; what comes later counts in the next one. One without visits goes."""
    claimed = Statement.objects.select_for_update(of=["self"]).select_related("venue", "payer").get(pk=statement.pk)
    _refuse_closing(claimed, at)
    about = pending_about(claimed) | {"statement": claimed.pk, "at": at, "by": by.pk if by else None}
    about["object_until"] = local_day(at) + timedelta(days=value(STATEMENT_OBJECT_DAYS, local_day(at)))
    with connection.cursor() as cursor:
        cursor.execute(COUNT, about)
        if not cursor.rowcount:
            claimed.delete()
            return None
        cursor.execute(CLOSE, about)
    claimed.refresh_from_db()
    facts = facts_of(claimed) | {"visits": claimed.visits, "rials": claimed.rials, "late": claimed.late_count}
    facts |= {"given_back": claimed.returned_count, "digest": claimed.digest}
    record("close_statement", claimed.subject, by=by, at=at, post=office_of(by, Duty.CARDS, at), facts=facts)
    tell_both(claimed, notices.STATEMENT_CLOSED, at=at, until_on=claimed.object_until_on.isoformat())
    return claimed


def _refuse_closing(statement: Statement, at: datetime) -> None:
    if statement.status != Status.OPEN:
        raise Refused(_("This statement is closed already."))
    if local_day(at) < statement.until_on:
        raise Refused(_("This month is not over yet."))
    earlier = Statement.objects.filter(
        venue=statement.venue_id, payer=statement.payer_id, status=Status.OPEN, from_on__lt=statement.from_on
    )
    if earlier.exists():
        raise Refused(_("An earlier month of this venue is still open; close that one first."))
