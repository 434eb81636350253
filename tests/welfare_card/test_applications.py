import uuid
from datetime import timedelta

import pytest

from taar.journal.models import Entry
from taar.lib.refusals import Refused, TooOften
from taar.organizations.models import Duty
from tests.organizations.factories import AT, make_official
from tests.people.factories import make_person
from tests.places.factories import make_place
from tests.welfare_card.applicants import about_child, about_person, make_draft, make_plan, make_sent
from welfare_card.actions.applications import (
    add_child,
    answer_question,
    assist_application,
    claim_application,
    print_claim,
    remove_member,
    start_application,
    submit_application,
    withdraw_application,
)
from welfare_card.actions.decisions import ask_information
from welfare_card.models import Application, Member, Season
from welfare_card.priority import rank
from welfare_card.queries.applications import open_plans

pytestmark = pytest.mark.django_db


def test_a_mother_applies_with_two_children_and_gets_a_term():
    sent = make_sent(children=2)
    assert (sent.status, sent.members.count()) == ("submitted", 3)
    assert sent.due_on > AT.date() + timedelta(days=10)
    for member in sent.members.exclude(person=sent.applicant):
        assert member.person.guardianships.get().guardian == sent.applicant
    facts = Entry.objects.get(verb="submit_application").facts
    assert facts == {"persons": 3, "channel": "online"}


def test_the_same_form_sent_twice_is_one_application_and_many_a_day_are_refused():
    mother, plan, place, once = make_person(), make_plan(), make_place(), uuid.uuid4()
    form = {"by": mother, "at": AT, "place": place, "address": "", **about_person()}
    assert start_application(plan=plan, once=once, **form) == start_application(plan=plan, once=once, **form)
    for _number in range(4):
        start_application(plan=make_plan(), once=uuid.uuid4(), **form)
    with pytest.raises(TooOften):
        start_application(plan=make_plan(), once=uuid.uuid4(), **form)


def test_a_plan_whose_season_is_over_takes_nothing():
    plan = make_plan()
    Season.objects.update(from_on=AT.date() - timedelta(days=90), until_on=AT.date())
    assert open_plans(AT.date()) == []
    with pytest.raises(Refused, match="فصل"):
        make_draft(plan=plan)
    assert not Application.objects.exists()


def test_a_season_that_ended_while_a_draft_lay_is_refused_and_the_draft_stays():
    draft = make_draft()
    Season.objects.update(from_on=AT.date() - timedelta(days=90), until_on=AT.date())
    with pytest.raises(Refused):
        submit_application(draft, by=draft.account, at=AT, consent=True)
    draft.refresh_from_db()
    assert draft.status == "draft"


def test_a_child_does_not_apply_and_is_not_sent_without_a_guardian():
    with pytest.raises(Refused, match="کودک"):
        make_draft(**{"birth_on": AT.date() - timedelta(days=3000)})
    draft = make_draft(children=1)
    draft.members.exclude(person=draft.applicant).get().person.guardianships.update(until_on=AT.date())
    with pytest.raises(Refused, match="سرپرست"):
        submit_application(draft, by=draft.account, at=AT, consent=True)


def test_consent_is_needed():
    draft = make_draft()
    with pytest.raises(Refused) as refused:
        submit_application(draft, by=draft.account, at=AT, consent=False)
    assert refused.value.field == "consent"


def test_a_person_has_one_live_application_in_a_plan():
    first = make_draft()
    child, number = about_child(), first.applicant.national_id
    add_child(first, by=first.account, at=AT, proof="court", **child)
    with pytest.raises(Refused, match="پیش‌تر"):
        make_draft(by=first.account, plan=first.plan, national_id=number)
    withdraw_application(first, by=first.account, at=AT)
    second = make_draft(by=first.account, plan=first.plan, national_id=number)
    add_child(second, by=first.account, at=AT, proof="court", **child)
    assert second.members.count() == 2


