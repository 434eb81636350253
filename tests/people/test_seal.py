"""What names a person lies sealed: in the rows, in the history, in the session and in the second factor."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.core.exceptions import FieldError
from django.db import IntegrityError, connection, transaction
from django.test import override_settings

from taar.lib.persian import local_digits
from taar.lib.sealed import blind_index, seal, unseal
from taar.people.actions import choose_email, give_demo_second_factor, verify_resident
from taar.people.models import Person
from tests.people.factories import AT, DEMO_SECRET, make_person, next_phone

pytestmark = pytest.mark.django_db
NATIONAL_ID = "9990000018"


def whole_database() -> str:
    """Every row of every table, as text and with bytes read as text."""
    rows = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT t::text FROM {connection.ops.quote_name(table)} t")
            rows += [row[0] for row in cursor.fetchall()]
    return "\n".join(rows)


def test_nothing_personal_stands_in_any_table(client):
    phone = next_phone()
    person = make_person(phone=phone)
    verify_resident(person, by=None, at=AT, method="phone_id_match", national_id=NATIONAL_ID)
    choose_email(person, by=person, at=AT, email="somebody@example.org")
    give_demo_second_factor(person, DEMO_SECRET)
    client.post("/accounts/login/code/", {"phone": "0" + phone[3:]})
    whole = whole_database()
    bare = phone[3:]
    for secret in (bare, NATIONAL_ID, "somebody@example.org", DEMO_SECRET):
        assert secret not in whole
        assert secret.encode().hex() not in whole
    person = Person.objects.get(pk=person.pk)
    assert (person.phone, person.national_id, person.email) == (phone, NATIONAL_ID, "somebody@example.org")


def test_no_phone_stands_in_a_session_or_in_the_cache(client):
    phone = next_phone()
    client.post("/accounts/login/code/", {"phone": "0" + phone[3:]})
    session = client.session
    assert phone[3:] not in str(dict(session.items()))
    assert phone[3:] not in str(cache.get(session.cache_key))


def test_no_phone_stands_whole_on_the_pages_of_sign_in(client):
    phone = next_phone()
    client.post("/accounts/login/code/", {"phone": "0" + phone[3:]})
    page = client.get("/accounts/login/code/confirm/").content.decode()
    assert phone[3:] not in page
    assert local_digits(phone[3:], "fa") not in page


def test_two_accounts_never_have_one_phone():
    phone = make_person().phone
    with pytest.raises(IntegrityError), transaction.atomic():
        make_person(phone=phone)


def test_a_phone_is_found_by_its_index_and_by_nothing_else():
    person = make_person()
    assert Person.objects.with_phone(person.phone).get() == person
    with pytest.raises(FieldError):
        Person.objects.filter(phone=person.phone).exists()
    with pytest.raises(FieldError):
        Person.objects.filter(phone__contains="916").exists()


def test_a_phone_without_its_index_is_refused_by_the_database():
    person = make_person()
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.filter(pk=person.pk).update(phone_index=None, phone_verified_at=None)


def test_a_sealed_value_opens_only_for_its_own_column():
    person = make_person()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_person SET email = phone WHERE id = %s", [person.pk])
    with pytest.raises(Exception, match=r"^$"):
        Person.objects.get(pk=person.pk)


def test_new_values_take_the_new_key_and_old_ones_stay_readable():
    old = "1:" + "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
    new = "2:" + "/////////////////////////////////////////w8="
    with override_settings(FIELD_KEYS=[old]):
        sealed, index = seal("راز", "test"), blind_index("راز", "test")
    with override_settings(FIELD_KEYS=[new, old]):
        assert unseal(sealed, "test") == "راز"
        assert seal("راز", "test")[0] == 2
        assert blind_index("راز", "test") == index


def test_equal_values_are_sealed_differently_and_indexed_by_purpose():
    assert seal("x", "a") != seal("x", "a")
    assert blind_index("x", "a") == blind_index("x", "a") != blind_index("x", "b")


def test_the_authenticator_key_is_sealed_and_still_works():
    person = make_person()
    give_demo_second_factor(person, DEMO_SECRET)
    factor = Authenticator.objects.get(user=person)
    assert DEMO_SECRET not in str(factor.data)
    assert not factor.wrap().validate_code("000")


def test_the_history_tells_that_a_row_changed_and_by_which_verb():
    person = make_person()
    verify_resident(person, by=None, at=AT, method="phone_id_match")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT e.identity_level, c.metadata->>'verb' FROM people_personevent e "
            "LEFT JOIN pghistory_context c ON c.id = e.pgh_context_id WHERE e.pgh_obj_id = %s ORDER BY e.pgh_id",
            [person.pk],
        )
        assert cursor.fetchall() == [(1, None), (2, "verify_resident")]
