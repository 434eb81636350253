from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from taar.journal.queries import entries_of
from taar.lib.refusals import Refused
from taar.organizations.actions import appoint_holder, end_holding, join_organization, leave_organization
from taar.organizations.models import Duty, Holding, Membership
from taar.organizations.queries import can_be_asked, name_offices, standing_of
from tests.organizations.factories import AT, LONG_AGO, TODAY, make_holding, make_official, make_organization, make_post
from tests.people.factories import make_person

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def secretary():
    return make_official(Duty.SECRETARIAT)


def appoint(post, person, by, from_on=TODAY, until_on=None):
    return appoint_holder(post, person=person, by=by, at=AT, from_on=from_on, until_on=until_on)


def test_a_person_holds_a_post_from_the_first_day_up_to_the_end(secretary):
    person, post = make_person(), make_post(Duty.ANSWER)
    appoint(post, person, secretary, until_on=TODAY + 10 * DAY)
    days = [TODAY - DAY, TODAY, TODAY + 9 * DAY, TODAY + 10 * DAY]
    assert [standing_of(person, day).has(Duty.ANSWER) for day in days] == [False, True, True, False]


def test_a_post_has_one_holder_at_a_time(secretary):
    post = make_post()
    appoint(post, make_person(), secretary)
    with pytest.raises(Refused):
        appoint(post, make_person(), secretary, from_on=TODAY + 30 * DAY)
    assert Holding.objects.filter(post=post).count() == 1


def test_the_next_holder_may_begin_on_the_day_the_last_one_ends(secretary):
    post = make_post()
    first = appoint(post, make_person(), secretary)
    end_holding(first, by=secretary, at=AT, until_on=TODAY)
    second = appoint(post, make_person(), secretary)
    assert second.number > first.number


def test_nobody_puts_themselves_into_a_post(secretary):
    with pytest.raises(Refused):
        appoint(make_post(), secretary, secretary)


def test_who_set_the_portal_up_may_fill_the_first_posts():
    installer = make_person(is_superuser=True, is_staff=True)
    assert appoint(make_post(Duty.SECRETARIAT), installer, installer)


def test_the_journal_tells_the_post_and_the_number_and_never_the_person(secretary):
    person, post = make_person(), make_post()
    holding = appoint(post, person, secretary)
    entry = entries_of(f"post:{post.code}")[0]
    assert entry.facts == {"number": holding.number, "from_on": "2026-11-24", "until_on": None}
    assert entry.post == standing_of(secretary, TODAY).label_for(Duty.SECRETARIAT)


def test_a_duty_of_the_back_office_opens_it_and_another_does_not(secretary):
    officer, moderator = make_person(), make_person()
    appoint(make_post(Duty.SWITCHES), officer, secretary)
    appoint(make_post(Duty.MODERATE), moderator, secretary)
    for person in (officer, moderator):
        person.refresh_from_db()
    assert (officer.is_staff, moderator.is_staff) == (True, False)


def test_a_holding_can_end_earlier_but_never_later(secretary):
    holding = appoint(make_post(), make_person(), secretary, until_on=TODAY + 10 * DAY)
    end_holding(holding, by=secretary, at=AT, until_on=TODAY + 5 * DAY)
    with pytest.raises(Refused):
        end_holding(holding, by=secretary, at=AT, until_on=TODAY + 7 * DAY)
    with pytest.raises(Refused):
        end_holding(holding, by=secretary, at=AT, until_on=TODAY - DAY)


def test_a_stale_page_does_not_end_a_holding_over_somebody_elses_change(secretary):
    holding = appoint(make_post(), make_person(), secretary)
    Holding.objects.filter(pk=holding.pk).update(until_on=TODAY + DAY)
    with pytest.raises(Refused):
        end_holding(holding, by=secretary, at=AT, until_on=TODAY)


def test_days_in_the_wrong_order_are_refused(secretary):
    with pytest.raises(Refused):
        appoint(make_post(), make_person(), secretary, until_on=TODAY)


def test_a_body_can_be_asked_while_its_answering_post_is_held(secretary):
    body = make_organization()
    holding = appoint(make_post(Duty.ANSWER, organization=body), make_person(), secretary)
    assert can_be_asked(body, TODAY)
    end_holding(holding, by=secretary, at=AT, until_on=TODAY)
    assert not can_be_asked(body, TODAY)


def test_a_member_is_of_the_body_until_they_leave(secretary):
    body, person = make_organization(), make_person()
    days = {"by": secretary, "at": AT}
    membership = join_organization(body, person=person, role="officer", from_on=TODAY, **days)
    assert standing_of(person, TODAY).belongs_to(body)
    leave_organization(membership, until_on=TODAY + DAY, **days)
    assert not standing_of(person, TODAY + DAY).belongs_to(body)
    with pytest.raises(Refused):
        leave_organization(membership, until_on=TODAY, **days)


def test_nobody_joins_a_body_twice_or_in_a_role_that_is_not_known(secretary):
    body, person = make_organization(), make_person()
    about = {"person": person, "by": secretary, "at": AT, "from_on": TODAY}
    join_organization(body, role="member", **about)
    with pytest.raises(Refused):
        join_organization(body, role="officer", **about)
    with pytest.raises(Refused):
        join_organization(make_organization(), role="king", **about)
    assert Membership.objects.count() == 1


def test_a_label_of_an_office_is_told_in_words():
    holding = make_holding(make_post(title_fa="ناظر ۱"))
    words = name_offices([holding.public_label, "installer", "X-1 9"])
    assert list(words) == [holding.public_label]
    assert "ناظر ۱" in words[holding.public_label]


def test_the_database_itself_refuses_two_holders():
    post = make_post()
    make_holding(post, from_on=LONG_AGO)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_holding(post, from_on=TODAY)
