"""Who of a family can join which programmes, with a reason for each no; asked for a whole page at once."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Min

from sports_boards.joining import Terms, person_faults
from sports_boards.models import Programme, Session, WhyNot
from sports_boards.numbers import ELDERLY_FROM
from taar.lib.jalali import local_day
from taar.lib.numbers import value
from taar.people.models import Person
from taar.people.queries import children_of
from welfare_card.models import Card

Status = Programme.Status
# A programme and a person, by their keys.
Pair = tuple[int, int]
# Standing sessions of some programmes that meet those of another one in which the person has a place.
CLASHES = """
SELECT DISTINCT wanted.programme_id, seat.person_id
FROM sports_boards_seat AS seat
JOIN sports_boards_session AS own ON own.programme_id = seat.programme_id AND own.status IN ('planned', 'confirmed')
JOIN sports_boards_session AS wanted ON wanted.programme_id = ANY(%s) AND wanted.programme_id <> seat.programme_id
    AND wanted.status IN ('planned', 'confirmed') AND wanted.starts_at < own.ends_at AND own.starts_at < wanted.ends_at
WHERE seat.person_id = ANY(%s) AND seat.state IN ('held', 'confirmed') AND own.ends_at > %s
"""
BOTH = f"""
SELECT pair.*, true FROM ({CLASHES}) AS pair
UNION ALL SELECT seat.programme_id, seat.person_id, false FROM sports_boards_seat AS seat
WHERE seat.programme_id = ANY(%s) AND seat.person_id = ANY(%s) AND seat.state IN ('asked', 'held', 'confirmed')
"""


def family_of(person: Any, day: date) -> list[Person]:
    """Whom an account can enrol: the person and the children whose guardian they are on a day."""
    return [person, *children_of(person, day)]


def programme_fault(programme: Programme, at: datetime) -> WhyNot | None:
    """Why nobody can apply to a programme at a moment; nothing while its enrolment is open."""
    if programme.status == Status.CANCELLED:
        return WhyNot.CANCELLED
    if programme.opened_at is None:
        return WhyNot.NOT_OPEN
    if programme.status != Status.OPEN or programme.enrol_until_at <= at:
        return WhyNot.CLOSED
    return None


def first_days(programmes: Collection[Programme]) -> dict[int, date]:
    """The day of the first session of each programme, which the ages are asked for."""
    rows = Session.objects.filter(programme__in=[row.pk for row in programmes])
    rows = rows.exclude(status__in=(Session.Status.MOVED, Session.Status.CANCELLED)).order_by()
    found = dict(rows.values_list("programme").annotate(first=Min("starts_at")))
    return {row.pk: local_day(found[row.pk]) if row.pk in found else row.starts_on for row in programmes}


def reasons_of(
    programmes: Collection[Programme], people: Collection[Person], *, by: Any, at: datetime,
    firsts: Mapping[int, date] | None = None, wards: Collection[int] | None = None,
) -> dict[Pair, list[WhyNot]]:  # fmt: skip
    """Why each person, enrolled by an account, cannot join each programme; an empty list for who can.

    At most four queries, however many programmes and people; `firsts` and `wards`, the keys of the children of the
    account, spare one each where the page knows them.
    """
    firsts = first_days(programmes) if firsts is None else firsts
    keys, persons = [row.pk for row in programmes], [person.pk for person in people]
    wards = {child.pk for child in children_of(by, local_day(at))} if wards is None else wards
    elderly_from = value(ELDERLY_FROM, local_day(at))
    services = _services(programmes, persons, at)
    clashes, twice = _standing(keys, persons, at)
    found = {}
    for row in programmes:
        terms, day = Terms(row.audience, row.least_age, row.most_age), firsts[row.pk]
        for person in people:
            pair = (row.pk, person.pk)
            own = person_faults(
                terms, birth_on=person.birth_on, sex=person.sex, day=day, elderly_from=elderly_from
            )  # fmt: skip
            own += [WhyNot.NO_GUARDIAN] if person.is_child_on(local_day(at)) and person.pk not in wards else []
            own += [WhyNot.NO_CARD] if row.family and row.family not in services.get(person.pk, ()) else []
            own += [WhyNot.CLASH] if pair in clashes else []
            own += [WhyNot.TWICE] if pair in twice else []
            found[pair] = [WhyNot(code) for code in own]
    return found


def _standing(programmes: list[int], people: list[int], at: datetime) -> tuple[set[Pair], set[Pair]]:
    """Pairs that clash, and pairs that have applied already, in one query."""
    with connection.cursor() as cursor:
        cursor.execute(BOTH, [programmes, people, at, programmes, people])
        rows = cursor.fetchall()
    clashes = {(programme, person) for programme, person, clash in rows if clash}
    return clashes, {(programme, person) for programme, person, clash in rows if not clash}


def clashes_of(programmes: Iterable[int], people: Iterable[int], at: datetime) -> set[Pair]:
    """Pairs of a programme and a person who has a place elsewhere at hours of its sessions."""
    with connection.cursor() as cursor:
        cursor.execute(CLASHES, [list(programmes), list(people), at])
        return set(cursor.fetchall())


def _services(programmes: Iterable[Programme], people: list[int], at: datetime) -> dict[int, list[str]]:
    """The services that the active card of each person opens."""
    if not any(row.family for row in programmes):
        return {}
    day = local_day(at)
    rows = Card.objects.filter(
        person__in=people, status=Card.Status.ACTIVE, valid_from_on__lte=day, valid_until_on__gt=day
    )
    return dict(rows.values_list("person", "plan__families"))
