"""The back office of the boards writes by verbs, and opens to the sport officer alone."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from sports_boards.models import BookablePart, Coach, Mandate, OpeningRule, Participation
from taar.journal.models import Entry
from taar.lib.identifiers import written_mobile
from taar.organizations.models import Duty, Family
from tests.organizations.factories import make_official
from tests.people.factories import make_person, sign_in
from tests.sports_boards.factories import make_board, make_part, make_sport_officer, make_venue

pytestmark = pytest.mark.django_db
MODELS = ("board", "participation", "mandate", "coach", "bookablepart", "openingrule")


def address(model: str, *args) -> str:
    return reverse(f"admin:sports_boards_{model}_{'change' if args else 'add'}", args=args)


@pytest.fixture
def office() -> Client:
    return sign_in(Client(), make_sport_officer(is_staff=True), second_factor=True)


def send(office: Client, path: str, **fields) -> None:
    answer = office.post(path, fields)
    assert answer.status_code == 302, answer.context["errors"] if answer.context else answer.content


def test_seats_and_coaches_are_given_by_phone(office):
    board, person, coach = make_board(), make_person(), make_person()
    days = {"from_on": "2026-11-01", "until_on": "2029-11-01"}
    about = {"board": board.pk, "seat": "secretary", "letter_number": "۱۲"}
    send(office, address("mandate"), phone=written_mobile(person.phone), **about, **days)
    mandate = Mandate.objects.get()
    assert (mandate.person, mandate.until_on) == (person, date(2029, 11, 1))
    send(office, address("mandate", mandate.pk), until_on="2028-11-01")
    about = {"board": board.pk, "licence_number": "م-۱", "licence_until_on": "2029-01-01"}
    send(office, address("coach"), phone=written_mobile(coach.phone), safeguarding_until_on="", **about)
    row = Coach.objects.get()
    about = {"licence_number": "م-۲", "licence_until_on": "2030-01-01", "safeguarding_until_on": "2030-01-01"}
    send(office, address("coach", row.pk), ended_on="", **about)
    row.refresh_from_db()
    assert (row.person, row.licence_number) == (coach, "م-۲")
    verbs = set(Entry.objects.values_list("verb", flat=True))
    assert {"give_mandate", "end_mandate", "register_coach", "renew_coach"} <= verbs


def test_parts_have_their_hours_and_boards_their_stage(office):
    board, venue = make_board(status=None), make_venue()
    about = {"kind": "court", "owner": venue.organization.pk, "venue": venue.pk, "name_fa": "زمین", "indoor": "on"}
    send(office, address("bookablepart"), active="on", **about)
    part = BookablePart.objects.get()
    hours = {"weekday": "5", "opens_at": "16:00", "closes_at": "20:00", "window": "women", "from_on": "2026-11-01"}
    send(office, address("openingrule"), part=part.pk, **hours)
    send(office, address("bookablepart", part.pk), name_fa="زمین یک", indoor="on", active="on")
    part.refresh_from_db()
    assert part.name_fa == "زمین یک"
    assert OpeningRule.objects.get().window == "women"
    stage = {"status": "invited", "letter_number": "۳", "from_on": "2026-11-01"}
    send(office, address("participation"), board=board.pk, **stage)
    assert Participation.objects.get().status == "invited"


def test_every_list_opens_to_the_sport_officer_and_to_no_other_office(office):
    make_part()
    other = sign_in(Client(), make_official(Duty.SECRETARIAT, is_staff=True), second_factor=True)
    for model in MODELS:
        path = reverse(f"admin:sports_boards_{model}_changelist")
        assert office.get(path).status_code == 200
        assert other.get(path).status_code == 403


@pytest.mark.parametrize("field", ["owner", "venue"])
def test_the_owner_and_the_venue_of_a_part_are_found_and_read_but_not_written(office, field):
    part = make_part()
    asked = {"app_label": "sports_boards", "model_name": "bookablepart", "field_name": field, "term": ""}
    found = office.get(reverse("admin:autocomplete"), asked).json()["results"]
    thing = getattr(part, field)
    assert str(thing.pk) in [row["id"] for row in found]
    page = reverse(f"admin:organizations_{thing._meta.model_name}_change", args=[thing.pk])
    read = office.get(page)
    assert read.status_code == 200
    if field == "venue":
        with translation.override("fa"):
            assert read.content.decode().count(f'<div class="readonly">{Family.SPORT.label}</div>') == 1
    assert office.post(page, {"name_fa": "دیگر"}).status_code == 403
    assert office.get(reverse(f"admin:organizations_{thing._meta.model_name}_add")).status_code == 403


def test_who_keeps_a_venue_ticks_its_families_and_reads_them_once():
    venue = make_venue()
    keeper = sign_in(Client(), make_official(Duty.SECRETARIAT, is_staff=True), second_factor=True)
    page = keeper.get(reverse("admin:organizations_venue_change", args=[venue.pk])).content.decode()
    assert 'type="checkbox" name="families" value="sport"' in page
    assert "field-family_names" not in page
