import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from taar.journal.models import Entry
from taar.organizations.models import Duty
from taar.people.actions import register_person
from taar.people.models import PersonMerge, Suspicion
from tests.organizations.factories import AT, make_official
from tests.people.factories import make_person, sign_in
from tests.places.factories import make_place
from tests.welfare_card.applicants import (
    BORN,
    make_draft,
    make_plan,
    make_sent,
    next_national_id,
)
from tests.welfare_card.test_imports import adult, as_csv
from welfare_card.actions.decisions import reject_member
from welfare_card.actions.waiting_work import advance_imports
from welfare_card.models import Application, ApprovalBatch, ImportRun, Member, Objection

pytestmark = pytest.mark.django_db
PLANTED = "نهان‌خواه"


def person_fields(**over) -> dict:
    fields = {"given_name": "مریم", "family_name": PLANTED, "sex": "woman", "birth_on": "۱۳۶۸/۰۴/۲۷"}
    return fields | {"national_id": next_national_id(), "foreign_id_kind": "", "foreign_id": ""} | over


def first_step(client, plan, home, **over):
    page = client.get(reverse("apply")).content.decode()
    once = re.search(r'name="once" value="([^"]+)"', page)[1]
    fields = person_fields(plan=plan.pk, place=home.pk, address="کوچهٔ سوم", once=once)
    return client.post(reverse("apply"), fields | over)


def office(*duties) -> Client:
    official = make_official(*duties, is_staff=True)
    client = sign_in(Client(), official, second_factor=True)
    client.official = official
    return client


def test_a_mother_without_javascript_applies_with_two_children_and_sees_the_next_step(client):
    plan, place = make_plan(), make_place()
    sign_in(client, make_person())
    assert first_step(client, plan, place).status_code == 302
    application = Application.objects.get()
    members = reverse("apply_members", args=[application.code])
    for name in ("زهرا", "علی"):
        fields = person_fields(given_name=name, birth_on="1396/02/12", proof="birth_certificate")
        assert client.post(members, fields).status_code == 302
    send = reverse("apply_send", args=[application.code])
    assert client.post(send, {}).status_code == 422
    assert client.post(send, {"consent": "on"}).status_code == 302
    page = client.get(application.get_absolute_url()).content.decode()
    assert page.count(PLANTED) >= 3
    assert application.code in client.get(reverse("card")).content.decode()


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("national_id", "1111111111"),
        ("birth_on", "1368/13/40"),
        ("given_name", " "),
        ("place", ""),
        ("national_id", ""),
    ],
)
def test_bad_input_gets_a_sentence_beside_its_field_and_nothing_is_lost(client, field, wrong):
    plan, place = make_plan(), make_place()
    sign_in(client, make_person())
    answer = first_step(client, plan, place, **{field: wrong})
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert PLANTED in answer.content.decode()
    assert not Application.objects.exists()


def test_a_number_of_another_record_is_told_beside_the_number(client):
    plan, place, number = make_plan(), make_place(), next_national_id()
    register_person(by=None, at=AT, given_name="الف", family_name="بببب", birth_on=BORN, national_id=number)
    sign_in(client, make_person())
    answer = first_step(client, plan, place, national_id=number)
    assert answer.status_code == 422
    assert "national_id" in answer.context["form"].errors


def test_nobody_else_sees_an_application(client):
    sent = make_sent(family_name=PLANTED)
    sign_in(client, make_person())
    names = ("application", "apply_members", "apply_send", "slip")
    assert {client.get(reverse(name, args=[sent.code])).status_code for name in names} == {404}
    for member in sent.members.all():
        assert client.get(reverse("objection", args=[member.pk])).status_code == 404


def test_a_facilitator_enters_a_family_and_prints_a_slip_that_opens_it(client):
    plan, place, desk = make_plan(), make_place(), office(Duty.FACILITATE)
    page = desk.get(reverse("assist")).content.decode()
    once = re.search(r'name="once" value="([^"]+)"', page)[1]
    desk.post(reverse("assist"), person_fields(plan=plan.pk, place=place.pk, address="", once=once))
    application = Application.objects.get()
    desk.post(reverse("apply_send", args=[application.code]), {"consent": "on"})
    slip = desk.post(reverse("slip", args=[application.code])).content.decode()
    code = re.search(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}", slip)[0]
    sign_in(client, make_person())
    assert client.get(reverse("assist")).status_code == 403
    assert client.post(reverse("claim"), {"code": "AAAA"}).status_code == 422
    assert client.post(reverse("claim"), {"code": code}).status_code == 302
    assert client.get(application.get_absolute_url()).status_code == 200
    assert desk.get(reverse("paper_form")).status_code == 200


def test_a_rejected_person_objects_on_a_page_and_another_office_answers(client):
    sent, desk, second = make_sent(), office(Duty.CARDS), office(Duty.CARD_CHECK)
    member = sent.members.get()
    reject_member(member, by=desk.official, at=AT, reason="age")
    Member.objects.update(decided_at=AT.replace(year=2100))
    sign_in(client, sent.account)
    url = reverse("objection", args=[member.pk])
    assert client.post(url, {"words": ""}).status_code == 422
    assert client.post(url, {"words": "سن من درست است"}).status_code == 302
    objection = Objection.objects.get()
    form = reverse("admin:welfare_card_objection_change", args=[objection.pk])
    answer = {"outcome": "upheld", "answer": "سن شما با شرط طرح نمی‌خواند."}
    links = set(re.findall(r'href="(/[^"?#]+)"', second.get(form).content.decode())) - {"/admin/logout/"}
    assert reverse("admin:people_person_record", args=[member.person_id]) in links
    assert not [link for link in links if not link.startswith("/static/") and second.get(link).status_code != 200]
    assert desk.post(form, answer).status_code == 409
    assert second.post(form, answer).status_code == 302
    assert client.get(sent.get_absolute_url()).status_code == 200


