import csv
import json
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from taar.journal.models import DailyHead, Entry, Link
from taar.journal.queries import csv_lines, json_lines
from taar.journal.sweeps import write_daily_head
from tests.journal.factories import AT, link_now, make_entry

pytestmark = pytest.mark.django_db


@contextmanager
def somebody_with_the_keys_of_the_house():
    """Whoever owns the database can set the guards aside; the chain is there to show it."""
    link_now()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield cursor
        cursor.execute("SET LOCAL session_replication_role = origin")


def written(count=4):
    for number in range(count):
        make_entry(facts={"n": number, "reason": 'دلیل، با ویرگول و "گیومه"\nو سطر دوم'})
    link_now()


def verify(capsys=None, **options) -> str:
    call_command("verify_journal", **options)
    return capsys.readouterr().out if capsys else ""


def test_a_whole_chain_holds(capsys):
    written()
    assert "4 entries" in verify(capsys)


def test_an_empty_journal_holds(capsys):
    assert "0 entries" in verify(capsys)


@pytest.mark.parametrize(
    ("statement", "seq"),
    [
        (
            "UPDATE journal_entry SET body = replace(body, 'hide', 'show') {}",
            3,
        ),
        ("UPDATE journal_entry SET post = 'x' {}", 2),
        ("UPDATE journal_entry SET facts = jsonb_build_object() {}", 1),
        ("DELETE FROM journal_link WHERE seq = 2", 3),
        ("UPDATE journal_link SET hash = repeat('a', 64) WHERE seq = 4", 4),
    ],
)
def test_whoever_changes_a_row_is_found_at_its_number(statement, seq):
    written()
    with somebody_with_the_keys_of_the_house() as cursor:
        cursor.execute(statement.format(f"WHERE id = (SELECT entry_id FROM journal_link WHERE seq = {seq})"))
    with pytest.raises(CommandError, match=f"number {seq}:") as failure:
        verify()
    assert failure.value.returncode == 1


def test_a_chain_that_was_written_anew_is_shown_by_the_published_head():
    written()
    write_daily_head(AT)
    with somebody_with_the_keys_of_the_house() as cursor:
        cursor.execute("DELETE FROM journal_link")
        cursor.execute("DELETE FROM journal_entry")
    written(5)
    with pytest.raises(CommandError, match="published"):
        verify()


def test_an_entry_that_was_slipped_past_the_chain_is_found():
    written()
    with somebody_with_the_keys_of_the_house():
        make_entry()
    with pytest.raises(CommandError, match="no link"):
        verify()


def test_a_download_can_be_verified_by_anybody(tmp_path, capsys):
    written()
    as_json, as_csv = tmp_path / "log.json", tmp_path / "log.csv"
    as_json.write_text("".join(json_lines()), encoding="utf-8")
    as_csv.write_text("".join(csv_lines()), encoding="utf-8", newline="")
    assert "4 entries" in verify(capsys, file=as_json)
    assert "4 entries" in verify(capsys, file=as_csv)
    assert [row["seq"] for row in json.loads(as_json.read_text(encoding="utf-8"))] == [1, 2, 3, 4]
    with as_csv.open(encoding="utf-8", newline="") as file:
        assert len(list(csv.reader(file))) == 5


def test_a_changed_download_is_found_at_its_number(tmp_path):
    written()
    rows = json.loads("".join(json_lines()))
    rows[2]["facts"]["n"] = 99
    file = tmp_path / "log.json"
    file.write_text(json.dumps(rows), encoding="utf-8")
    with pytest.raises(CommandError, match="number 3: its column facts"):
        verify(file=file)


def test_a_download_of_nothing_is_empty_json():
    assert json.loads("".join(json_lines())) == []


def test_a_file_that_is_no_log_is_told_plainly(tmp_path):
    file = tmp_path / "log.json"
    file.write_text("<html>", encoding="utf-8")
    with pytest.raises(CommandError, match="cannot be read"):
        verify(file=file)


def test_the_head_of_a_day_is_written_once():
    assert write_daily_head(AT) == 0
    written()
    assert write_daily_head(AT) == 1
    make_entry()
    link_now()
    assert write_daily_head(AT + timedelta(hours=1)) == 0
    assert write_daily_head(AT + timedelta(days=1)) == 1
    assert list(DailyHead.objects.values_list("seq", flat=True)) == [5, 4]
    assert Link.objects.count() == Entry.objects.count() == 5
