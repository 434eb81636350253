from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from taar.places.actions import correct_place, withdraw_holiday
from taar.places.models import Holiday, Place, PlaceFlag
from taar.places.queries import choices_by_county, path_of, underserved_places
from taar.places.reference import FOUNDED_ON, load_holidays, load_places
from tests.places.factories import make_county, make_place

AT = datetime(2026, 11, 24, 8, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def test_the_tree_of_the_province_is_loaded_once():
    assert load_places(AT) == 282
    assert load_places(AT) == 0
    assert Place.objects.counties().count() == 30
    assert Place.objects.filter(name_ar="").count() == 0


def test_every_place_knows_what_it_lies_in():
    load_places(AT)
    place = Place.objects.select_related("county").get(code="KHZ-N-001")
    assert [each.code for each in path_of(place)] == ["06", "0603", "060302", "0603022668", "KHZ-N-001"]
    assert place.county.code == "0603"
    assert place in Place.objects.within(place.county)
    assert place.county not in Place.objects.within(place)


def test_a_label_names_the_county_first_in_each_language(django_assert_num_queries):
    load_places(AT)
    with django_assert_num_queries(1):
        place = Place.objects.select_related("county").get(code="KHZ-N-001")
        labels = []
        for language in ("fa", "ar", "en"):
            with override(language):
                labels.append(place.label)
    assert labels == ["اهواز، ملاشیه", f"الأهواز، {place.name_ar}", "Ahvaz, Mollashiyeh"]


def test_flags_begin_with_the_plan_and_reach_what_lies_inside():
    load_places(AT)
    place = Place.objects.get(code="KHZ-N-040")
    assert place.pilot_on(FOUNDED_ON)
    assert not place.pilot_on(date(2025, 8, 23))
    assert not PlaceFlag.objects.filter(place=place).exists()
    assert place in Place.objects.flagged("pilot", FOUNDED_ON)
    assert not Place.objects.flagged("pilot", date(2025, 1, 1)).exists()


def test_what_an_office_corrected_is_not_laid_over():
    load_places(AT)
    place = correct_place(Place.objects.get(code="KHZ-N-001"), name_fa="ملاشیهٔ نو")
    PlaceFlag.objects.filter(place=place).update(until_on=date(2026, 1, 1))
    load_places(AT)
    place.refresh_from_db()
    assert place.name_fa == "ملاشیهٔ نو"
    assert not place.underserved_on(date(2026, 2, 1))


def test_the_code_of_a_place_is_never_corrected():
    with pytest.raises(ValueError, match="code"):
        correct_place(make_place(), code="X")


def test_choices_hang_under_their_counties(django_assert_num_queries):
    load_places(AT)
    with django_assert_num_queries(1):
        counties = choices_by_county()
    assert len(counties) == 30
    assert sum(len(places) for _county, places in counties) == 164


def test_underserved_places_are_found_together(django_assert_num_queries):
    load_places(AT)
    places = list(Place.objects.livable())
    with django_assert_num_queries(1):
        marked = underserved_places(places, FOUNDED_ON)
    assert len(marked) == 35


def test_holidays_are_loaded_once_and_those_taken_back_stay_so():
    assert load_holidays(AT) == 86
    withdraw_holiday(Holiday.objects.get(on=date(2026, 3, 21)), at=AT)
    assert load_holidays(AT) == 0
    assert Holiday.objects.filter(name_ar="").count() == 0
    assert Holiday.objects.filter(withdrawn_at__isnull=False).count() == 1


def test_the_database_refuses_a_second_province_over_nothing():
    county = make_county()
    with pytest.raises(IntegrityError), transaction.atomic():
        Place.objects.filter(pk=county.pk).update(parent=None)
