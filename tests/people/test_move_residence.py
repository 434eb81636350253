"""A person lives in one place at a time and says so themselves."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from taar.lib.jalali import local_day
from taar.lib.refusals import Refused
from taar.people.actions import move_residence
from taar.people.models import Residence
from tests.people.factories import AT, make_neighbourhood, make_person, sign_in

pytestmark = pytest.mark.django_db


def test_moving_closes_the_old_residence_on_the_same_day():
    person, first = make_person(), make_neighbourhood()
    second = make_neighbourhood("کوی علوی", "KHZ-N-T2")
    move_residence(person, by=person, at=AT, place=first)
    later = AT + timedelta(days=40)
    move_residence(person, by=person, at=later, place=second)
    assert list(person.residences.order_by("pk").values_list("place", "until_on")) == [
        (first.pk, local_day(later)),
        (second.pk, None),
    ]
    assert person.residences.on(local_day(AT)).get().place == first
    assert person.residences.on(local_day(later)).get().place == second


def test_choosing_the_same_place_changes_nothing():
    person, place = make_person(), make_neighbourhood()
    first = move_residence(person, by=person, at=AT, place=place)
    assert move_residence(person, by=person, at=AT + timedelta(days=9), place=place) == first


def test_a_county_is_not_a_home():
    person, place = make_person(), make_neighbourhood()
    with pytest.raises(Refused):
        move_residence(person, by=person, at=AT, place=place.county)


def test_the_database_refuses_two_homes():
    person, place = make_person(), make_neighbourhood()
    move_residence(person, by=person, at=AT, place=place)
    with pytest.raises(IntegrityError), transaction.atomic():
        Residence.objects.create(person=person, place=place, since_on=local_day(AT))


def test_the_form_lists_places_under_their_county_and_keeps_them(client):
    person, place = make_person(), make_neighbourhood()
    sign_in(client, person)
    page = client.get("/my/residence/").content.decode()
    assert '<optgroup label="اهواز">' in page
    assert client.post("/my/residence/", {"place": place.code}).url == "/my/"
    assert person.residences.open().get().place == place
    assert f'value="{place.code}" selected' in client.get("/my/residence/").content.decode()


@pytest.mark.parametrize("wrong", ["", "KHZ-N-9999", "06"])
def test_a_place_that_is_not_listed_gets_a_sentence(client, wrong):
    make_neighbourhood()
    sign_in(client, make_person())
    answer = client.post("/my/residence/", {"place": wrong})
    assert answer.status_code == 200
    assert 'id="id_place_error"' in answer.content.decode()


def test_only_the_signed_in_have_a_residence(client):
    assert client.get("/my/residence/").url == "/accounts/login/code/?next=/my/residence/"
