"""Many families at one moment: every place is somebody's, none is two families', and nobody waits in a ring."""

import random
import uuid
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import Count, F

from sports_boards.actions.enrolments import enrol_family
from sports_boards.actions.free_places import change_capacity, fill_free_places, fill_lines
from sports_boards.actions.leaving import cancel_enrolment, refuse_enrolment
from sports_boards.actions.offers import accept_offer, decline_offer
from sports_boards.models import Application, Offer, Programme, Seat
from sports_boards.queries.lines import askable_line
from sports_boards.waiting_line import who_fits
from taar.lib.refusals import Refused
from tests.people.factories import make_person
from tests.races.threads import all_at_once
from tests.sports_boards.factories import make_session
from tests.sports_boards.families import DAY, make_family, make_open

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 12


def dealt(things: list) -> list[list]:
    """The things dealt out to the threads."""
    return [things[place::THREADS] for place in range(THREADS)]


def together(shares: list[list], verb) -> list:
    """Each thread does its share, one thing after another; what was said, a refusal too, and no other exception."""

    def work(share: list) -> list:
        said = []
        for thing in share:
            try:
                said.append(verb(thing))
            except Refused as refused:
                said.append(refused)
            finally:
                connection.close()  # as at the end of a request: the threads share a few connections
        return said

    results = all_at_once(*(lambda share=share: work(share) for share in shares))
    assert not [result for result in results if isinstance(result, Exception)]  # a deadlock would be one
    return [each for result in results for each in result]


def apply(programme: Programme, family: tuple) -> Application:
    return enrol_family(programme, people=family[1], consent=True, once=uuid.uuid4(), by=family[0], at=DAY)


def must_add_up(programme: Programme, at) -> None:
    """Not oversold, counted rightly, every family whole, and no place free that somebody who waits fits."""
    row = Programme.objects.get(pk=programme.pk)
    taken = Seat.objects.filter(programme=row, state__in=Seat.TAKING)
    assert row.taken == taken.count() <= row.capacity - row.held_places
    assert max(taken.values_list("person").annotate(seats=Count("pk")).values_list("seats", flat=True)) == 1
    halves = Application.objects.annotate(states=Count("seats__state", distinct=True)).filter(states__gt=1)
    assert not halves.exists()
    offered = Application.objects.filter(programme=row, status="offered").values_list("pk", flat=True)
    live = Offer.objects.filter(programme=row, state="live").values_list("application", flat=True)
    assert sorted(offered) == sorted(live)
    assert who_fits(askable_line(row), free=row.free) == []


def test_200_families_on_20_places_end_with_exactly_20_confirmed():
    programme = make_open(capacity=20)
    families = [make_family() for _count in range(200)]
    said = together(dealt(families), lambda family: apply(programme, family))
    assert Counter(application.status for application in said) == {"confirmed": 20, "waiting": 180}
    assert Counter(Application.objects.values_list("status", flat=True)) == {"confirmed": 20, "waiting": 180}
    assert Programme.objects.get().free == 0
    must_add_up(programme, DAY)
    # Those who came first have the places: nobody of the list was there before them.
    confirmed = Application.objects.filter(status="confirmed").values_list("pk", flat=True)
    assert len(confirmed) == Seat.objects.filter(state="confirmed").count() == 20


