"""Rows by COPY are the rows that an INSERT writes: keys, sealed values, arrays, and every constraint."""

import uuid

import pytest
from django.db import IntegrityError, transaction

from taar.lib.copying import copy_rows
from taar.people.models import Person
from taar.places.models import Place
from tests.people.factories import AT, make_person
from tests.places.factories import make_place
from tests.welfare_card.applicants import make_draft, make_plan
from welfare_card.models import Application, Member

pytestmark = pytest.mark.django_db


def newcomer(**over) -> Person:
    person = Person(created_at=AT, sex="woman", **over)
    person.put_names("مریم", "نواصر\tو\\خط")
    person.set_unusable_password()
    return person


def test_rows_get_their_keys_and_keep_sealed_texts_arrays_and_none():
    first, second = copy_rows([newcomer(), newcomer(birth_on=AT.date())])
    assert first.pk < second.pk
    found = Person.objects.get(pk=second.pk)
    assert (found.given_name, found.family_name) == ("مریم", "نواصر\tو\\خط")
    assert [bytes(key) for key in found.name_keys] == second.name_keys
    assert (found.birth_on, Person.objects.get(pk=first.pk).birth_on) == (AT.date(), None)
    assert copy_rows([]) == []


def test_keys_go_on_where_they_were_and_a_row_that_points_at_a_new_one_finds_it():
    draft, person = make_draft(), newcomer()
    copy_rows([person])
    assert make_person().pk > person.pk
    copy_rows([Member(application=draft, plan_id=draft.plan_id, person=person, entered_by_id=draft.entered_by_id)])
    assert Member.objects.get(person=person).status == Member.Status.OPEN


def test_a_constraint_refuses_all_rows_together():
    draft = make_draft(plan=make_plan(), place=make_place())
    about = {
        name: getattr(draft, name)
        for name in ("plan", "place", "county", "household", "applicant", "entered_by", "channel", "status")
    }
    rows = [Application(code=f"RK-{number}", once=uuid.uuid4(), **about) for number in range(2)]
    rows[1].code = rows[0].code
    with pytest.raises(IntegrityError), transaction.atomic():
        copy_rows(rows)
    assert Application.objects.count() == 1
    assert Place.objects.exists()
