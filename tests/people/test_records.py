from datetime import date

import pytest
from django.db import connection

from taar.lib.jalali import from_jalali
from taar.lib.refusals import Refused
from taar.people.actions import (
    appoint_guardian,
    confirm_merge,
    correct_person,
    dismiss_suspicion,
    end_guardianship,
    join_household,
    leave_household,
    open_household,
    propose_merge,
    refuse_merge,
    register_person,
    reverse_merge,
)
from taar.people.age import age_on
from taar.people.models import HouseholdMember, Person, Suspicion
from taar.people.sweeps import drop_unconfirmed
from tests.people.factories import AT, make_neighbourhood, make_person

pytestmark = pytest.mark.django_db
BORN, CHILD_BORN = date(1989, 7, 18), date(2017, 5, 2)


def register(**over) -> Person:
    about = {"given_name": "مریم", "family_name": "کعبی", "sex": "woman", "birth_on": BORN}
    return register_person(by=None, at=AT, **(about | over))


def test_a_person_without_a_phone_stays_and_is_found_by_any_spelling_of_the_name():
    person = register(given_name="فاطمه‌زهرا", family_name="كعبي")
    assert drop_unconfirmed(AT.replace(year=2028)) == 0
    for text in ("کعبی", "فاطمه زهرا", "زهرا کعبی", "فاطمه‌زهرا كعبی"):
        assert list(Person.objects.named(text)) == [person]
    assert not Person.objects.named("کعب").exists()
    assert not Person.objects.named("").exists()


def test_names_and_numbers_lie_nowhere_in_the_clear():
    person = register(family_name="نهان‌خواه", national_id="1740000016")
    correct_person(person, by=None, at=AT, family_name="نهان‌خواه‌تر")
    with connection.cursor() as cursor:
        for table in ("people_person", "people_personevent"):
            cursor.execute(f"SELECT t::text FROM {table} t")
            told = str(cursor.fetchall())
            assert "نهان" not in told
            assert "1740000016" not in told


def test_a_number_belongs_to_one_record():
    register(national_id="1740000016")
    with pytest.raises(Refused) as refused:
        register(national_id="1740000016")
    assert refused.value.field == "national_id"
    register(foreign_id="12345678", foreign_id_kind="amayesh")
    with pytest.raises(Refused) as refused:
        register(foreign_id="12345678", foreign_id_kind="fida")
    assert refused.value.field == "foreign_id"


@pytest.mark.parametrize("over", [{"given_name": " "}, {"family_name": ""}, {"birth_on": date(2027, 1, 1)}])
def test_a_record_without_a_name_or_with_a_birthday_to_come_is_refused(over):
    with pytest.raises(Refused):
        register(**over)


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        ("1399-12-30", "1400-12-29", 0),
        ("1399-12-30", "1401-01-01", 1),
        ("1399-12-30", "1403-12-30", 4),
        ("1380-07-01", "1398-06-31", 17),
        ("1380-07-01", "1398-07-01", 18),
    ],
)
def test_age_turns_on_the_jalali_birthday(born, day, age):
    assert age_on(from_jalali(born), from_jalali(day)) == age


def test_look_alikes_of_one_place_go_to_the_queue_once_and_others_do_not():
    place = make_neighbourhood()
    first = register(place=place, given_name="سیده مریم")
    second = register(place=place)
    register(place=place, given_name="لیلا")
    register(place=place, birth_on=date(1990, 1, 1))
    correct_person(second, by=None, at=AT, sex="woman")
    pair = Suspicion.objects.get()
    assert (pair.first_id, pair.second_id) == (first.pk, second.pk)
    dismiss_suspicion(pair, by=make_person(), at=AT)
    correct_person(second, by=None, at=AT, sex="woman")
    assert not Suspicion.objects.waiting().exists()
    with pytest.raises(Refused):
        dismiss_suspicion(pair, by=make_person(), at=AT)


def test_a_person_lives_in_one_household_at_a_time():
    place = make_neighbourhood()
    person = register()
    first = open_household(place, by=None, at=AT, address="کوچهٔ سوم")
    second = open_household(place, by=None, at=AT)
    join_household(first, person, by=None, at=AT)
    assert join_household(first, person, by=None, at=AT) == join_household(first, person, by=None, at=AT)
    join_household(second, person, by=None, at=AT.replace(day=25))
    assert [row.until_on is None for row in HouseholdMember.objects.order_by("pk")] == [False, True]
    assert leave_household(second, person, by=None, at=AT.replace(day=26))
    assert not leave_household(second, person, by=None, at=AT.replace(day=26))


def test_a_child_has_at_most_three_guardians_and_an_ended_one_makes_room():
    child = register(birth_on=CHILD_BORN)
    rows = [appoint_guardian(child, register(), by=None, at=AT, proof="court") for _ in range(3)]
    with pytest.raises(Refused):
        appoint_guardian(child, register(), by=None, at=AT, proof="court")
    same = appoint_guardian(child, rows[0].guardian, by=None, at=AT, proof="court")
    assert same == rows[0]
    end_guardianship(rows[1], by=None, at=AT)
    assert appoint_guardian(child, register(), by=None, at=AT, proof="court").place_of_three == 2
    with pytest.raises(Refused):
        end_guardianship(rows[1], by=None, at=AT)


def test_neither_an_adult_has_a_guardian_nor_is_a_child_one():
    child, adult = register(birth_on=CHILD_BORN), register()
    for ward, guardian in ((adult, register()), (child, register(birth_on=CHILD_BORN)), (child, child)):
        with pytest.raises(Refused):
            appoint_guardian(ward, guardian, by=None, at=AT, proof="court")


def test_a_merge_takes_two_people_moves_the_children_and_can_be_taken_back():
    kept, gone, child = register(), register(), register(birth_on=CHILD_BORN)
    row = appoint_guardian(child, gone, by=None, at=AT, proof="court")
    proposer, checker = make_person(), make_person()
    merge = propose_merge(kept, gone, by=proposer, at=AT)
    with pytest.raises(Refused):
        confirm_merge(merge, by=proposer, at=AT)
    confirm_merge(merge, by=checker, at=AT)
    row.refresh_from_db()
    gone.refresh_from_db()
    assert (row.guardian, gone.merged_into, gone.is_active) == (kept, kept, False)
    with pytest.raises(Refused):
        correct_person(gone, by=None, at=AT, sex="man")
    merge.refresh_from_db()
    reverse_merge(merge, by=checker, at=AT)
    row.refresh_from_db()
    gone.refresh_from_db()
    assert (row.guardian, gone.merged_into, gone.is_active) == (gone, None, True)


def test_a_refused_merge_changes_nothing_and_nobody_merges_themselves():
    kept, gone, proposer = register(), register(), make_person()
    refuse_merge(propose_merge(kept, gone, by=proposer, at=AT), by=make_person(), at=AT)
    gone.refresh_from_db()
    assert gone.merged_into is None
    for pair in ((kept, kept), (kept, proposer), (make_person(), make_person())):
        with pytest.raises(Refused):
            propose_merge(*pair, by=proposer, at=AT)