def test_cancelling_declining_taking_expiring_and_more_places_at_once_leave_no_place_empty():
    programme = make_open(capacity=20)
    chance = random.Random(20)
    families = [make_family(chance.choice([1, 1, 2, 3])) for _count in range(70)]
    for family in families:
        apply(programme, family)
    change_capacity(programme, capacity=34, by=make_person(), at=DAY)
    confirmed = list(Application.objects.filter(status="confirmed"))
    offered = list(Application.objects.filter(status="offered"))
    waiting = list(Application.objects.filter(status="waiting"))
    assert min(len(confirmed), len(offered), len(waiting)) > 2
    soon, office = DAY + timedelta(minutes=10), make_person()
    acts = [lambda each=each: cancel_enrolment(each, by=each.applicant, at=soon) for each in confirmed[::2]]
    acts += [lambda each=each: refuse_enrolment(each, reasons=["by_board"], by=office, at=soon) for each in confirmed]
    acts += [lambda each=each: accept_offer(each, by=each.applicant, at=soon) for each in offered]
    acts += [lambda each=each: decline_offer(each, by=each.applicant, at=soon) for each in offered]
    acts += [lambda each=each: cancel_enrolment(each, by=each.applicant, at=soon) for each in waiting[::3]]
    acts += [lambda places=places: change_capacity(programme, capacity=places, by=office, at=soon) for places in
             (35, 31, 39, 36)]  # fmt: skip
    acts += [lambda: fill_free_places(programme, at=DAY + timedelta(minutes=31))] * 4
    newcomers = [make_family() for _count in range(10)]
    acts += [lambda family=family: apply(programme, family) for family in newcomers]
    chance.shuffle(acts)
    together(dealt(acts), lambda act: act())
    fill_free_places(programme, at=DAY + timedelta(minutes=31))
    must_add_up(programme, DAY + timedelta(minutes=31))


def test_whatever_families_answer_the_places_are_full_in_the_end():
    programme = make_open(capacity=5)
    for _count in range(40):
        apply(programme, make_family())
    has = list(Application.objects.filter(status="confirmed"))
    together(dealt(has), lambda each: cancel_enrolment(each, by=each.applicant, at=DAY))
    at, chance = DAY, random.Random(7)
    for _round in range(12):
        offered = list(Application.objects.filter(status="offered"))
        answers = [chance.choice([accept_offer, decline_offer, None]) for _each in offered]
        at += timedelta(minutes=31 if None in answers else 5)
        pairs = [(verb, each) for verb, each in zip(answers, offered, strict=True) if verb]
        early = at - timedelta(minutes=2) if None in answers else at
        together(dealt(pairs), lambda pair, early=early: pair[0](pair[1], by=pair[1].applicant, at=early))
        must_add_up(programme, at)
        fill_lines(at)
    assert Programme.objects.get().free == 0
    assert Application.objects.filter(status__in=("confirmed", "offered")).count() == 5


def test_two_places_that_are_freed_at_once_go_to_two_families():
    programme = make_open(capacity=12)
    for _count in range(40):
        apply(programme, make_family())
    has = list(Application.objects.filter(status="confirmed"))
    assert len(together(dealt(has), lambda each: cancel_enrolment(each, by=each.applicant, at=DAY))) == 12
    assert Application.objects.filter(status="offered").count() == Offer.objects.filter(state="live").count() == 12
    line = Application.objects.filter(status="offered", listed_at=F("listed_at")).order_by("pk")
    first = Application.objects.exclude(pk__in=[each.pk for each in has]).order_by("listed_at", "pk")[:12]
    assert {each.pk for each in line} == {each.pk for each in first}
    must_add_up(programme, DAY)


def test_a_girl_whose_mother_enrols_her_everywhere_at_once_has_no_two_places_at_the_same_hours():
    programmes = [make_open(capacity=5) for _count in range(8)]
    for programme in programmes:
        make_session(programme)
    families = [make_family(2) for _count in range(3)]
    pairs = [(programme, family) for programme in programmes for family in families]
    random.Random(3).shuffle(pairs)
    said = together(dealt(pairs), lambda pair: apply(*pair))
    assert Counter(each.status for each in said) == {"confirmed": 3, "refused": 21}
    assert {tuple(each.reasons) for each in said if each.status == "refused"} == {("clash",)}


def test_one_family_that_taps_twice_is_enrolled_once():
    programme, family, once = make_open(capacity=5), make_family(2), uuid.uuid4()

    def tap(_thing) -> Application:
        return enrol_family(programme, people=family[1], consent=True, once=once, by=family[0], at=DAY)

    said = together([[place] for place in range(8)], tap)
    assert {each.pk for each in said} == {Application.objects.get().pk}
    others = together([[place] for place in range(8)], lambda _thing: apply(programme, family))
    assert all(isinstance(each, Refused) for each in others)
    assert Programme.objects.get().taken == 2
