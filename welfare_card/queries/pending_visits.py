"""What waits to be counted: the one question that an open month shows and its closing writes down."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection

from taar.lib.jalali import day_start
from welfare_card.models import Agreement, Statement

LONG_AGO = date(2000, 1, 1)

# What a statement counts: visits of its venue, family by family under its payer's agreements, that stand in no
# statement yet; and of earlier statements of the two what was given back since.
PENDING = """
SELECT visit.id, visit."on", visit.at, agreement.id AS agreement_id, 1 AS count,
    coalesce(agreement.amount, 0) AS amount, visit."on" < %(from_on)s AS late, NULL::bigint AS reverses_id
FROM welfare_card_visit AS visit
JOIN welfare_card_agreement AS agreement ON agreement.venue_id = visit.venue_id AND agreement.family = visit.family
    AND agreement.payer_id = %(payer)s AND agreement.from_on <= visit."on"
    AND (agreement.until_on IS NULL OR visit."on" < agreement.until_on)
WHERE visit.venue_id = %(venue)s AND visit.posted_at >= %(since)s AND visit.outcome = 'ok'
    AND visit.reversed_at IS NULL AND visit."on" < %(until_on)s
    AND NOT EXISTS (SELECT FROM welfare_card_statementline AS line WHERE line.visit_id = visit.id AND line.count = 1)
UNION ALL
SELECT visit.id, visit."on", visit.at, line.agreement_id, -1, line.amount, false, line.id
FROM welfare_card_visit AS visit
JOIN welfare_card_statementline AS line ON line.visit_id = visit.id AND line.count = 1
JOIN welfare_card_statement AS earlier ON earlier.id = line.statement_id AND earlier.payer_id = %(payer)s
WHERE visit.venue_id = %(venue)s AND visit.reversed_at IS NOT NULL
    AND NOT EXISTS (SELECT FROM welfare_card_statementline AS back WHERE back.visit_id = visit.id AND back.count = -1)
"""


def pending_about(statement: Statement) -> dict[str, Any]:
    """The arguments of the question for one statement."""
    about = {"venue": statement.venue_id, "payer": statement.payer_id, "since": _since(statement)}
    return about | {"from_on": statement.from_on, "until_on": statement.until_on}


def so_far(statement: Statement) -> tuple[int, int]:
    """Visits and rials that an open statement would count now."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT coalesce(sum(count), 0), coalesce(sum(count * amount), 0) FROM ({PENDING}) AS pending",
            pending_about(statement),
        )
        visits, rials = cursor.fetchone()
    return int(visits), int(rials)


def _since(statement: Statement) -> datetime:
    """Before this moment nothing can wait: the last closing counted it, under agreements that stood then."""
    pair = {"venue": statement.venue_id, "payer": statement.payer_id}
    last = Statement.objects.filter(**pair).exclude(status=Statement.Status.OPEN).order_by("-from_on").first()
    if last is None or Agreement.objects.filter(**pair, made_at__gte=last.closed_at).exists():
        return day_start(LONG_AGO)
    # A desk's clock may be some minutes ahead, so a visit can say a day that its posting has not reached.
    return day_start(last.until_on) - timedelta(days=1)
