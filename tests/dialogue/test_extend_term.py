"""A longer term, and due days that follow the calendar of the place."""

from datetime import date, timedelta

import pytest

from dialogue.actions.clock import recount_due_dates
from dialogue.actions.terms import extend_term
from dialogue.models import Extension
from taar.journal.models import Entry
from taar.lib.refusals import Refused
from taar.notifications.models import Notification
from taar.places.actions import revoke_closure
from tests.dialogue.answering import REASON, answered, close_offices, make_office, owed_thread, working_moment
from tests.dialogue.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return make_office()


@pytest.fixture
def thread(office):
    return owed_thread(office)


def extend(thread, by, **over):
    return extend_term(thread, by=by, **({"at": NOW, "days": 5, "reason": REASON} | over))


def test_the_officer_is_asked_to_name_an_owner_in_two_working_days(office, thread):
    asked = Notification.objects.get(kind="owner_due")
    assert (asked.person, asked.facts["due_on"]) == (office.officer, "2026-11-24")


def test_a_term_is_extended_once_with_its_reason_in_the_journal(office, thread):
    extension = extend(thread, office.officer)
    thread.refresh_from_db()
    assert (extension.old_due_on, thread.due_on) == (date(2026, 12, 6), date(2026, 12, 13))
    assert Entry.objects.get(verb="extend_term").facts["reason"] == REASON
    with pytest.raises(Refused):
        extend(thread, office.head)
    assert Extension.objects.count() == 1


@pytest.mark.parametrize("days", [0, 11])
def test_a_term_is_extended_by_one_to_ten_working_days(office, thread, days):
    with pytest.raises(Refused) as refused:
        extend(thread, office.officer, days=days)
    assert refused.value.field == "days"


def test_a_term_is_not_extended_without_a_reason(office, thread):
    with pytest.raises(Refused) as refused:
        extend(thread, office.officer, reason="دیر شد")
    assert refused.value.field == "reason"


def test_a_term_is_extended_before_its_last_day_only(office, thread):
    extend_at = working_moment(10)
    with pytest.raises(Refused):
        extend(thread, office.officer, at=extend_at)
    assert extend(thread, office.officer, at=working_moment(9))


def test_nobody_else_extends_and_no_answered_thread_is_extended(office, thread):
    with pytest.raises(Refused):
        extend(thread, office.checker)
    answered(thread, office)
    with pytest.raises(Refused):
        extend(thread, office.officer)


def test_a_closure_moves_the_due_day_with_its_extension_and_back(office, thread):
    extend(thread, office.officer)
    closure = close_offices(thread.place, date(2026, 11, 24))
    assert recount_due_dates(NOW) == 1
    assert recount_due_dates(NOW) == 0
    thread.refresh_from_db()
    assert thread.due_on == date(2026, 12, 14)
    revoke_closure(closure, at=NOW + timedelta(minutes=1))
    assert recount_due_dates(NOW + timedelta(minutes=2)) == 1
    thread.refresh_from_db()
    assert thread.due_on == date(2026, 12, 13)