def test_administrators_take_propose_and_confirm_in_bulk():
    sent, other, desk, second = make_sent(children=1), make_sent(), office(Duty.CARDS), office(Duty.CARD_CHECK)
    queue = reverse("admin:welfare_card_application_changelist")
    assert desk.get(queue).status_code == 200
    desk.post(queue, {"action": "take", "_selected_action": [sent.pk, other.pk]})
    sent.refresh_from_db()
    assert sent.status == "under_review"
    persons = reverse("admin:welfare_card_member_changelist")
    desk.post(persons, {"action": "approve", "_selected_action": list(sent.members.values_list("pk", flat=True))})
    desk.post(persons, {"action": "reject", "reason": "age", "_selected_action": [other.members.get().pk]})
    batch = ApprovalBatch.objects.get()
    batches = reverse("admin:welfare_card_approvalbatch_changelist")
    assert desk.get(batches).status_code == 403
    second.post(batches, {"action": "confirm", "_selected_action": [batch.pk]})
    assert set(sent.members.values_list("status", flat=True)) == {"approved"}
    assert other.members.get().status == "rejected"


def test_a_record_is_found_by_any_spelling_or_number_only_with_a_reason_that_is_journalled():
    desk, number = office(Duty.CARDS), next_national_id()
    person = register_person(by=None, at=AT, given_name="زهرا", family_name="كعبي", birth_on=BORN, national_id=number)
    search = reverse("admin:people_person_search")
    assert desk.post(search, {"wanted": "کعبی", "reason": ""}).status_code == 422
    for wanted in ("کعبی زهرا", number):
        assert "كعبي" in desk.post(search, {"wanted": wanted, "reason": "request"}).content.decode()
    record = reverse("admin:people_person_record", args=[person.pk])
    assert number not in desk.get(record).content.decode()
    assert number in desk.post(record, {"reason": "decide"}).content.decode()
    told = str(list(Entry.objects.filter(verb="read_record").values_list("body", "facts")))
    assert Entry.objects.filter(verb="read_record").count() == 3
    assert number not in told
    assert "كعبي" not in told
    assert office(Duty.ANSWER).post(search, {"wanted": number, "reason": "request"}).status_code == 403


def test_look_alikes_are_compared_and_merged_by_two_people():
    place, desk, second = make_place(), office(Duty.CARDS), office(Duty.CARD_CHECK)
    about = {"given_name": "زهرا", "family_name": "کعبی", "birth_on": BORN, "place": place}
    first, other = (register_person(by=None, at=AT, **about) for _ in range(2))
    pair = Suspicion.objects.get()
    page = reverse("admin:people_suspicion_compare", args=[pair.pk])
    assert desk.get(reverse("admin:people_suspicion_changelist")).status_code == 200
    assert "کعبی" in desk.get(page).content.decode()
    desk.post(page, {"act": "first"})
    merges = reverse("admin:people_personmerge_changelist")
    second.post(merges, {"action": "confirm", "_selected_action": [PersonMerge.objects.get().pk]})
    other.refresh_from_db()
    assert other.merged_into == first


def test_a_list_is_brought_checked_and_let_in_from_the_back_office():
    make_place(code="KHZ-N-7")
    plan, desk = make_plan(), office(Duty.CARDS)
    add = reverse("admin:welfare_card_importrun_add")
    assert desk.get(add).status_code == 200
    content = as_csv(*[adult() for _number in range(9)], adult(id="1111111111"))

    def send():
        file = SimpleUploadedFile("list.csv", content)
        return desk.post(add, {"plan": plan.pk, "agency_label": "کمیته", "file": file, "consent": "on"})

    assert send().status_code == 302
    assert send().status_code == 200, "the same file again is told beside the field"
    advance_imports(AT)
    run = ImportRun.objects.get()
    assert run.status == "checked"
    page = desk.get(reverse("admin:welfare_card_importrun_change", args=[run.pk]))
    assert page.status_code == 200
    faults = desk.get(reverse("admin:welfare_card_importrun_faults", args=[run.pk]))
    assert "1111111111" in faults.content.decode("utf-8-sig")
    assert Entry.objects.get(verb="export_faults").facts["rows"] == 1
    desk.post(reverse("admin:welfare_card_importrun_changelist"), {"action": "let_in", "_selected_action": [run.pk]})
    advance_imports(AT)
    run.refresh_from_db()
    assert (run.status, run.written) == ("done", 9)


def test_the_home_of_the_card_asks_as_little_for_six_applications_as_for_one(client, django_assert_max_num_queries):
    mother = make_person()
    make_draft(by=mother)
    sign_in(client, mother)
    for count in (1, 4):
        for _number in range(count - 1):
            make_draft(by=mother, plan=make_plan())
        with django_assert_max_num_queries(12):
            assert client.get(reverse("card")).status_code == 200
