from datetime import date

import pytest
from django.db import IntegrityError, transaction

from taar.lib.refusals import Refused
from taar.places.actions import flag_place, unflag_place
from taar.places.models import Place, PlaceFlag
from tests.places.factories import make_county, make_place

FROM, UNTIL = date(2026, 1, 1), date(2026, 6, 1)
pytestmark = pytest.mark.django_db


def flag(place, kind="underserved", from_on=FROM, until_on=None, source="نامهٔ ۱۲"):
    return flag_place(place, kind=kind, from_on=from_on, until_on=until_on, source=source)


def test_a_flag_holds_from_its_first_day_up_to_its_end():
    place = make_place()
    flag(place, until_on=UNTIL)
    days = [date(2025, 12, 31), FROM, date(2026, 5, 31), UNTIL]
    assert [place.underserved_on(day) for day in days] == [False, True, True, False]


def test_a_flag_reaches_what_lies_in_the_place_and_not_what_lies_around_it():
    county = make_county()
    place, beside = make_place(parent=county), make_place(parent=county)
    inner = make_place(parent=place)
    flag(place)
    assert set(Place.objects.flagged("underserved", FROM)) == {place, inner}
    assert [each.underserved_on(FROM) for each in (inner, beside, county)] == [True, False, False]


def test_the_same_flag_does_not_overlap_itself():
    place = make_place()
    flag(place)
    with pytest.raises(Refused):
        flag(place, from_on=UNTIL)
    assert flag(place, kind="pilot")
    assert flag(make_place())


def test_an_ended_flag_can_be_set_again_from_the_day_it_ended():
    place = make_place()
    unflag_place(flag(place), until_on=UNTIL)
    assert flag(place, from_on=UNTIL).until_on is None


def test_a_flag_ends_once():
    row = unflag_place(flag(make_place()), until_on=UNTIL)
    with pytest.raises(Refused):
        unflag_place(row, until_on=UNTIL)


@pytest.mark.parametrize("wrong", [{"until_on": FROM}, {"source": "  "}])
def test_a_flag_without_days_or_source_is_refused(wrong):
    with pytest.raises(Refused):
        flag(make_place(), **wrong)


def test_the_database_itself_refuses_an_overlap():
    place = make_place()
    flag(place)
    with pytest.raises(IntegrityError), transaction.atomic():
        PlaceFlag.objects.create(place=place, kind="underserved", from_on=UNTIL, source="x")
