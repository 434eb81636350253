"""Whom a statement is told: the people of its venue and the keepers of accounts of its payer."""

from datetime import datetime
from typing import Any

from taar.lib.jalali import MONTHS, format_month, local_day
from taar.notifications.actions import tell
from taar.organizations.models import Duty
from taar.organizations.queries import holders
from welfare_card.models import Statement


def tell_both(statement: Statement, kind: str, *, at: datetime, **facts: Any) -> None:
    """The venue and the payer hear."""
    tell_venue(statement, kind, at=at, **facts)
    tell_payer(statement, kind, at=at, **facts)


def tell_venue(statement: Statement, kind: str, *, at: datetime, **facts: Any) -> None:
    """The people of the venue hear."""
    _tell(statement, kind, Duty.VENUE, statement.venue.organization, at=at, facts=facts)


def tell_payer(statement: Statement, kind: str, *, at: datetime, **facts: Any) -> None:
    """The keepers of accounts of the payer hear."""
    _tell(statement, kind, Duty.ACCOUNTS, statement.payer, at=at, facts=facts)


def tell_office(statement: Statement, kind: str, *, at: datetime) -> None:
    """Who approves statements hears."""
    _tell(statement, kind, Duty.CARD_CHECK, None, at=at, facts={})


def facts_of(statement: Statement) -> dict[str, Any]:
    """Which statement it is, as the journal says it."""
    return {"venue": statement.venue_id, "payer": statement.payer.code, "month": format_month(statement.from_on, "en")}


def _tell(statement: Statement, kind: str, duty: str, body: Any, *, at: datetime, facts: dict[str, Any]) -> None:
    people = [row.person for row in holders(duty, local_day(at), body)]
    venue = statement.venue
    names = {"fa": venue.name_fa, "ar": venue.name_ar or venue.name_fa, "en": venue.name_en or venue.name_fa}
    month = {language: format_month(statement.from_on, language) for language in MONTHS}
    facts = {"venue": names, "month": month} | facts
    tell(people, kind, at=at, url=statement.get_absolute_url(), facts=facts, own=True)