def test_a_stranger_who_knows_a_childs_particulars_does_not_become_its_guardian_but_an_office_may_appoint():
    first, child, facilitator = make_draft(), about_child(), make_official(Duty.FACILITATE)
    add_child(first, by=first.account, at=AT, proof="court", **child)
    withdraw_application(first, by=first.account, at=AT)
    stranger = make_draft(plan=first.plan, given_name="سعید", sex="man")
    with pytest.raises(Refused, match="سرپرست"):
        add_child(stranger, by=stranger.account, at=AT, proof="declared", **child)
    form = {"by": facilitator, "at": AT, "place": make_place(), "address": "", "once": uuid.uuid4()}
    father = assist_application(plan=first.plan, **form, **about_person(given_name="سعید", sex="man"))
    add_child(father, by=facilitator, at=AT, proof="birth_certificate", **child)
    assert father.members.count() == 2


def test_a_known_number_with_another_name_is_refused_beside_the_number():
    draft = make_draft()
    child = about_child()
    add_child(draft, by=draft.account, at=AT, proof="court", **child)
    other = make_draft()
    with pytest.raises(Refused) as refused:
        add_child(other, by=other.account, at=AT, proof="court", **(child | {"given_name": "لیلا"}))
    assert refused.value.field == "national_id"


def test_somebody_is_taken_off_a_draft_but_not_the_applicant():
    draft = make_draft(children=1)
    remove_member(draft.members.exclude(person=draft.applicant).get(), by=draft.account, at=AT)
    with pytest.raises(Refused):
        remove_member(draft.members.get(), by=draft.account, at=AT)


def test_a_question_stops_the_term_and_its_answer_starts_a_new_one():
    sent = make_sent()
    ask_information(sent, by=make_official(Duty.CARDS), at=AT, words="کدام شناسنامه؟ عکس را بفرستید.")
    later = AT + timedelta(days=20)
    answered = answer_question(sent, by=sent.account, at=later, words="فرستادم")
    assert answered.status == "submitted"
    assert answered.due_on > later.date() + timedelta(days=9)
    with pytest.raises(Refused):
        answer_question(sent, by=sent.account, at=later, words="دوباره")


def test_a_facilitator_applies_for_somebody_without_a_phone_and_the_slip_opens_it_once():
    facilitator, holder = make_official(Duty.FACILITATE), make_person()
    draft = assist_application(
        by=facilitator, at=AT, plan=make_plan(), place=make_place(), address="", once=uuid.uuid4(), **about_person()
    )
    assert draft.applicant.phone_index is None
    assert draft.entered_by_label
    submit_application(draft, by=facilitator, at=AT, consent=True)
    old = print_claim(draft, by=facilitator, at=AT)
    code = print_claim(draft, by=facilitator, at=AT)
    for wrong, by in ((old, holder), ("", holder), ("XXXX", holder), (code, facilitator)):
        with pytest.raises(Refused):
            claim_application(wrong, by=by, at=AT)
    assert claim_application(code.lower().replace("-", " "), by=holder, at=AT).account == holder
    with pytest.raises(Refused):
        claim_application(code, by=make_person(), at=AT)
    assert not Application.objects.visible_to(make_person()).exists()


def test_the_published_order_puts_underserved_first_then_never_served_then_women_and_children():
    def of(underserved, served_before, woman_or_child):
        return rank(underserved=underserved, served_before=served_before, woman_or_child=woman_or_child)

    order = [of(u, s, w) for u in (True, False) for s in (False, True) for w in (True, False)]
    assert order == sorted(order)
    assert len(set(order)) == 8


def test_withdrawing_frees_the_persons_and_is_done_once():
    sent = make_sent(children=1)
    withdraw_application(sent, by=sent.account, at=AT)
    assert set(sent.members.values_list("status", flat=True)) == {Member.Status.WITHDRAWN}
    with pytest.raises(Refused):
        withdraw_application(sent, by=sent.account, at=AT)
