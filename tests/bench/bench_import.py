"""How fast a list of persons is read and written: `manage.py test tests/bench/bench_import.py -s -n 0`."""

import csv
import io
import os
import time

import pytest

from taar.organizations.models import Duty
from tests.organizations.factories import AT, make_official
from tests.places.factories import make_place
from tests.welfare_card.applicants import make_plan, next_national_id
from tests.welfare_card.test_imports import HEAD
from welfare_card.actions.import_writing import write_step
from welfare_card.actions.imports import begin_writing, read_import, receive_import

pytestmark = pytest.mark.django_db
ROWS = int(os.environ.get("ROWS", "5000"))


def test_rows_a_second_of_reading_and_writing():
    make_place(code="KHZ-N-7")
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(HEAD)
    for number in range(ROWS):
        born = f"13{20 + number % 60}/{1 + number % 12:02}/{1 + number % 28:02}"
        table.writerow([next_national_id(), f"نام{number}", f"خانواده{number}", born, "زن", "KHZ-N-7", "کوچه", ""])
    about = {"by": make_official(Duty.CARDS), "at": AT, "plan": make_plan()}
    run = receive_import(out.getvalue().encode(), agency_label="bench", file_name="bench.csv", **about)
    begun = time.monotonic()
    run = read_import(run, at=AT)
    read = time.monotonic()
    run = begin_writing(run, by=about["by"], at=AT)
    while write_step(run, at=AT):
        continue
    wrote = time.monotonic()
    run.refresh_from_db()
    print(f"\n{ROWS} rows: read and checked {ROWS / (read - begun):.0f}/s, written {ROWS / (wrote - read):.0f}/s")
    assert run.written == ROWS
