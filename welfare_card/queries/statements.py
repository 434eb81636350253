"""Statements as people read them: whose they are, their lines by page, their days, and what an open month holds."""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from django.db.models import F, Q, QuerySet, Sum

from taar.organizations.models import Duty
from taar.organizations.queries import standing_of
from welfare_card.models import Family, Statement, StatementLine
from welfare_card.statement_digest import CountedLine

# So many months stand in a list of choices: five years.
MOST_MONTHS = 60
SEEN_BY_OFFICE = (Duty.CARDS, Duty.CARD_CHECK)


class DayRow(NamedTuple):
    """A day and family of a statement: visits less those given back, and rials."""

    on: date
    family: str
    visits: int
    rials: int


def statements_of(person: Any, *, on: date) -> QuerySet[Statement]:
    """The statements that a person may see on a day: of their venue, of their body's accounts; all for the office."""
    standing = standing_of(person, on)
    rows = Statement.objects.select_related("venue__organization", "payer")
    if any(standing.has(duty) for duty in SEEN_BY_OFFICE):
        return rows
    doors = [post.organization_id for post in standing.posts if Duty.VENUE in post.duties]
    accounts = [post.organization_id for post in standing.posts if Duty.ACCOUNTS in post.duties]
    return rows.filter(Q(venue__organization__in=doors) | Q(payer__in=accounts))


def months_of(rows: QuerySet[Statement]) -> list[date]:
    """The months that statements begin in, newest first."""
    return list(rows.order_by("-from_on").values_list("from_on", flat=True).distinct()[:MOST_MONTHS])


def narrowed(rows: QuerySet[Statement], *, status: str = "", month: date | None = None, venue: str = "") -> QuerySet:
    """Statements of a state, of the Jalali month that begins on a day, of venues whose name holds some letters."""
    rows = rows.filter(status=status) if status else rows
    rows = rows.filter(from_on=month) if month else rows
    return rows.filter(venue__name_fa__icontains=venue) if venue else rows


def lines_of(statement: Statement) -> QuerySet[StatementLine]:
    """The lines with the day, the family and the card's index: what a venue must know, and no name."""
    about = {"on": F("visit__on"), "family": F("visit__family"), "card_index": F("visit__card__index")}
    return StatementLine.objects.filter(statement=statement).annotate(**about)


def counted_lines(statement: Statement) -> Iterator[CountedLine]:
    """All lines in order, a few thousand at a time."""
    rows = lines_of(statement).order_by("position")
    names = ("position", "on", "card_index", "family", "count", "amount")
    return (CountedLine(*row) for row in rows.values_list(*names).iterator(chunk_size=5000))


def days_of(statement: Statement) -> list[DayRow]:
    """Visits and rials by day and family."""
    rows = StatementLine.objects.filter(statement=statement).order_by()
    rows = rows.values_list("visit__on", "visit__family")
    rows = rows.annotate(visits=Sum("count"), rials=Sum(F("count") * F("amount"))).order_by(
        "visit__on", "visit__family"
    )
    return [DayRow(*row) for row in rows]


def family_words() -> dict[str, str]:
    """The word of each family in the reader's language."""
    return {family.value: str(family.label) for family in Family}
