"""The public side of the journal: pages, whole downloads and the rows from which anybody recomputes the chain."""

import csv
import io
import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import Count

from taar.journal import words
from taar.journal.models import DailyHead, Entry, Link
from taar.lib.paging import Page, page_by_key

COLUMNS = ("seq", "at", "verb", "subject", "post", "facts", "prev", "hash", "body")
BATCH = 1000


@dataclass(frozen=True)
class PublicEntry:
    """One act as the public sees it; `act` and `office` are in the reader's language."""

    seq: int
    at: datetime
    verb: str
    subject: str
    post: str
    facts: dict[str, Any]
    hash: str
    office: str

    @property
    def act(self) -> str:
        """What was done, as a sentence."""
        return words.sentence_of(self.verb)


def public_entries(after: str = "", size: int = 20, *, verbs: Collection[str] = (), subject: str = "") -> Page:
    """A page of linked entries, newest first, of all acts or of some verbs or one subject."""
    links = Link.objects.select_related("entry")
    if verbs:
        links = links.filter(entry__verb__in=verbs)
    if subject:
        links = links.filter(entry__subject=subject)
    page = page_by_key(links, ("-seq",), after, size)
    offices = words.offices_of({link.entry.post for link in page.rows})
    return Page([_public(link, offices) for link in page.rows], page.next)


def entries_of(subject: str, size: int = 100) -> list[PublicEntry]:
    """The acts on one subject, newest first; also those of this very transaction that have no link yet (seq 0)."""
    entries = Entry.objects.filter(subject=subject).select_related("link").order_by("-id")[:size]
    links = [getattr(entry, "link", None) or Link(seq=0, entry=entry, prev="", hash="") for entry in entries]
    offices = words.offices_of({link.entry.post for link in links})
    return [_public(link, offices) for link in links]


def chain_rows(since: int = 0) -> Iterator[dict[str, Any]]:
    """Every linked entry after a number, in order, as its public columns; read in batches, so any length will do."""
    while True:
        links = list(Link.objects.filter(seq__gt=since).select_related("entry").order_by("seq")[:BATCH])
        yield from map(_row, links)
        if len(links) < BATCH:
            return
        since = links[-1].seq


def csv_lines() -> Iterator[str]:
    """The whole log as CSV, line by line; `facts` is JSON."""
    yield _csv_line(COLUMNS)
    for row in chain_rows():
        row["facts"] = json.dumps(row["facts"], ensure_ascii=False, sort_keys=True)
        yield _csv_line(row[name] for name in COLUMNS)


def json_lines() -> Iterator[str]:
    """The whole log as one JSON array, entry by entry."""
    before = "[\n"
    for row in chain_rows():
        yield before + json.dumps({name: row[name] for name in COLUMNS}, ensure_ascii=False)
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def daily_heads(size: int = 30) -> list[DailyHead]:
    """The heads of the last closed days, newest first."""
    return list(DailyHead.objects.order_by("-on")[:size])


def acts_by_verb(since: date | None = None) -> dict[str, int]:
    """How often each act was done, since a day or ever."""
    entries = Entry.objects.filter(at__date__gte=since) if since else Entry.objects.all()
    return dict(entries.order_by().values_list("verb").annotate(n=Count("id")))


def _public(link: Link, offices: dict[str, str]) -> PublicEntry:
    entry = link.entry
    return PublicEntry(
        seq=link.seq,
        at=entry.at,
        verb=entry.verb,
        subject=entry.subject,
        post=entry.post,
        facts=entry.facts,
        hash=link.hash,
        office=offices.get(entry.post, entry.post),
    )


def _row(link: Link) -> dict[str, Any]:
    entry = link.entry
    return {
        "seq": link.seq,
        "uuid": str(entry.uuid),
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "verb": entry.verb,
        "subject": entry.subject,
        "post": entry.post,
        "facts": entry.facts,
        "prev": link.prev,
        "hash": link.hash,
        "body": entry.body,
    }


def _csv_line(values: Any) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(values)
    return line.getvalue()
