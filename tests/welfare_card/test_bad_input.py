"""Whatever somebody sends, the answer is clear, nothing falls over and nothing is lost."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from taar.lib.jalali import local_day
from taar.organizations.models import Duty
from tests.organizations.factories import AT, make_official
from tests.people.factories import sign_in
from tests.places.factories import make_place
from tests.welfare_card.applicants import make_draft, make_plan
from tests.welfare_card.ledger_factories import Desk, make_allowance, make_rule, make_venue
from tests.welfare_card.statement_factories import WORDS, Town
from tests.welfare_card.test_imports import HEAD, adult, as_csv, bring, child, let_in
from welfare_card.actions.devices import receive_records
from welfare_card.actions.imports import read_import
from welfare_card.models import Account, ImportRun, Member, Season, Statement, Visit

pytestmark = pytest.mark.django_db
ADD = "/admin/welfare_card/importrun/add/"
MEGABYTE = 1024 * 1024


@pytest.fixture
def desk() -> Client:
    return sign_in(Client(), make_official(Duty.CARDS, is_staff=True), second_factor=True)


def send_list(desk: Client, content: bytes, plan=None):
    file = SimpleUploadedFile("list.csv", content, "text/csv")
    plan = plan or make_plan()
    return desk.post(ADD, {"plan": plan.pk, "agency_label": "بهزیستی", "file": file, "consent": "on"})


def test_a_list_of_ten_megabytes_comes_in_whole_and_one_over_thirty_is_told(desk):
    ten = as_csv(adult()) + b"\n" * (10 * MEGABYTE)
    assert send_list(desk, ten).status_code == 302
    assert ImportRun.objects.count() == 1
    answer = send_list(desk, as_csv(adult()) + b"\n" * (31 * MEGABYTE))
    assert answer.status_code == 200
    assert "۳۰" in str(answer.context["adminform"].form.errors["file"]) or "30" in str(
        answer.context["adminform"].form.errors["file"]
    )
    assert ImportRun.objects.count() == 1


def test_whoever_has_no_session_sends_no_large_file(client):
    file = SimpleUploadedFile("list.csv", b"\n" * (10 * MEGABYTE), "text/csv")
    answer = client.post(ADD, {"file": file})
    assert answer.status_code == 302
    assert "file" not in answer.wsgi_request.FILES
    assert "file" in answer.wsgi_request.too_large


def test_a_list_for_a_plan_whose_season_is_over_is_told_beside_the_plan(desk):
    plan = make_plan()
    Season.objects.filter(plan=plan).update(from_on=AT.date() - timedelta(days=90), until_on=AT.date())
    answer = send_list(desk, as_csv(adult()), plan)
    assert "plan" in answer.context["adminform"].form.errors
    assert answer.context["adminform"].form["agency_label"].value() == "بهزیستی"
    assert not ImportRun.objects.exists()


def test_a_list_of_every_kind_of_bad_row_keeps_the_good_ones_and_names_the_rest():
    make_place(code="KHZ-N-7")
    good, twice = adult(), adult()
    rows = [good, child(""), child("1234567890"), child(good[0]), twice, twice, ["", "", "", "", "", "", "", ""]]
    rows += [["1" * 10, *adult()[1:]], [*adult()[:3], "1500/01/01", *adult()[4:]], [*adult()[:5], "X", *adult()[6:]]]
    run = read_import(bring(as_csv(*rows)), at=AT)
    faults = {line.number: line.faults for line in run.lines.exclude(status="good")}
    assert set(map(tuple, faults.values())) == {
        ("guardian",), ("guardian_id",), ("twice",), ("national_id",), ("birth_on",), ("place",),
    }  # fmt: skip
    assert let_in(run).written == Member.objects.count() == 3


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00" * 100,
        b"a\x00b,c\n",
        as_csv(head=HEAD) + b"\x00,\x00,\x00,\x00,\x00,\x00,\x00,\x00\n",
        as_csv(head=HEAD) + ("," * 5000 + "\n").encode(),
        as_csv(head=HEAD) + b'"' + b"x" * 200_000 + b'",1,1,1,1,1,1,1\n',
        "\ufeff".encode() * 3,
        b"PK\x03\x04" + b"\x00" * 5000,
    ],
    ids=["empty", "zeros", "zero in the head", "zeros in a row", "wide", "long cell", "marks", "no book"],
)
def test_a_malformed_list_is_stopped_or_read_and_never_falls_over(desk, content):
    answer = send_list(desk, content)
    assert answer.status_code in (200, 302)
    for run in ImportRun.objects.all():
        run = read_import(run, at=AT)
        assert run.status in ("stopped", "checked")
        assert not run.good
    assert desk.get("/admin/welfare_card/importrun/").status_code == 200


def test_a_visit_that_a_device_signs_for_tomorrow_takes_nothing_and_keeps_no_other_waiting():
    (card, account), venue = make_allowance(make_rule(10)), make_venue()
    now = datetime.now(UTC)
    device = Desk(venue, at=now)
    device.write(card, tier="T2", at=(now + timedelta(days=1)).isoformat())
    device.write(card, tier="T2", at=now.isoformat())
    assert receive_records(device.device, device.records(), at=now) == 2
    assert set(Visit.objects.values_list("outcome", flat=True)) == {"clock_wrong", "no_lease"}
    assert Account.objects.get(pk=account.pk).balance == 10


def test_a_paper_of_ten_megabytes_is_refused_and_the_application_stays(client):
    draft = make_draft()
    sign_in(client, draft.account)
    file = SimpleUploadedFile("photo.png", b"\x89PNG\r\n\x1a\n" + b"x" * (10 * MEGABYTE), "image/png")
    answer = client.post(reverse("send_paper", args=[draft.code]), {"kind": "photo", "file": file})
    assert answer.status_code == 409
    assert not draft.papers.exists()
    assert client.get(reverse("application", args=[draft.code])).status_code == 200


@pytest.mark.parametrize("after", ["x", "W10", "WyJ4Il0", "W251bGxd", "%00", "WzFlOTk5XQ"])
def test_a_cursor_that_somebody_made_up_breaks_no_list_of_statements(client, after):
    town = Town()
    statement = town.closed(1)
    sign_in(client, town.officer)
    for path in ("/card/statements/", statement.get_absolute_url()):
        assert client.get(f"{path}?after={after}").status_code in (200, 409)


@pytest.mark.parametrize("wrong", [{"venue": "\x00"}, {"month": "2026-99-99"}, {"status": "'"}, {"month": "1" * 5000}])
def test_nothing_in_a_query_breaks_the_list_of_statements(client, wrong):
    sign_in(client, Town().officer)
    assert client.get("/card/statements/", wrong).status_code == 200


def test_words_that_hold_zeros_or_are_too_long_come_back_beside_their_field(client):
    town = Town()
    statement = town.closed(1)
    Statement.objects.update(object_until_on=local_day(timezone.now()) + timedelta(days=3))
    sign_in(client, town.officer)
    for words in (WORDS + "\x00", WORDS * 100):
        answer = client.post(reverse("step_statement", args=[statement.pk]), {"step": "object", "words": words})
        assert answer.status_code == 422
    huge = {"step": "object", "words": "x" * (4 * MEGABYTE)}
    assert client.post(reverse("step_statement", args=[statement.pk]), huge).status_code in (400, 413)
    assert not statement.objections.exists()
