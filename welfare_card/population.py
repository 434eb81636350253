"""Synthetic people for load tests: without phone, papers or names of anybody, the same for the same seed."""

import random
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from django.db import connection

from taar.lib.jalali import local_day, to_jalali
from taar.places.models import Place
from welfare_card.actions.requests import CardRequest
from welfare_card.card_code import Flag

GIRLS = ["زهرا", "فاطمه", "مریم", "زینب", "سارا", "نرگس", "معصومه", "لیلا", "هدی", "آمنه"]
BOYS = ["علی", "محمد", "حسین", "رضا", "مهدی", "عباس", "یاسر", "کاظم", "جواد", "احمد"]
FAMILIES = ["کریمی", "حیدری", "عبیات", "باوی", "مرادی", "نجفی", "دریساوی", "سواری", "بهرامی", "آلبوغبیش"]
COUNTIES = (601, 603, 605, 610, 612)
CHILD_UNTIL = 15
COLUMNS = "password, is_superuser, identity_level, language, is_active, is_staff, created_at, birth_on"
COLUMNS += ", sex, foreign_id_kind, name_keys"
TYPES = ("text", "bool", "int2", "text", "bool", "bool", "timestamptz", "date", "text", "text", "bytea[]")


def add_people(
    count: int, *, at: datetime, seed: int = 1, homes: Sequence[tuple[int, int]] = ()
) -> Iterator[CardRequest]:
    """Write so many persons by COPY and yield what their cards are to say; `homes` are places with their counties."""
    chance, today = random.Random(seed), local_day(at)
    births = [today - timedelta(days=chance.randrange(6 * 365, 80 * 365)) for _person in range(count)]
    women = [chance.random() < 0.55 for _person in range(count)]
    lived = [chance.choice(homes) if homes else (0, chance.choice(COUNTIES)) for _person in range(count)]
    for key, birth_on, woman, (_place, county) in zip(
        _put_people(births, women, lived, at), births, women, lived, strict=True
    ):
        yield _request_of(key, birth_on, today, chance, woman=woman, county=county)


def known_homes() -> list[tuple[int, int]]:
    """Every place where people live, with the number of its county."""
    rows = Place.objects.livable().values_list("pk", "county__code")
    return [(place, int(county)) for place, county in rows if county.isdecimal()]


def _put_people(births: list[date], women: list[bool], lived: list[tuple[int, int]], at: datetime) -> list[int]:
    """Copy the rows in, and where they live; the keys that they got, in order."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('people_person', 'id')) FROM generate_series(1, %s)", [len(births)]
        )
        keys = [row[0] for row in cursor.fetchall()]
        with cursor.copy(f"COPY people_person (id, {COLUMNS}) FROM STDIN (FORMAT BINARY)") as copy:
            copy.set_types(("int8", *TYPES))
            for key, birth_on, woman in zip(keys, births, women, strict=True):
                sex = "woman" if woman else "man"
                copy.write_row((key, "!", False, 0, "fa", True, False, at, birth_on, sex, "", []))
        with cursor.copy("COPY people_residence (person_id, place_id, since_on) FROM STDIN (FORMAT BINARY)") as copy:
            copy.set_types(("int8", "int8", "date"))
            for key, (place, _county) in zip(keys, lived, strict=True):
                if place:
                    copy.write_row((key, place, local_day(at)))
    return keys


def _request_of(
    person_id: int, birth_on: date, today: date, chance: random.Random, *, woman: bool, county: int
) -> CardRequest:
    child = (today - birth_on).days < CHILD_UNTIL * 365
    flags = (Flag.WOMAN if woman else 0) | (Flag.CHILD | Flag.GUARDIAN_NEEDED if child else 0)
    name = f"{chance.choice(GIRLS if woman else BOYS)} {chance.choice(FAMILIES)}"
    return CardRequest(person_id, name, county, int(flags), to_jalali(birth_on).year)
