"""Rules, agreements and papers in the back office: every change is a verb, every paper a reading with a reason."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from taar.journal.models import Entry
from taar.lib.jalali import local_day, to_jalali
from taar.organizations.models import Duty
from tests.organizations.factories import make_official, make_organization
from tests.people.factories import sign_in
from tests.welfare_card.applicants import make_plan, make_sent
from tests.welfare_card.ledger_factories import make_venue
from tests.welfare_card.test_decisions import PNG
from welfare_card.actions.papers import add_paper
from welfare_card.models import Agreement, AllowanceRule, EligibilityRule, Season

pytestmark = pytest.mark.django_db


def office(*duties) -> Client:
    return sign_in(Client(), make_official(*duties, is_staff=True), second_factor=True)


def url(name: str, *args) -> str:
    return reverse(f"admin:welfare_card_{name}", args=args)


def jalali(day: date) -> str:
    return str(to_jalali(day)).replace("-", "/")


def today() -> date:
    return local_day(timezone.now())


def allowance_fields(plan, **over) -> dict:
    season = Season.objects.get(plan=plan)
    fields = {"plan": plan.pk, "season": season.pk, "family": "sport", "visits": "12", "cap_day": "1"}
    return fields | {"owner_label": "اداره‌کل ورزش", "from_on": jalali(season.from_on)} | over


def test_a_rule_of_allowances_is_made_with_its_caps_and_ended_by_verbs_of_the_journal():
    desk, plan = office(Duty.CARDS), make_plan()
    assert desk.post(url("allowancerule_add"), allowance_fields(plan)).status_code == 302
    rule = AllowanceRule.objects.get()
    assert (rule.visits, rule.cap_day, rule.from_on) == (12, 1, date(2026, 9, 23))
    tomorrow = today() + timedelta(days=1)
    assert desk.post(url("allowancerule_change", rule.pk), {"until_on": jalali(tomorrow)}).status_code == 302
    rule.refresh_from_db()
    assert rule.until_on == tomorrow
    verbs = list(
        Entry.objects.filter(subject=f"allowance_rule:{rule.pk}").order_by("pk").values_list("verb", flat=True)
    )
    assert verbs == ["add_allowance_rule", "end_allowance_rule"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"visits": "0"}, "visits"),
        ({"family": "culture"}, "family"),
        ({"from_on": "۱۴۰۵/۱۳/۰۱"}, "from_on"),
        ({"until_on": "1405/01/01"}, "until_on"),
        ({"owner_label": " "}, "owner_label"),
    ],
)
def test_a_wrong_rule_is_told_beside_its_field_and_not_made(wrong, said):
    desk, plan = office(Duty.CARDS), make_plan()
    answer = desk.post(url("allowancerule_add"), allowance_fields(plan, **wrong))
    assert answer.status_code == 200
    assert said in answer.context["adminform"].form.errors
    assert not AllowanceRule.objects.exists()


def test_a_rule_does_not_end_on_a_day_that_has_passed_and_not_twice():
    desk, plan = office(Duty.CARDS), make_plan()
    rule = EligibilityRule.objects.get(plan=plan)
    yesterday = today() - timedelta(days=1)
    answer = desk.post(url("eligibilityrule_change", rule.pk), {"until_on": jalali(yesterday)})
    assert "until_on" in answer.context["adminform"].form.errors
    assert desk.post(url("eligibilityrule_change", rule.pk), {"until_on": jalali(today())}).status_code == 302
    later = {"until_on": jalali(today() + timedelta(days=9))}
    assert "until_on" in desk.post(url("eligibilityrule_change", rule.pk), later).context["adminform"].form.errors


def test_a_rule_of_eligibility_is_made_by_its_verb():
    desk, plan = office(Duty.CARDS), make_plan(rule=False)
    fields = {"plan": plan.pk, "least_age": "7", "most_age": "15", "sex": "woman", "owner_label": "دبیرخانه"}
    assert desk.post(url("eligibilityrule_add"), fields | {"from_on": jalali(today())}).status_code == 302
    assert Entry.objects.get(verb="add_eligibility_rule").facts["only"] == "woman"
    wrong = fields | {"from_on": jalali(today()), "least_age": "20"}
    assert "most_age" in desk.post(url("eligibilityrule_add"), wrong).context["adminform"].form.errors


def test_an_agreement_is_made_in_the_back_office_and_refused_where_another_holds():
    desk, venue, payer = office(Duty.CARDS), make_venue(), make_organization()
    fields = {"venue": venue.pk, "payer": payer.pk, "family": "sport", "amount": "350000", "owner_label": "دبیرخانه"}
    fields["from_on"] = "1405/08/01"
    assert desk.post(url("agreement_add"), fields).status_code == 302
    assert Agreement.objects.get().amount == 350_000
    again = desk.post(url("agreement_add"), fields | {"from_on": "1405/09/01"})
    assert "from_on" in again.context["adminform"].form.errors
    assert desk.get(url("agreement_changelist")).status_code == 200


def test_a_paper_is_opened_with_a_reason_and_the_log_keeps_it():
    sent = make_sent()
    paper = add_paper(sent, by=sent.account, at=sent.submitted_at, kind="photo", content=PNG)
    desk = office(Duty.CARD_CHECK)
    assert url("paper_read", paper.pk) in desk.get(url("paper_changelist")).content.decode()
    assert desk.post(url("paper_read", paper.pk), {}).status_code == 422
    assert not Entry.objects.filter(verb="read_paper").exists()
    answer = desk.post(url("paper_read", paper.pk), {"reason": "decide"})
    assert (answer.content, answer.headers["Content-Type"]) == (PNG, "image/png")
    assert "no-store" in answer.headers["Cache-Control"]
    assert Entry.objects.get(verb="read_paper").facts == {"reason": "decide", "kind": "photo"}


def test_rules_and_papers_open_to_the_office_of_cards_alone():
    others = office(*(duty for duty in Duty.values if duty not in (Duty.CARDS, Duty.CARD_CHECK)))
    pages = ["allowancerule_changelist", "eligibilityrule_changelist", "agreement_changelist", "paper_changelist"]
    assert {others.get(url(page)).status_code for page in pages} == {403}
    assert others.get(url("paper_read", 1)).status_code == 403
