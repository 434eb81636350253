"""Many clients at one moment want the same hours: each hour goes to one of them, and nobody waits in a ring."""

import random
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection

from sports_boards.actions.mandates import give_mandate
from sports_boards.actions.parts import book_part
from sports_boards.actions.programmes import approve_programme
from sports_boards.models import Booking, Mandate, Programme, Session
from taar.lib.refusals import Refused
from tests.people.factories import make_person
from tests.races.threads import all_at_once
from tests.sports_boards.factories import (
    AT,
    FAR,
    FIRST,
    TODAY,
    make_board,
    make_coach,
    make_part,
    make_programme,
    make_sport_officer,
    make_venue,
    moment,
)

pytestmark = pytest.mark.django_db(transaction=True)
CLIENTS, PARTS, DAYS, HOURS = 12, 7, 7, 10


def test_12_clients_who_want_490_hours_get_each_of_them_once():
    venue = make_venue()
    parts = [make_part(venue=venue) for _count in range(PARTS)]
    hours = [moment(FIRST + timedelta(days=day), 8 + hour) for day in range(DAYS) for hour in range(HOURS)]
    slots = [(part, starts_at) for part in parts for starts_at in hours]
    assert len(slots) == 490
    people = [make_person() for _count in range(CLIENTS)]

    def book_all(client: int) -> list[tuple[int, object]]:
        """Every client asks for every hour, four in the same order, at the same time; what it was given."""
        wanted, given = slots.copy(), []
        random.Random(client % 3).shuffle(wanted)
        for part, starts_at in wanted:
            try:
                booking = book_part(
                    part, starts_at=starts_at, ends_at=starts_at + timedelta(hours=1), purpose="تمرین",
                    by=people[client], at=AT,
                )  # fmt: skip
            except Refused:
                continue
            finally:
                connection.close()  # as at the end of a request: eight connections serve the twelve
            given.append((booking.part_id, booking.during[0]))
        return given

    said = all_at_once(*(lambda client=client: book_all(client) for client in range(CLIENTS)))
    assert not [result for result in said if isinstance(result, Exception)]  # a deadlock would be one
    given = Counter(slot for result in said for slot in result)
    assert set(given) == {(part.pk, starts_at) for part, starts_at in slots}  # no hour that nobody has
    assert set(given.values()) == {1}  # and none that two believe to have
    rows = Booking.objects.live()
    assert rows.count() == len(set(rows.values_list("part", "during"))) == 490
    for client, result in zip(people, said, strict=True):
        assert rows.filter(booked_by=client).count() == len(result)


def test_programmes_that_name_the_same_parts_in_any_order_are_approved_without_a_deadlock():
    board, venue = make_board(), make_venue()
    coach, officer = make_coach(board), make_sport_officer()
    parts = [make_part(venue=venue) for _count in range(4)]
    rivals = [
        make_programme(
            board, status="submitted", venue=venue, indoor=True, coaches=[coach],
            parts=random.Random(number).sample(parts, 4), capacity=10,
        )
        for number in range(CLIENTS)
    ]  # fmt: skip
    said = all_at_once(*(lambda rival=rival: approve_programme(rival, by=officer, at=AT) for rival in rivals))
    assert sum(isinstance(result, Programme) for result in said) == 1
    assert sum(isinstance(result, Refused) for result in said) == CLIENTS - 1
    assert Session.objects.count() == 8
    assert Booking.objects.live().count() == 8 * 4


def test_of_many_who_are_given_a_seat_one_gets_it():
    board, officer = make_board(), make_sport_officer()
    people = [make_person() for _count in range(CLIENTS)]
    about = {"seat": "secretary", "letter_number": "۷", "from_on": TODAY, "until_on": FAR, "by": officer, "at": AT}
    said = all_at_once(*(lambda person=person: give_mandate(board, person=person, **about) for person in people))
    assert sum(isinstance(result, Refused) for result in said) == CLIENTS - 1
    assert Mandate.objects.count() == 1
