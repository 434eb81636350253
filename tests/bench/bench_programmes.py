"""What a family finds among 20,000 programmes: figures, not judgements.

`python3 manage.py test tests/bench/bench_programmes.py -s -n 0` (BENCH_PROGRAMMES=2000 for a short look).
"""

import os
import time
from datetime import timedelta

import pytest
from django.db import connection

from sports_boards.models import Programme, Session
from sports_boards.queries.eligibility import family_of
from sports_boards.queries.joinable import Wish, joinable_page, joinable_week, rows_of, week_start
from taar.lib.jalali import local_day
from tests.bench.clock import database_ms
from tests.people.factories import make_neighbourhood
from tests.sports_boards.factories import AT, make_application, make_board, make_programme, make_session
from tests.sports_boards.families import make_family

pytestmark = pytest.mark.django_db
PROGRAMMES = int(os.environ.get("BENCH_PROGRAMMES", "20000"))
TODAY = local_day(AT)
AUDIENCES = ("girls", "women", "men", "children", "families", "mixed", "disabled", "elderly")
# Programmes like one that was made by hand, in forty neighbourhoods, of three boards, over sixteen weeks; eight
# sessions each; a third of them is full, a sixth is no longer open.
COPY = """
INSERT INTO sports_boards_programme ({columns})
SELECT {values} FROM sports_boards_programme AS one, generate_series(1, %s) AS n WHERE one.id = %s
"""
SESSIONS = """
INSERT INTO sports_boards_session (programme_id, number, starts_at, ends_at, place_id, "where", indoor, status, reason,
    changed_at, revision)
SELECT p.id, k, p.starts_on + p.starts_at + k * interval '7 days', p.starts_on + p.ends_at + k * interval '7 days',
    p.place_id, '', false, 'planned', '', p.changed_at, 0
FROM sports_boards_programme AS p, generate_series(0, 7) AS k
"""


def write_many(model: Programme, places: list[int], boards: list[int]) -> None:
    """Copies of one programme that differ in what a family narrows by."""
    names = [column.column for column in Programme._meta.concrete_fields if column.column not in ("id", "freed_at")]
    differing = {
        "place_id": f"(ARRAY{places})[1 + n %% {len(places)}]",
        "board_id": f"(ARRAY{boards})[1 + n %% {len(boards)}]",
        "audience": f"(ARRAY{list(AUDIENCES)})[1 + (n / 7) %% {len(AUDIENCES)}]",
        "least_age": "CASE WHEN n %% 3 = 0 THEN NULL ELSE 5 + n %% 30 END",
        "most_age": "CASE WHEN n %% 3 = 0 THEN NULL ELSE 10 + n %% 30 END",
        "starts_on": "one.starts_on - 60 + (n %% 112)",
        "taken": "0",
        "held_places": "CASE WHEN (n / 11) %% 3 = 0 THEN one.capacity ELSE 0 END",
        "status": "CASE WHEN (n / 13) %% 6 = 0 THEN 'enrolment_closed' ELSE 'open' END",
        "enrolment_closed_at": "CASE WHEN (n / 13) %% 6 = 0 THEN one.opened_at ELSE NULL END",
    }
    columns = ", ".join(f'"{name}"' for name in names)
    values = ", ".join(differing.get(name, f'one."{name}"') for name in names)
    with connection.cursor() as cursor:
        cursor.execute(COPY.format(columns=columns, values=values), [PROGRAMMES, model.pk])
        cursor.execute(SESSIONS)
        cursor.execute("ANALYZE")


@pytest.fixture
def town(db):
    """A mother with three children, who has two places already, in a town of 20,000 programmes."""
    begun = time.perf_counter()
    mother, girls = make_family(3)
    home = make_neighbourhood()
    places = [home.pk] + [make_neighbourhood(f"محله {n}", f"KHZ-N-B{n}").pk for n in range(39)]
    boards = [make_board(group=group).pk for group in ("team", "water", "combat")]
    model = make_programme(status="open", enrol_until_at=AT + timedelta(days=40), family="sport")
    write_many(model, places, boards)
    for girl in girls[:2]:
        other = make_programme(status="running", audience="mixed")
        make_session(other, starts_at=AT + timedelta(days=4), ends_at=AT + timedelta(days=4, hours=2))
        make_application(other, people=[girl], by=mother)
    print(f"\n{Programme.objects.count():,} programmes, {Session.objects.count():,} sessions written "
          f"in {time.perf_counter() - begun:.0f} s")  # fmt: skip
    return mother, home


def test_the_list_and_the_week(town):
    mother, home = town
    week = week_start(TODAY)
    girl = {"age": 11, "sex": "woman", "free": True}
    after = joinable_page(Wish(), at=AT).next
    wishes = {
        "all": Wish(),
        "near us": Wish(near=home),
        "the county": Wish(near=home.county),
        "this week": Wish(week_from=week),
        "next week": Wish(week_from=week_start(TODAY, 1)),
        "a girl of 11": Wish(age=11, sex="woman"),
        "free places": Wish(free=True),
        "near us, this week, a girl of 11, free": Wish(near=home, week_from=week, **girl),
        "county, this week, a girl of 11, free": Wish(near=home.county, week_from=week, **girl),
        "a woman of 70, closed too, water": Wish(age=70, sex="woman", closed_too=True, group="water"),
        "nothing like it": Wish(near=home, age=11, sex="man", group="support"),
    }

    def whole_list(wish: Wish, cursor: str = "") -> list:
        people = family_of(mother, TODAY)
        return rows_of(joinable_page(wish, after=cursor, at=AT).rows, people, by=mother, at=AT)

    def whole_week(wish: Wish) -> list:
        people = family_of(mother, TODAY)
        page = joinable_week(wish, first_day=week, at=AT)
        shown = list({session.programme_id: session.programme for session in page}.values())
        return rows_of(shown, people, by=mother, at=AT)

    print("\nprogrammes                               found    database   queries")
    works = {name: lambda wish=wish: whole_list(wish) for name, wish in wishes.items()}
    works["all, second page"] = lambda: whole_list(Wish(), after)
    works["the week: near us"] = lambda: whole_week(Wish(near=home))
    works["the week: county, a girl of 11, free"] = lambda: whole_week(Wish(near=home.county, **girl))
    for name, work in works.items():
        found = len(work())
        took, count = database_ms(work)
        print(f"{name:40} {found:5} {took:8.1f} ms {count:8}")
        assert count <= 10
