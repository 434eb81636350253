"""Entries of the journal for tests."""

from datetime import UTC, datetime

from django.db import connection

from taar.journal.actions import record
from taar.journal.models import Entry

AT = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


def make_entry(subject: str = "thread:KHZ-1405-000001", **over) -> Entry:
    """One recorded act."""
    over.setdefault("by", None)
    over.setdefault("at", AT)
    return record(over.pop("verb", "hide_thread"), subject, **over)


def link_now() -> None:
    """Let the deferred trigger link what was recorded, as a commit does."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
