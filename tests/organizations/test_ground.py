from datetime import date

import pytest

from taar.journal.queries import entries_of
from taar.lib import numbers
from taar.lib.models import HouseNumber
from taar.lib.refusals import Refused
from taar.organizations import actions
from taar.organizations.models import Duty
from taar.organizations.queries import standing_of
from taar.places.models import Closure
from tests.organizations.factories import AT, TODAY, make_official
from tests.people.factories import make_person
from tests.places.factories import make_county, make_place

pytestmark = pytest.mark.django_db
UNTIL = date(2027, 1, 1)


def label(person, duty):
    return standing_of(person, TODAY).label_for(duty)


def test_a_closure_is_declared_and_revoked_in_public():
    keeper, county = make_official(Duty.CLOSURES), make_county()
    closure = actions.declare_closure(
        by=keeper, at=AT, from_on=TODAY, until_on=TODAY, cause="heat", reason="گرمای ۵۰ درجه", places=[county]
    )
    actions.revoke_closure(closure, by=keeper, at=AT)
    revoked, declared = entries_of(f"closure:{closure.pk}")
    assert (declared.verb, revoked.verb) == ("declare_closure", "revoke_closure")
    assert declared.facts["places"] == [county.code]
    assert declared.post == closure.declared_by_label == label(keeper, Duty.CLOSURES)


def test_a_refused_closure_leaves_no_entry():
    with pytest.raises(Refused):
        actions.declare_closure(
            by=make_person(), at=AT, from_on=TODAY, until_on=TODAY, cause="heat", reason="", places=[make_place()]
        )
    assert not Closure.objects.exists()
    assert not entries_of("closure:1")


def test_a_flag_is_set_and_ended_in_public():
    keeper, place = make_official(Duty.CLOSURES), make_place()
    flag = actions.flag_place(place, by=keeper, at=AT, kind="underserved", from_on=TODAY, source="مصوبهٔ ۱۲")
    actions.unflag_place(flag, by=keeper, at=AT, until_on=UNTIL)
    assert [entry.verb for entry in entries_of(f"place:{place.code}")] == ["unflag_place", "flag_place"]


def test_a_holiday_is_set_and_taken_back_in_public():
    keeper = make_official(Duty.CLOSURES)
    holiday = actions.set_holiday(UNTIL, by=keeper, at=AT, name_fa="روز")
    actions.withdraw_holiday(holiday, by=keeper, at=AT)
    assert [entry.verb for entry in entries_of(f"holiday:{UNTIL}")] == ["withdraw_holiday", "set_holiday"]


def test_a_number_is_changed_in_public_with_what_it_was():
    keeper = make_official(Duty.SWITCHES)
    actions.change_number("notifications.sms_a_week", 5, by=keeper, at=AT, since=UNTIL)
    entry = entries_of("number:notifications.sms_a_week")[0]
    assert entry.facts == {"before": 3, "after": 5, "since": "2027-01-01"}
    assert HouseNumber.objects.get().changed_by_label == label(keeper, Duty.SWITCHES)
    assert numbers.value("notifications.sms_a_week", UNTIL) == 5


def test_an_unknown_number_is_refused():
    with pytest.raises(Refused):
        actions.change_number("no.such", 5, by=make_person(), at=AT)
