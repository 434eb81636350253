"""The pages of statements, seen by the venue, the payer, the office of cards and by nobody else; and their files."""

import io
import re
from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from taar.journal.models import Entry
from taar.organizations.models import Duty
from tests.organizations.factories import make_official
from tests.people.factories import sign_in
from tests.welfare_card.statement_factories import CLOSING, IN_ABAN, RIALS, WORDS, Town
from welfare_card.actions.months import close_statement
from welfare_card.models import Statement
from welfare_card.queries.statement_files import PRINTED_LINES, excel_of, pdf_of
from welfare_card.statement_digest import CountedLine, digest_of

pytestmark = pytest.mark.django_db
LIST = "/card/statements/"


@pytest.fixture
def town():
    return Town()


def page(statement: Statement, name: str = "statement") -> str:
    return reverse(name, args=[statement.pk])


def as_read(client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_venue_the_payer_and_the_office_see_a_statement_and_others_do_not(client, town):
    statement, other = town.closed(), Town()
    for person in (town.officer, town.accountant, town.administrator, town.checker):
        sign_in(client, person)
        assert page(statement) in as_read(client, LIST)
        assert as_read(client, page(statement))
    for person in (other.officer, other.accountant):
        sign_in(client, person)
        assert page(statement) not in as_read(client, LIST)
        assert client.get(page(statement)).status_code == 404
        assert client.post(page(statement, "statement_file"), {"kind": "pdf", "reason": "pay"}).status_code == 404
    sign_in(client, make_official(Duty.FACILITATE))
    assert client.get(LIST).status_code == 403
    client.logout()
    assert client.get(LIST).status_code == 302


def test_a_statement_shows_days_and_card_indexes_but_no_number_name_or_phone(client, town):
    statement = town.closed()
    sign_in(client, town.officer)
    text = as_read(client, page(statement))
    assert text.count("<time") == 3
    assert town.card.number not in text
    assert town.card.person.phone not in text


def test_each_side_is_offered_its_own_steps(client, town):
    statement = town.closed()
    offered = {}
    for name in ("officer", "accountant", "administrator", "checker"):
        sign_in(client, getattr(town, name))
        offered[name] = set(re.findall(r'name="step" value="(\w+)"', as_read(client, page(statement))))
    # The month was closed long before today, so the days for objections are over or not by the clock of this test.
    assert offered["officer"] == offered["accountant"]
    assert offered["officer"] <= {"object"}
    assert offered["checker"] <= {"approve"}
    assert offered["administrator"] == set()
    sign_in(client, town.accountant)
    assert client.post(page(statement, "step_statement"), {"step": "approve"}).status_code == 409
    assert client.post(page(statement, "step_statement"), {"step": "nonsense"}).status_code == 409


def test_an_objection_that_is_too_short_comes_back_with_its_words(client, town):
    statement = town.closed()
    Statement.objects.filter(pk=statement.pk).update(object_until_on=date(2036, 1, 1))
    sign_in(client, town.officer)
    answer = client.post(page(statement, "step_statement"), {"step": "object", "words": "کوتاه"})
    assert answer.status_code == 422
    assert "کوتاه" in answer.content.decode()
    assert client.post(page(statement, "step_statement"), {"step": "object", "words": WORDS}).status_code == 302
    statement.refresh_from_db()
    assert statement.status == "objected"
    sign_in(client, town.administrator)
    assert client.post(page(statement, "step_statement"), {"step": "answer", "answer": WORDS}).status_code == 302
    assert WORDS in as_read(client, page(statement))


def test_the_list_is_narrowed_and_paged_by_key_with_the_same_questions(client, town, django_assert_max_num_queries):
    closed = town.closed()
    towns = [Town() for _count in range(22)]
    for other in towns:
        other.visit()
    for other in towns:
        other.month()
    sign_in(client, town.checker)
    with django_assert_max_num_queries(12):
        first = as_read(client, LIST)
    assert first.count('class="sheet topic"') == 20
    second = as_read(client, LIST + re.search(r'href="(\?after=[^"]+)"', first)[1].replace("&amp;", "&"))
    assert second.count('class="sheet topic"') == 3
    assert as_read(client, LIST + "?status=closed").count('class="sheet topic"') == 1
    assert as_read(client, LIST + f"?venue={closed.venue.name_fa}&month=2026-10-23").count('class="sheet topic"') >= 1
    assert as_read(client, LIST + "?month=nonsense&status=nonsense")
    assert "?after" not in as_read(client, LIST + "?month=2026-10-23&status=settled")


def test_lines_are_paged_by_key(client, town):
    statement = town.closed(visits=53)
    sign_in(client, town.officer)
    first = as_read(client, page(statement))
    assert first.count("<time") == 50
    after = re.search(r'href="(\?after=[^"]+)"', first)[1]
    assert as_read(client, page(statement) + after).count("<time") == 3


def test_files_ask_for_a_reason_and_every_one_is_journalled_with_its_count(client, town):
    statement = town.closed()
    sign_in(client, town.accountant)
    assert client.post(page(statement, "statement_file"), {"kind": "pdf"}).status_code == 422
    assert client.post(page(statement, "statement_file"), {"kind": "exe", "reason": "pay"}).status_code == 422
    assert not Entry.objects.filter(verb="download_statement").exists()
    for kind in ("pdf", "xlsx"):
        answer = client.post(page(statement, "statement_file"), {"kind": kind, "reason": "pay"})
        assert answer.status_code == 200
        assert "no-store" in answer.headers["Cache-Control"]
    facts = [entry.facts for entry in Entry.objects.filter(verb="download_statement").order_by("pk")]
    assert [(fact["kind"], fact["reason"], fact["lines"]) for fact in facts] == [("pdf", "pay", 3), ("xlsx", "pay", 3)]


def test_an_open_month_has_no_file(client, town):
    town.visit()
    statement = town.month()
    sign_in(client, town.officer)
    assert "?after" not in as_read(client, page(statement))
    assert client.post(page(statement, "statement_file"), {"kind": "pdf", "reason": "pay"}).status_code == 409


def test_the_workbook_is_right_to_left_with_real_days_and_numbers_and_proves_the_digest(town):
    statement = town.closed()
    book = load_workbook(io.BytesIO(excel_of(statement)))
    sums, lines = book.worksheets
    assert sums.sheet_view.rightToLeft
    assert lines.sheet_view.rightToLeft
    rows = list(lines.iter_rows(min_row=2, values_only=True))
    assert [type(cell) for cell in rows[0]] == [int, datetime, str, int, str, int, int, int]
    assert (rows[0][1].date(), rows[0][2]) == (date(2026, 11, 10), "1405/08/19")
    counted = [CountedLine(row[0], row[1].date(), row[3], "sport", row[5], row[6]) for row in rows]
    assert digest_of(counted) == statement.digest
    told = dict(sums.iter_rows(values_only=True))
    assert told["SHA-256"] == statement.digest
    assert 3 * RIALS in told.values()


def test_a_name_that_looks_like_a_formula_stays_text(town):
    town.venue.name_fa = "=cmd|' /C calc'!A0"
    town.venue.save()
    book = load_workbook(io.BytesIO(excel_of(town.closed())))
    cell = book.worksheets[0]["B1"]
    assert (cell.data_type, cell.value[:4]) == ("s", "=cmd")


def test_the_paper_is_persian_with_numbered_pages_and_the_digest(town):
    statement = town.closed(visits=80)
    reader = PdfReader(io.BytesIO(pdf_of(statement)))
    text = "\n".join(sheet.extract_text() for sheet in reader.pages)
    assert len(reader.pages) >= 2
    assert statement.digest in text
    # The reader gives words that run from right to left in the order of the paper.
    assert "۱۴۰۵"[::-1] in text
    assert "۳۲٬۰۰۰٬۰۰۰" in text or "۳۲٬۰۰۰٬۰۰۰"[::-1] in text
    fonts = {font.get_object()["/BaseFont"] for sheet in reader.pages for font in sheet["/Resources"]["/Font"].values()}
    assert all("Vazirmatn" in font for font in fonts)


def test_a_long_month_leaves_its_lines_to_the_workbook(town, monkeypatch):
    statement = town.closed(visits=3)
    short = PdfReader(io.BytesIO(pdf_of(statement))).pages[0].extract_text()
    monkeypatch.setattr("welfare_card.queries.statement_files.PRINTED_LINES", 2)
    assert PRINTED_LINES > 2
    pages = PdfReader(io.BytesIO(pdf_of(statement))).pages
    assert len(pages) == 1
    # The sentence that leads to the workbook names its digest once more.
    assert pages[0].extract_text().count("SHA") == short.count("SHA") + 1


def test_a_month_is_closed_from_its_page_by_an_administrator_of_another_house(client, town):
    town.visit()
    statement = town.month()
    both = make_official(Duty.CARDS, Duty.VENUE, organization=town.venue.organization)
    sign_in(client, both)
    assert client.post(page(statement, "step_statement"), {"step": "close"}).status_code == 409
    closed = close_statement(statement, by=town.administrator, at=CLOSING)
    assert closed.closed_by == town.administrator
    assert closed.closed_at - IN_ABAN > timedelta(days=14)
