import hashlib
import json
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from taar.journal.models import DailyHead, Entry, Link
from tests.journal.factories import AT, link_now, make_entry
from tests.people.factories import make_person

pytestmark = pytest.mark.django_db


def test_the_chain_follows_by_sha256_and_nothing_else():
    for number in range(3):
        make_entry(facts={"n": number})
    link_now()
    last = "0" * 64
    for number, link in enumerate(Link.objects.select_related("entry"), start=1):
        assert (link.seq, link.prev) == (number, last)
        last = hashlib.sha256((last + link.entry.body).encode()).hexdigest()
        assert link.hash == last


def test_the_body_holds_what_the_columns_say():
    entry = make_entry(facts={"rule": 3, "due_on": date(2026, 1, 2)}, post="OFFICE 1")
    body = json.loads(entry.body)
    assert (body["verb"], body["subject"], body["post"]) == (entry.verb, entry.subject, "OFFICE 1")
    assert body["facts"] == entry.facts == {"rule": 3, "due_on": "2026-01-02"}
    assert body["at"] == "2026-11-24T08:00:00.000000+00:00"


def test_who_acted_is_kept_apart_and_links_no_two_entries():
    person = make_person()
    first, second = (make_entry(by=person) for _count in range(2))
    digests = {json.loads(entry.body)["actor"] for entry in (first, second)}
    assert first.actor == person
    assert len(digests) == 2
    assert all(len(digest) == 64 for digest in digests)
    assert json.loads(make_entry().body)["actor"] == ""


@pytest.mark.parametrize("text", ["تماس با ۰۹۱۶۱۲۳۴۵۶۷ بگیرید", "call 0916 123 4567 now"])
def test_a_number_in_free_text_is_masked(text):
    entry = make_entry(facts={"reason": text, "list": [text]})
    assert "▒▒▒" in entry.facts["reason"]
    assert not any(part in entry.body for part in ("4567", "۴۵۶۷"))


def test_a_code_is_no_free_text():
    entry = make_entry(facts={"place": "0603022668", "phone_like": "09161234567"})
    assert entry.facts["place"] == "0603022668"


def test_a_refused_act_leaves_no_entry():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        make_entry()
        raise ZeroDivisionError
    assert not Entry.objects.exists()


@pytest.mark.parametrize(("verb", "subject"), [("Hide", "thread:1"), ("hide", "thread:1"), ("hide_thread", "KHZ")])
def test_an_entry_needs_a_verb_and_a_subject(verb, subject):
    with pytest.raises(ValueError, match="verb"):
        make_entry(verb=verb, subject=subject)


@pytest.mark.parametrize("table", ["journal_entry", "journal_link", "journal_dailyhead"])
@pytest.mark.parametrize("statement", ["DELETE FROM {}", "TRUNCATE {} CASCADE", "UPDATE {} SET {}"])
def test_the_database_refuses_to_change_or_remove_a_row(table, statement):
    make_entry()
    link_now()
    DailyHead.objects.create(on=date(2026, 11, 23), seq=1, hash="0" * 64, written_at=AT)
    column = {"journal_entry": "verb = 'x'", "journal_link": "hash = 'x'", "journal_dailyhead": "seq = 7"}[table]
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table, column))
    assert Link.objects.count() == 1
