"""Families that enrol: a parent with children, on the days of these tests."""

import uuid
from datetime import date, datetime, timedelta

from django.utils import timezone

from sports_boards.actions.enrolments import enrol_family
from sports_boards.models import Application, Programme
from taar.lib.jalali import local_day
from taar.people.models import Guardianship, Person, Residence
from tests.people.factories import make_neighbourhood, make_person
from tests.sports_boards.factories import AT, LONG_AGO, make_programme

# Ten o'clock in Tehran on a working day: places are offered.
DAY = AT - timedelta(hours=1, minutes=30)
ELEVEN, SEVEN, GROWN = date(2015, 4, 4), date(2019, 4, 4), date(1985, 4, 4)


def born(years: int) -> date:
    """The birthday of who is so many years old today, the day on which this is run, and some months more."""
    return local_day(timezone.now()) - timedelta(days=365 * years + 120)


def make_parent(**over) -> Person:
    """A mother with an account."""
    return make_person(**({"sex": Person.Sex.WOMAN, "birth_on": GROWN} | over))


def make_child(*guardians: Person, birth_on: date | None = ELEVEN, sex: str = Person.Sex.WOMAN) -> Person:
    """A girl of eleven of some guardians."""
    child = make_person(birth_on=birth_on, sex=sex)
    for place, guardian in enumerate(guardians, start=1):
        Guardianship.objects.create(
            child=child, guardian=guardian, place_of_three=place, proof="declared", from_on=LONG_AGO
        )
    return child


def make_family(children: int = 1, *, resident: bool = False) -> tuple[Person, list[Person]]:
    """A mother and her girls of eleven."""
    parent = make_parent()
    if resident:
        Residence.objects.create(person=parent, place=make_neighbourhood(), since_on=LONG_AGO)
    return parent, [make_child(parent) for _count in range(children)]


def make_open(capacity: int = 2, **over) -> Programme:
    """An open programme for girls from nine to fourteen."""
    return make_programme(status="open", capacity=capacity, minimum=1, **over)


def enrol(programme: Programme, family: tuple[Person, list[Person]], *, at: datetime = DAY, **over) -> Application:
    """Enrol the children of a family with their mother's consent."""
    over = {"people": family[1], "consent": True, "once": uuid.uuid4(), "by": family[0]} | over
    return enrol_family(programme, at=at, **over)


def enrol_new(programme: Programme, children: int = 1, *, at: datetime = DAY, resident: bool = False) -> Application:
    """Enrol a family that nobody knew before."""
    return enrol(programme, make_family(children, resident=resident), at=at)


def free_of(programme: Programme) -> int:
    """The places that nobody has, as the database counts them."""
    return Programme.objects.get(pk=programme.pk).free
