from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from taar.journal.models import Entry
from taar.lib.refusals import Refused
from taar.notifications.models import Notification
from taar.organizations.models import Duty
from tests.organizations.factories import AT, make_official
from tests.people.factories import make_person
from tests.places.factories import make_place
from tests.welfare_card.applicants import make_approved, make_plan, make_sent
from welfare_card.actions.decisions import (
    confirm_batch,
    make_batch,
    mark_duplicate,
    reject_member,
    return_batch,
    take_application,
)
from welfare_card.actions.objections import answer_objection, object_to_decision
from welfare_card.actions.papers import add_paper, erase_papers
from welfare_card.actions.quotas import admit_waiting, set_quota
from welfare_card.models import EligibilityRule, Member, Paper
from welfare_card.queries.applications import waiting_number

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 64


@pytest.fixture
def officer():
    return make_official(Duty.CARDS)


@pytest.fixture
def checker():
    return make_official(Duty.CARD_CHECK)


def test_two_people_approve_and_the_family_is_told_once():
    approved = make_approved(children=2)
    assert approved.status == "decided"
    assert set(approved.members.values_list("status", flat=True)) == {"approved"}
    assert Notification.objects.filter(person=approved.account, kind="application_decided").count() == 1
    assert Entry.objects.get(verb="confirm_batch").facts == {"persons": 3}


def test_nobody_confirms_their_own_batch_and_a_batch_is_decided_once(officer, checker):
    batch, _refused = make_batch(make_sent().members.all(), by=officer, at=AT)
    with pytest.raises(Refused):
        confirm_batch(batch, by=officer, at=AT)
    return_batch(batch, by=checker, at=AT)
    with pytest.raises(Refused):
        confirm_batch(batch, by=checker, at=AT)
    assert Member.objects.get().status == "open"


def test_who_entered_it_does_not_decide_and_the_database_says_so_too(officer):
    sent = make_sent(by=officer)
    member = sent.members.get()
    for verb in (
        lambda: take_application(sent, by=officer, at=AT),
        lambda: make_batch([member], by=officer, at=AT),
        lambda: reject_member(member, by=officer, at=AT, reason="age"),
    ):
        with pytest.raises(Refused):
            verb()
    with pytest.raises(IntegrityError), transaction.atomic():
        Member.objects.update(decided_by=officer, decided_at=AT)


def test_who_does_not_fit_a_rule_comes_back_with_the_reason(officer):
    plan = make_plan(rule=False)
    EligibilityRule.objects.create(plan=plan, most_age=17, owner_label="x", from_on=AT.date())
    sent = make_sent(plan=plan, children=1)
    batch, refused = make_batch(sent.members.all(), by=officer, at=AT)
    assert batch.size == 1
    assert [(member.person, "بیشتر" in why) for member, why in refused] == [(sent.applicant, True)]


def test_a_quota_ends_in_a_numbered_waiting_list_that_moves_when_places_come(officer, checker):
    plan, place = make_plan(), make_place()
    set_quota(plan, place.county, by=officer, at=AT, places=1)
    man = make_sent(plan=plan, place=place, sex="man", at=AT - timedelta(days=2))
    first = make_sent(plan=plan, place=place, at=AT - timedelta(days=1))
    second = make_sent(plan=plan, place=place, at=AT)
    batch, _refused = make_batch(Member.objects.all(), by=officer, at=AT)
    confirm_batch(batch, by=checker, at=AT)
    assert [a.members.get().status for a in (man, first, second)] == ["waiting", "approved", "waiting"]
    assert [waiting_number(a.members.get()) for a in (man, first, second)] == [2, None, 1]
    quota = set_quota(plan, place.county, by=officer, at=AT, places=2)
    assert admit_waiting(quota, at=AT) == 1
    assert admit_waiting(quota, at=AT) == 0
    assert [a.members.get().status for a in (man, second)] == ["waiting", "approved"]
    with pytest.raises(Refused):
        set_quota(plan, place.county, by=officer, at=AT, places=1)


def test_each_person_is_decided_on_their_own_and_the_application_after_the_last(officer):
    sent = make_sent(children=1)
    mother, child = sent.members.all()
    reject_member(mother, by=officer, at=AT, reason="age")
    sent.refresh_from_db()
    assert sent.status == "submitted"
    mark_duplicate(child, by=officer, at=AT)
    sent.refresh_from_db()
    assert sent.status == "decided"
    with pytest.raises(Refused):
        reject_member(mother, by=officer, at=AT, reason="age")


def test_a_rejection_needs_a_reason_of_the_list(officer):
    with pytest.raises(Refused):
        reject_member(make_sent().members.get(), by=officer, at=AT, reason="because")


def test_an_objection_goes_to_another_person_and_may_open_the_decision_again(officer, checker):
    sent = make_sent()
    member = sent.members.get()
    reject_member(member, by=officer, at=AT, reason="age")
    objection = object_to_decision(member, by=sent.account, at=AT + timedelta(days=29), words="سن من درست است")
    with pytest.raises(Refused):
        object_to_decision(member, by=sent.account, at=AT + timedelta(days=29), words="دوباره")
    answer = {"at": AT + timedelta(days=30), "outcome": "reopened", "answer": "تاریخ تولد دوباره دیده می‌شود."}
    with pytest.raises(Refused):
        answer_objection(objection, by=officer, **answer)
    answer_objection(objection, by=checker, **answer)
    member.refresh_from_db()
    sent.refresh_from_db()
    assert (member.status, member.reason, sent.status) == ("open", "", "submitted")


def test_after_thirty_days_a_decision_stands(officer):
    member = make_sent().members.get()
    reject_member(member, by=officer, at=AT, reason="age")
    with pytest.raises(Refused):
        object_to_decision(member, by=member.person, at=AT + timedelta(days=31), words="دیر شد")


def test_papers_are_told_by_their_bytes_and_go_ninety_days_after_a_rejection(officer):
    sent, kept = make_sent(), make_approved()
    for wrong in (b"<svg/>", b"", PNG + b"\0" * (1024 * 1024)):
        with pytest.raises(Refused):
            add_paper(sent, by=sent.account, at=AT, kind="photo", content=wrong)
    add_paper(sent, by=sent.account, at=AT, kind="photo", content=PNG)
    Paper.objects.create(application=kept, kind="photo", media_type="image/png", content="eA==", at=AT)
    reject_member(sent.members.get(), by=officer, at=AT, reason="identity")
    assert erase_papers(AT + timedelta(days=89)) == 0
    assert erase_papers(AT + timedelta(days=91)) == 1
    assert Paper.objects.get().application == kept
    with pytest.raises(Refused):
        add_paper(sent, by=sent.account, at=AT, kind="photo", content=PNG)


def test_an_applicant_who_is_staff_never_reads_their_own_case(officer):
    with pytest.raises(Refused):
        take_application(make_sent(by=officer), by=officer, at=AT)
    assert take_application(make_sent(), by=officer, at=AT).reviewer == officer
    assert make_person().pk
