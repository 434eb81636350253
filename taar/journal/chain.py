"""The chain of the journal, pure: anybody can recompute it with SHA-256 and nothing else.

hash(n) = sha256(hash(n-1) as 64 hexadecimal digits, then the body of n as UTF-8); the first follows 64 zeros.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

GENESIS = "0" * 64
# The public columns that stand in the body as well; a row in which they differ has been tampered with.
BODY_FIELDS = ("uuid", "at", "verb", "subject", "post", "facts", "actor")


class Break(NamedTuple):
    """Where the chain breaks, and how."""

    seq: int
    reason: str


def canonical_body(fields: Mapping[str, Any]) -> str:
    """The one spelling of an entry: JSON, keys in order, no spaces, real letters."""
    chosen = {name: fields[name] for name in BODY_FIELDS}
    return json.dumps(chosen, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def link_hash(prev: str, body: str) -> str:
    """The hash of a link from the hash before it and its body."""
    return hashlib.sha256((prev + body).encode()).hexdigest()


def first_break(rows: Iterable[Mapping[str, Any]]) -> tuple[int, str, Break | None]:
    """Walk rows with seq, prev, hash, body and public columns; how many held, the last hash, and the first break."""
    held, last = 0, GENESIS
    for row in rows:
        reason = _fault(row, held + 1, last)
        if reason:
            return held, last, Break(int(row["seq"]), reason)
        held, last = held + 1, row["hash"]
    return held, last, None


def _fault(row: Mapping[str, Any], seq: int, last: str) -> str:
    if int(row["seq"]) != seq:
        return f"number {seq} was expected here"
    if row["prev"] != last:
        return "it does not follow the link before it"
    if link_hash(row["prev"], row["body"]) != row["hash"]:
        return "its hash is not the hash of its body"
    try:
        body = json.loads(row["body"])
    except ValueError:
        return "its body is not readable"
    for name in BODY_FIELDS:
        if name in row and row[name] != body.get(name):
            return f"its column {name} differs from its body"
    return ""
