"""A family enrols: together, with a reason for each no, and with a guardian's consent for each child."""

import uuid
from datetime import timedelta

import pytest

from sports_boards.actions.enrolments import enrol_family
from sports_boards.models import Application, Seat, WhyNot
from sports_boards.queries.eligibility import family_of, reasons_of
from taar.journal.models import Entry
from taar.lib.refusals import Refused
from taar.notifications.models import Notification
from tests.people.factories import make_person
from tests.sports_boards.factories import FIRST, TODAY, make_application, make_programme, make_session, moment
from tests.sports_boards.families import (
    DAY,
    GROWN,
    SEVEN,
    enrol,
    enrol_new,
    free_of,
    make_child,
    make_family,
    make_open,
    make_parent,
)
from tests.sports_boards.outcomes import refused_field
from tests.welfare_card.ledger_factories import make_card, make_rule

pytestmark = pytest.mark.django_db


def test_a_family_that_fits_is_confirmed_together():
    programme, family = make_open(capacity=3), make_family(2, resident=True)
    application = enrol(programme, family)
    assert (application.status, application.size, application.is_resident) == ("confirmed", 2, True)
    seats = list(application.seats.all())
    assert {seat.state for seat in seats} == {"confirmed"}
    assert {(seat.consent_by_id, seat.consent_at) for seat in seats} == {(family[0].pk, DAY)}
    assert free_of(programme) == 1
    entry = Entry.objects.get(verb="enrol_family")
    assert entry.facts == {"programme": programme.pk, "seats": 2, "status": "confirmed"}
    assert [notice.kind for notice in Notification.objects.filter(person=family[0])] == ["enrolment_confirmed"]


def test_all_of_a_family_wait_where_not_all_of_it_fit_and_a_smaller_one_is_not_kept_out():
    programme = make_open(capacity=3)
    enrol_new(programme, 2)
    big = enrol_new(programme, 2)
    assert (big.status, big.listed_at) == ("waiting", DAY)
    assert {seat.state for seat in big.seats.all()} == {"asked"}
    assert enrol_new(programme).status == "confirmed"
    assert free_of(programme) == 0


def test_the_whole_family_is_refused_with_the_reasons_of_each():
    programme, (mother, [girl]) = make_open(), make_family()
    small, boy = make_child(mother, birth_on=SEVEN), make_child(mother, sex="man")
    application = enrol(programme, (mother, [girl, small, boy]))
    assert (application.status, application.reasons) == ("refused", ["other_sex", "too_many", "too_young"])
    said = {seat.person_id: (seat.state, set(seat.reasons)) for seat in application.seats.all()}
    assert said[small.pk] == ("refused", {"too_young", "too_many"})
    assert said[boy.pk] == ("refused", {"other_sex", "too_many"})
    assert free_of(programme) == 2
    # Another try with those who can is open.
    assert enrol(programme, (mother, [girl])).status == "confirmed"


def test_who_can_join_is_given_up_beside_who_cannot():
    programme, mother = make_open(), make_parent(birth_on=None)
    application = enrol(programme, (mother, [make_child(mother), mother]))
    assert application.reasons == ["no_birthday"]
    assert sorted(seat.state for seat in application.seats.all()) == ["refused", "released"]


def test_a_child_needs_the_consent_of_its_own_guardian():
    programme, family = make_open(), make_family()
    assert refused_field(lambda: enrol(programme, family, consent=False)) == "consent"
    strange = make_child(make_parent())
    assert refused_field(lambda: enrol(programme, (family[0], [strange]))) == "people"
    assert refused_field(lambda: enrol(programme, (family[0], []))) == "people"
    girl = family[1][0]
    assert enrol(programme, (girl, [girl])).reasons == ["no_guardian"]
    assert Application.objects.count() == 1


def test_who_is_grown_up_enrols_alone_and_needs_nobodys_consent():
    programme = make_open(audience="women", least_age=None, most_age=None)
    mother = make_parent()
    application = enrol(programme, (mother, [mother]), consent=False)
    assert (application.status, application.seats.get().consent_by) == ("confirmed", None)


@pytest.mark.parametrize("status", ["approved", "enrolment_closed", "running", "finished", "cancelled"])
def test_only_an_open_programme_takes_families(status):
    programme = make_programme(status=status)
    with pytest.raises(Refused):
        enrol_new(programme)
    assert Application.objects.count() == 0


