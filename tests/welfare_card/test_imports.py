import csv
import io

import pytest
from openpyxl import Workbook

from taar.journal.models import Entry
from taar.lib.refusals import Refused
from taar.organizations.models import Duty
from taar.people.models import Guardianship, Person
from tests.organizations.factories import AT, make_official
from tests.places.factories import make_place
from tests.welfare_card.applicants import make_plan, next_national_id
from welfare_card.actions.import_writing import write_step
from welfare_card.actions.imports import begin_writing, read_import, receive_import, stop_import
from welfare_card.actions.waiting_work import advance_imports
from welfare_card.models import Application, ImportLine, ImportRun, Member
from welfare_card.queries.imports import faults_file

pytestmark = pytest.mark.django_db
HEAD = ["کد ملی", "نام", "نام خانوادگی", "تاریخ تولد", "جنسیت", "کد محله", "نشانی", "کد ملی سرپرست"]


@pytest.fixture
def place():
    return make_place(code="KHZ-N-7")


def adult(**over):
    row = {"id": next_national_id(), "name": "مریم", "family": "نواصر", "born": "۱۳۶۸/۰۴/۲۷", "sex": "زن"}
    row |= {"place": "KHZ-N-7", "address": "کوچهٔ سوم", "guardian": ""}
    return list((row | over).values())


def child(guardian, **over):
    return adult(**({"name": "علی", "born": "1396/02/12", "sex": "پسر", "guardian": guardian} | over))


def as_csv(*rows, head=HEAD, mark=",") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=mark).writerows([head, *rows])
    return out.getvalue().encode("utf-8-sig")


def as_excel(*rows) -> bytes:
    book, out = Workbook(write_only=True), io.BytesIO()
    sheet = book.create_sheet()
    for row in (HEAD, *rows):
        sheet.append(row)
    book.save(out)
    return out.getvalue()


def bring(content, plan=None, by=None):
    by = by or make_official(Duty.CARDS)
    return receive_import(content, by=by, at=AT, plan=plan or make_plan(), agency_label="کمیته", file_name="list.csv")


def let_in(run):
    run = begin_writing(run, by=run.made_by, at=AT)
    while write_step(run, at=AT):
        assert run.pk
    run.refresh_from_db()
    return run


@pytest.mark.parametrize("write", [as_csv, as_excel, lambda *rows: as_csv(*rows, mark=";")])
def test_a_family_of_a_list_becomes_one_application(place, write):
    mother = adult()
    run = read_import(bring(write(mother, child(mother[0]), child(mother[0], name="زهرا"))), at=AT)
    assert (run.status, run.good, run.faulty, run.duplicates) == ("checked", 3, 0, 0)
    assert not Person.objects.filter(birth_on__isnull=False).exists(), "a dry run writes nobody"
    run = let_in(run)
    assert (run.status, run.written) == ("done", 3)
    application = Application.objects.get()
    assert (application.status, application.channel, application.members.count()) == ("submitted", "import", 3)
    assert application.applicant.full_name == "مریم نواصر"
    assert set(Guardianship.objects.values_list("guardian", flat=True)) == {application.applicant_id}


def test_three_bad_rows_of_many_come_back_with_persian_words_and_the_rest_goes_in(place):
    rows = [adult() for _number in range(20)]
    rows[3][0], rows[7][3], rows[11] = "1111111111", "1368/13/01", child("")
    run = read_import(bring(as_csv(*rows)), at=AT)
    assert (run.good, run.faulty) == (17, 3)
    text = faults_file(run).decode("utf-8-sig")
    found = list(csv.reader(io.StringIO(text)))
    assert [row[0] for row in found[1:]] == ["5", "9", "13"]
    assert let_in(run).written == 17


def test_a_list_brought_again_stops_at_its_duplicates(place):
    rows = [adult() for _number in range(8)]
    let_in(read_import(bring(as_csv(*rows)), at=AT))
    again = read_import(bring(as_csv(*rows, adult())), at=AT)
    assert (again.status, again.stop, again.duplicates) == ("stopped", "duplicates", 8)
    with pytest.raises(Refused):
        begin_writing(again, by=again.made_by, at=AT)


def test_a_number_that_stands_twice_goes_in_once(place):
    rows = [adult() for _number in range(8)]
    run = let_in(read_import(bring(as_csv(*rows, rows[0])), at=AT))
    assert (run.written, run.duplicates) == (8, 1)


def test_the_same_file_is_one_import_until_it_is_stopped(place):
    content, plan = as_csv(adult()), make_plan()
    run = bring(content, plan)
    with pytest.raises(Refused) as refused:
        bring(content, plan)
    assert refused.value.field == "file"
    stop_import(run, by=run.made_by, at=AT)
    assert bring(content, plan).pk != run.pk


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"\xff\xfe\x00garbage", "encoding"),
        (as_csv(["1", "2"], head=["a", "b"]), "columns"),
        (as_csv(head=HEAD) + b'"open, 1\n', "csv"),
        (b"PK\x03\x04 no book", "excel"),
        (b"\n\n", "columns"),
    ],
)
def test_what_is_no_list_stops_with_a_reason_and_writes_nobody(place, content, why):
    run = read_import(bring(content), at=AT)
    assert (run.status, run.stop) == ("stopped", why)
    assert not Application.objects.exists()


def test_reading_and_writing_go_on_where_they_were_cut(place, monkeypatch):
    monkeypatch.setattr("welfare_card.actions.imports.STEP", 3)
    monkeypatch.setattr("welfare_card.actions.import_writing.STEP", 3)
    run = bring(as_csv(*[adult() for _number in range(8)]))
    read_import(run, at=AT, most_steps=1)
    run.refresh_from_db()
    assert (run.status, run.rows) == ("received", 3)
    run = read_import(run, at=AT)
    assert sorted(run.lines.values_list("number", flat=True)) == list(range(2, 10))
    begin_writing(run, by=run.made_by, at=AT)
    assert write_step(run, at=AT) == 3
    assert advance_imports(AT) == 5
    run.refresh_from_db()
    assert (run.status, run.written, Member.objects.count()) == ("done", 8, 8)


def test_names_and_numbers_of_a_list_lie_sealed_and_enter_no_journal(place):
    row = adult(family="نهان‌خواه")
    run = bring(as_csv(row))
    run = let_in(read_import(run, at=AT))
    told = str(list(Entry.objects.values_list("body", "facts")))
    assert row[0] not in told
    assert "نهان" not in told
    assert ImportRun.objects.get(pk=run.pk).content == ""
    assert ImportLine.objects.count() == 1
