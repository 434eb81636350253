"""Registering, confirming, verifying, naming: the verbs of people and their rules."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from taar.lib.refusals import Refused
from taar.people import actions, sweeps
from taar.people.models import Person, Pseudonym
from tests.people.factories import AT, make_neighbourhood, make_person, next_phone, sign_in

pytestmark = pytest.mark.django_db
Level = Person.Level


def test_registering_a_phone_twice_gives_the_same_person():
    phone = next_phone()
    assert actions.register_phone(phone, at=AT) == actions.register_phone(phone, at=AT)


def test_confirming_lifts_a_reader_once_and_lowers_nobody():
    person = make_person(identity_level=Level.READER)
    actions.confirm_phone(person, at=AT)
    actions.confirm_phone(person, at=AT + timedelta(days=1))
    assert (person.identity_level, person.phone_verified_at) == (Level.PHONE, AT)
    assert person.verifications.count() == 1
    high = make_person(identity_level=Level.RESIDENT, phone_verified_at=None)
    actions.confirm_phone(high, at=AT)
    assert high.identity_level == Level.RESIDENT


def test_a_checked_resident_counts_from_then_on():
    person, officer = make_person(), make_person()
    assert not person.is_verified_resident
    actions.verify_resident(person, by=officer, at=AT, method="vouched", by_label="کتابخانهٔ ملاشیه")
    assert person.is_verified_resident
    assert person in Person.objects.verified_residents()
    check = person.verifications.first()
    assert (check.level, check.method, check.by_label) == (Level.RESIDENT, "vouched", "کتابخانهٔ ملاشیه")


def test_nobody_verifies_themselves_nor_somebody_without_a_phone():
    person, officer = make_person(), make_person()
    with pytest.raises(Refused):
        actions.verify_resident(person, by=person, at=AT, method="vouched")
    with pytest.raises(Refused):
        actions.verify_resident(make_person(identity_level=0), by=officer, at=AT, method="vouched")
    with pytest.raises(Refused):
        actions.verify_body(person, by=person, at=AT)


def test_a_national_id_belongs_to_one_account():
    first, second = make_person(), make_person()
    actions.verify_resident(first, by=None, at=AT, method="phone_id_match", national_id="9990000034")
    with pytest.raises(Refused) as refused:
        actions.verify_resident(second, by=None, at=AT, method="phone_id_match", national_id="9990000034")
    assert refused.value.field == "national_id"
    second.refresh_from_db()
    assert second.identity_level == Level.PHONE


def test_a_body_is_lifted_to_the_highest_level():
    person = make_person()
    actions.verify_body(person, by=make_person(), at=AT, by_label="دبیرخانه")
    assert person.identity_level == Level.BODY


def test_a_pseudonym_is_the_same_for_good_and_another_in_another_place():
    person, place = make_person(), make_neighbourhood()
    name = actions.pseudonym_for(person, place)
    assert actions.pseudonym_for(person, place) == name
    assert name.name.startswith("شهروند ملاشیه ")
    assert actions.pseudonym_for(person, None).name.startswith("شهروند خوزستان ")
    assert Pseudonym.objects.filter(person=person).count() == 2


def test_pseudonyms_of_one_place_are_all_different():
    place = make_neighbourhood()
    names = {actions.pseudonym_for(make_person(), place).name for _person in range(30)}
    assert len(names) == 30


def test_suspending_is_refused_twice_and_for_oneself():
    person, officer = make_person(), make_person(is_staff=True)
    actions.suspend_person(person, by=officer, at=AT)
    for again in (person, officer):
        with pytest.raises(Refused):
            actions.suspend_person(again, by=officer, at=AT)
    actions.restore_person(person, by=officer, at=AT)
    assert person.is_active


def test_the_back_office_is_given_and_taken():
    person, officer = make_person(), make_person(is_staff=True)
    actions.open_back_office(person, by=officer, at=AT)
    assert person.is_staff
    actions.close_back_office(person, by=officer, at=AT)
    assert not person.is_staff


def test_a_person_never_shows_their_number_by_accident():
    person = make_person()
    names = (person.get_short_name(), person.get_full_name(), person.get_username())
    for said in (str(person), repr(person), *map(str, names)):
        assert person.phone[3:] not in said


def test_whoever_never_used_a_code_is_dropped_after_a_day():
    old = make_person(identity_level=0, created_at=AT - timedelta(days=2))
    new = make_person(identity_level=0, created_at=AT - timedelta(hours=2))
    confirmed = make_person(created_at=AT - timedelta(days=2))
    assert sweeps.drop_unconfirmed(AT) == 1
    assert sweeps.drop_unconfirmed(AT) == 0
    assert not Person.objects.filter(pk=old.pk).exists()
    assert Person.objects.filter(pk__in=[new.pk, confirmed.pk]).count() == 2


def test_network_addresses_are_forgotten_after_thirty_days(client):
    person = make_person()
    sign_in(client, person)
    key = client.session.session_key
    for days, session_key in ((31, key), (29, "other")):
        seen = AT - timedelta(days=days)
        UserSession.objects.create(
            user=person, ip="5.6.7.8", user_agent="x", session_key=session_key, created_at=seen, last_seen_at=seen
        )
    Session.objects.create(session_key="other", session_data="", expire_date=AT + timedelta(days=1))
    Session.objects.filter(session_key=key).update(expire_date=AT + timedelta(days=1))
    assert sweeps.forget_network_addresses(AT) == 1
    assert sweeps.forget_network_addresses(AT) == 0
    assert dict(UserSession.objects.values_list("session_key", "ip")) == {key: "0.0.0.0", "other": "5.6.7.8"}


def test_ended_sessions_are_forgotten():
    UserSession.objects.create(user=make_person(), ip="5.6.7.8", user_agent="x", session_key="gone", last_seen_at=AT)
    assert sweeps.forget_network_addresses(AT) == 1
    assert not UserSession.objects.exists()
