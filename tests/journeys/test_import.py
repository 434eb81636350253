"""A secretary brings a list of a thousand persons: a dry run, three bad rows sent back, mended, and all are in."""

import csv
import io
import time

import pytest
from django.utils import timezone
from openpyxl import Workbook

from taar.lib.persian import local_digits
from taar.organizations.models import Duty
from taar.people.actions import give_demo_second_factor
from tests.journeys.steps import enter, look, press, words
from tests.organizations.factories import make_official
from tests.people.factories import DEMO_SECRET
from tests.places.factories import make_place
from tests.welfare_card.applicants import make_plan, next_national_id
from welfare_card.actions.waiting_work import advance_imports
from welfare_card.models import ImportRun, Member

pytestmark = pytest.mark.django_db(transaction=True)
HEAD = ["کد ملی", "نام", "نام خانوادگی", "تاریخ تولد", "جنسیت", "کد محله", "نشانی", "کد ملی سرپرست"]
ROWS, BAD = 1000, (17, 430, 998)
ADD = "/admin/welfare_card/importrun/add/"


def adult(number: int) -> list[str]:
    born = f"13{30 + number % 50}/{1 + number % 12:02}/{1 + number % 28:02}"
    return [next_national_id(), f"نام{number}", f"خانواده{number}", born, "زن", "KHZ-N-7", "کوچهٔ سوم", ""]


def a_thousand() -> list[list[str]]:
    """A thousand rows; one number is wrong, one birthday is no day, one child has no guardian."""
    rows = [adult(number) for number in range(ROWS)]
    rows[BAD[0]][0] = "1111111111"
    rows[BAD[1]][3] = "1368/13/01"
    rows[BAD[2]][3] = "1398/05/02"
    return rows


def as_csv(rows: list[list[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([HEAD, *rows])
    return out.getvalue().encode("utf-8-sig")


def as_excel(rows: list[list[str]]) -> bytes:
    book = Workbook()
    for row in [HEAD, *rows]:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def bring(page, name: str, content: bytes) -> None:
    """Fill in the form of a list and send it."""
    page.goto(ADD)
    page.select_option("select[name=plan]", index=1)
    page.fill("input[name=agency_label]", "بهزیستی خوزستان")
    page.set_input_files("input[name=file]", {"name": name, "mimeType": "text/csv", "buffer": content})
    page.check("input[name=consent]")
    press(page, "input[name=_continue]")


def let_in(page, run: ImportRun) -> None:
    """Choose the list among all and let its good rows in."""
    page.goto("/admin/welfare_card/importrun/")
    page.check(f"input[name=_selected_action][value='{run.pk}']")
    page.select_option("select[name=action]", "let_in")
    press(page, "button[name=index]")


@pytest.mark.parametrize("width", [360, 1200], ids=["narrow", "wide"])
def test_a_thousand_rows_with_three_bad_ones_are_brought_mended_and_all_are_in(open_browser, width):
    make_place(code="KHZ-N-7")
    make_plan()
    secretary = make_official(Duty.CARDS, is_staff=True)
    page = open_browser(width=width)
    give_second_step(secretary)
    enter(page, secretary, staff=True)
    rows = a_thousand()

    run = dry_run(page, rows, f"import-checked-{width}")
    read_faults(page)
    let_in(page, run)
    see_it_written(page, run, f"import-done-{width}")
    send_mended(page, rows)
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wider <= 0


def dry_run(page, rows: list[list[str]], picture: str) -> ImportRun:
    """The list is read and checked, and nobody is written."""
    bring(page, "list.csv", as_csv(rows))
    run = ImportRun.objects.get()
    assert words("waits to be read") in read_all(page)
    advance_imports(timezone.now())
    page.goto(f"/admin/welfare_card/importrun/{run.pk}/change/")
    said = read_all(page)
    look(page, picture)
    assert words("checked, nothing written yet") in said
    assert local_digits("997", "fa") in said or "997" in said
    assert not Member.objects.exists()
    return run


def read_faults(page) -> None:
    """The faulty rows as a file: their numbers in the list, the agency's own cells and Persian words."""
    with page.expect_download() as coming:
        page.click(f"a:has-text('{words('Download as CSV')}')")
    with open(coming.value.path(), encoding="utf-8-sig", newline="") as file:
        found = list(csv.reader(file))
    assert [int(row[0]) for row in found[1:]] == [number + 2 for number in BAD]
    assert [row[-1] for row in found[1:]] == [
        words("The national ID is missing or wrong."),
        words("The birthday is missing or cannot be right; write it as 1368/04/27."),
        words("A child needs a guardian who is in the list as an adult or known to us."),
    ]


def see_it_written(page, run: ImportRun, picture: str) -> None:
    """The good rows go in; the bar moves to its end."""
    page.goto(f"/admin/welfare_card/importrun/{run.pk}/change/")
    assert words("being written") in read_all(page)
    assert page.locator("meta[http-equiv=refresh]").count() == 1
    advance_imports(timezone.now())
    wait_for(page, words("done"))
    assert page.locator("progress").first.evaluate("bar => bar.value / bar.max") == 1
    look(page, picture)
    assert Member.objects.count() == ROWS - len(BAD)


def send_mended(page, rows: list[list[str]]) -> None:
    """The agency mends its three rows and sends them as an Excel file; then all are in."""
    mended = [rows[number] for number in BAD]
    mended[0][0], mended[1][3], mended[2][7] = next_national_id(), "1368/12/01", rows[0][0]
    bring(page, "mended.xlsx", as_excel(mended))
    advance_imports(timezone.now())
    second = ImportRun.objects.latest("pk")
    assert (second.status, second.good) == ("checked", 3)
    let_in(page, second)
    advance_imports(timezone.now())
    page.goto("/admin/welfare_card/importrun/")
    assert Member.objects.count() == ROWS
    assert "mended.xlsx" in read_all(page)


def test_the_same_file_and_a_file_that_is_no_list_are_told_beside_the_field(open_browser):
    make_place(code="KHZ-N-7")
    make_plan()
    secretary = make_official(Duty.CARDS, is_staff=True)
    page = open_browser(javascript=False)
    give_second_step(secretary)
    enter(page, secretary, staff=True)
    bring(page, "list.csv", as_csv([adult(1)]))
    bring(page, "again.csv", as_csv([adult(2)]))
    assert ImportRun.objects.count() == 2
    bring_again = as_csv([[*adult(3)]])
    bring(page, "third.csv", bring_again)
    bring_and_stay(page, "third.csv", bring_again)
    assert words("This file was brought in for this plan already; look at that import.") in read_all(page)
    bring(page, "garbage.csv", b'"open, 1\n')
    advance_imports(timezone.now())
    page.reload()
    assert ImportRun.objects.latest("pk").status == "stopped"
    stops = (words("A quotation mark in this CSV file is not closed."), words("A needed column is missing"))
    assert any(stop[:20] in read_all(page) for stop in stops)


def bring_and_stay(page, name: str, content: bytes) -> None:
    """Send a file that is refused: the page that answers is the form again."""
    bring(page, name, content)
    assert page.url.endswith(ADD)


def wait_for(page, word: str) -> None:
    """The page shows by itself how far it is."""
    for _turn in range(20):
        if word in read_all(page):
            return
        time.sleep(0.5)
        page.reload()
    raise AssertionError(f"{word} never came: {read_all(page)}")


def read_all(page) -> str:
    """All that stands on a page of the back office."""
    return page.locator("#content").inner_text()


def give_second_step(person) -> None:
    """The authenticator app of a test person."""
    give_demo_second_factor(person, DEMO_SECRET)
