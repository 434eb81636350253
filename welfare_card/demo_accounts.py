"""The accounts of the demonstration: a pool, who pays for it, a month that waits to be paid, one just closed."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from taar.lib.jalali import day_start, local_day, month_of
from taar.organizations.models import Organization, Venue
from taar.people.models import Person
from welfare_card.actions.agreements import make_agreement
from welfare_card.actions.months import close_statement, open_statements
from welfare_card.actions.statements import approve_statement, export_statement, object_to_statement
from welfare_card.actions.visits import take_visit
from welfare_card.models import Card, Family, Statement
from welfare_card.visit_request import read_visit

PAYER = "OSTAN"
RIALS = 450_000
WORDS = "ردیف دوم را مرکز ما در دفتر خود ندارد؛ لطفاً بررسی کنید."


def tell_account_story(pool: Venue, *, holder: Person, at: datetime, office: Any) -> None:
    """The month before the last one is approved and waits to be paid; the last one is closed and objected to."""
    payer = Organization.objects.get(code=PAYER)
    this = month_of(local_day(at))
    last = month_of(this[0] - timedelta(days=1))
    about = {"family": Family.SPORT, "amount": RIALS, "owner_label": payer.name_fa}
    act = {"by": office.administrator, "at": at - timedelta(days=85)}
    make_agreement(pool, payer=payer, from_on=last[0] - timedelta(days=15), **about, **act)
    older = _month(pool, holder, ends=last[0], days=(3, 5), closed_after=3, office=office)
    approve_statement(older, by=office.checker, at=day_start(last[0]) + timedelta(days=20))
    export_statement(older, by=office.administrator, at=day_start(last[0]) + timedelta(days=21))
    newer = _month(pool, holder, ends=this[0], days=(2, 4, 7, 9), closed_after=0, office=office)
    object_to_statement(newer, side="payer", words=WORDS, by=office.accountant, at=newer.closed_at)


def visit_pool(pool: Venue, *, holder: Person, at: datetime, by: Person) -> None:
    """The holder swims once."""
    card = Card.objects.live().get(person=holder)
    body = {"id": str(uuid.uuid4()), "number": card.number, "service": Family.SPORT.value, "tier": "online"}
    take_visit(read_visit(body | {"at": at.isoformat()}), venue=pool.pk, by=by, at=at)


def _month(pool: Venue, holder: Person, *, ends, days: tuple, closed_after: int, office: Any) -> Statement:
    """Visits some days before a month ends, and its statement, closed some days after."""
    for day in days:
        at = day_start(ends - timedelta(days=day)) + timedelta(hours=17)
        visit_pool(pool, holder=holder, at=at, by=office.venue_officer)
    closed_at = day_start(ends) + timedelta(days=closed_after, minutes=5)
    open_statements(closed_at)
    return close_statement(Statement.objects.get(venue=pool, until_on=ends), by=None, at=closed_at)
