"""The one verb of the journal: record what was done. What is recorded is public and stays."""

import re
import uuid
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from django.db import transaction

from taar.journal.chain import canonical_body
from taar.journal.models import Entry
from taar.lib.identifiers import find_identifiers
from taar.lib.sealed import blind_index

VERB = re.compile(r"[a-z]+(_[a-z]+)+")
MASK = "▒▒▒"


@transaction.atomic
def record(
    verb: str,
    subject: str,
    *,
    by: Any,
    at: datetime,
    post: str = "",
    facts: Mapping[str, Any] | None = None,
) -> Entry:
    """Write an act with public facts; who acted is kept apart and stands in the body as a keyed digest only.

    `subject` is "noun:code", `post` the public label of the office. `by` is None when the house itself acts.
    """
    if not VERB.fullmatch(verb) or ":" not in subject:
        raise ValueError(f"not a verb and a subject: {verb!r} {subject!r}")
    person = by if getattr(by, "pk", None) else None
    key = uuid.uuid4()
    fields = {
        "uuid": str(key),
        "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
        "verb": verb,
        "subject": subject,
        "post": post,
        "facts": _public(dict(facts or {})),
        "actor": _digest(person, key),
    }
    return Entry.objects.create(
        uuid=key,
        at=at,
        verb=verb,
        subject=subject,
        post=post,
        facts=fields["facts"],
        body=canonical_body(fields),
        actor=person,
    )


def _digest(person: Any, key: uuid.UUID) -> str:
    """A digest that proves later who acted, to somebody with the key, and links no two entries of one person."""
    if person is None:
        return ""
    return blind_index(f"{key}:{person.pk}", "journal.actor").hex()


def _public(value: Any) -> Any:
    """Plain JSON of facts; free text loses phone, card and national-ID numbers, because the log is for ever."""
    if isinstance(value, Mapping):
        return {str(name): _public(part) for name, part in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_public(part) for part in value]
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool | int | None):
        return value
    if isinstance(value, float):
        return round(value, 6)
    return _masked(str(value))


def _masked(text: str) -> str:
    # A code such as a place's ten digits has no space in it and is no free text.
    if not re.search(r"\s", text):
        return text
    for _kind, start, end in reversed(find_identifiers(text)):
        text = text[:start] + MASK + text[end:]
    return text