def test_after_the_deadline_nobody_applies():
    programme = make_open()
    with pytest.raises(Refused) as refused:
        enrol_new(programme, at=programme.enrol_until_at)
    assert refused.value.sentence == str(WhyNot.CLOSED.label)
    assert enrol_new(programme, at=programme.enrol_until_at - timedelta(seconds=1)).status == "confirmed"


def test_the_same_form_sent_twice_is_one_application_and_another_ones_number_is_refused():
    programme, family, once = make_open(), make_family(), uuid.uuid4()
    assert enrol(programme, family, once=once) == enrol(programme, family, once=once)
    assert free_of(programme) == 1
    with pytest.raises(Refused):
        enrol(programme, make_family(), once=once)
    with pytest.raises(Refused):
        enrol(programme, family)


def test_the_second_parent_cannot_enrol_a_child_twice():
    programme, mother, father = make_open(), make_parent(), make_parent(sex="man")
    child = make_child(mother, father)
    enrol(programme, (mother, [child]))
    assert enrol(programme, (father, [child])).reasons == ["twice"]


def test_where_the_card_is_used_an_active_one_for_the_service_is_needed():
    programme, (mother, [girl]) = make_open(family="sport"), make_family()
    assert enrol(programme, (mother, [girl])).reasons == ["no_card"]
    card = make_card(make_rule().plan, girl, status="suspended")
    assert enrol(programme, (mother, [girl])).reasons == ["no_card"]
    type(card).objects.filter(pk=card.pk).update(status="active", blocked_at=None)
    assert enrol(programme, (mother, [girl])).status == "confirmed"


def test_who_has_a_place_elsewhere_at_these_hours_cannot_join_and_who_only_waits_there_can():
    programme, other = make_open(), make_open()
    (mother, [girl]), (second, [waits]) = make_family(), make_family()
    for row in (programme, other):
        make_session(row, day=FIRST)
    make_session(programme, day=FIRST + timedelta(days=2))
    make_application(other, people=[girl])
    make_application(other, people=[waits], status="waiting")
    assert enrol(programme, (mother, [girl])).reasons == ["clash"]
    assert enrol(programme, (second, [waits])).status == "confirmed"


def test_sessions_of_one_hour_after_another_do_not_clash():
    programme, other, (mother, [girl]) = make_open(), make_open(), make_family()
    make_session(programme, starts_at=moment(FIRST, 17), ends_at=moment(FIRST, 18))
    make_session(other, starts_at=moment(FIRST, 18), ends_at=moment(FIRST, 19))
    make_application(other, people=[girl])
    assert enrol(programme, (mother, [girl])).status == "confirmed"


def test_the_age_is_that_of_the_first_session_that_stands():
    programme, mother = make_open(), make_parent()
    make_session(programme, day=FIRST, status="cancelled")
    make_session(programme, day=FIRST + timedelta(days=2))
    turns_nine = make_child(mother, birth_on=(FIRST + timedelta(days=2)).replace(year=2017))
    assert enrol(programme, (mother, [turns_nine])).status == "confirmed"


def test_residents_have_their_share_until_the_enrolment_ends():
    programme = make_open(capacity=3, residents_share=50)
    assert [enrol_new(programme).status for _count in range(2)] == ["confirmed", "waiting"]
    assert enrol_new(programme, 2, resident=True).status == "confirmed"
    assert free_of(programme) == 0


def test_the_reasons_of_a_page_take_the_same_queries_for_one_and_for_many(django_assert_num_queries):
    mother, girls = make_family(3)
    programmes = [make_open(family="sport") for _count in range(6)]
    family = family_of(mother, TODAY)
    assert [person.pk for person in family] == [mother.pk, *(girl.pk for girl in girls)]
    reasons_of(programmes[:1], family, by=mother, at=DAY)  # the numbers of the house are kept from here on
    for some in (programmes[:1], programmes):
        with django_assert_num_queries(4):
            found = reasons_of(some, family, by=mother, at=DAY)
    assert len(found) == 24
    assert set(found[(programmes[0].pk, mother.pk)]) == {"too_old", "no_card"}


def test_an_account_that_is_not_of_the_family_enrols_nobody_of_it():
    programme, (_mother, [girl]) = make_open(), make_family()
    stranger = make_person(birth_on=GROWN)
    with pytest.raises(Refused):
        enrol_family(programme, people=[girl], consent=True, once=uuid.uuid4(), by=stranger, at=DAY)
    assert Seat.objects.count() == 0
