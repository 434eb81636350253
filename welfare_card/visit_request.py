"""One visit as a desk asks for it: its fields, the bytes that a device signs, and the chain of a device's records."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from taar.lib.persian import ascii_digits
from welfare_card.models.plan import Family
from welfare_card.models.visit import Tier

DOMAIN, SEEN_DOMAIN = "RefahVisit/1", "RefahSeen/1"
NUMBER_DIGITS = 12
SIGNED = ("device", "seq", "prev", "id", "code", "number", "service", "at", "tier", "guardian", "list")
FIRST_HASH = "0" * 64
MOST_SEQ = 2**62


class BadRequest(ValueError):
    """A body that is no visit: `field` and a sentence for who wrote the desk."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field
        self.sentence = sentence


@dataclass(frozen=True)
class VisitRequest:
    """What is asked: `body_hash` tells two bodies under one id apart.

    `guardian` says that a child's guardian stands beside; `list_seq` which status list an offline desk went by.
    """

    id: UUID
    number: str
    code: str
    family: str
    at: datetime
    tier: str
    body_hash: bytes
    guardian: bool = False
    list_seq: int | None = None


@dataclass(frozen=True)
class SignedRecord:
    """A visit as a line of a device's journal; `message` is what the device signed, `hash` what its next line names."""

    visit: VisitRequest
    device: int
    seq: int
    prev: str
    signature: bytes
    message: bytes
    body: dict[str, Any]

    @property
    def hash(self) -> str:
        """SHA-256 of the signed bytes."""
        return hashlib.sha256(self.message).hexdigest()

    def is_signed_by(self, public_key: bytes) -> bool:
        """Whether the key has signed these bytes."""
        return is_signed(self.message, self.signature, public_key)


@dataclass(frozen=True)
class SignOfLife:
    """What a device says that has nothing to hand over: up to which number its journal goes, and when that was."""

    device: int
    seq: int
    at: datetime
    signature: bytes
    message: bytes


def read_visit(body: Any) -> VisitRequest:
    """The visit in a JSON object; BadRequest names the field that is wrong."""
    if not isinstance(body, dict):
        raise BadRequest("", _("A visit is a JSON object."))
    at = _moment(body.get("at"))
    number, code = ascii_digits(_text(body, "number")).replace(" ", ""), _text(body, "code")
    if bool(number) == bool(code):
        raise BadRequest("number", _("A visit names its card by `number` or by `code`."))
    if number and not (number.isdecimal() and len(number) == NUMBER_DIGITS):
        raise BadRequest("number", _("The number of a card has 12 digits."))
    family, tier = _one_of(body, "service", Family.values), _one_of(body, "tier", Tier.values)
    guardian = body.get("guardian")
    if guardian is not None and type(guardian) is not bool:
        raise BadRequest("guardian", _("`guardian` is true where the guardian stands beside."))
    list_seq = None if body.get("list") is None else _whole(body, "list")
    body_hash = hashlib.sha256(signed_bytes(body)).digest()
    return VisitRequest(_uuid(body), number, code, family, at, tier, body_hash, bool(guardian), list_seq)


def read_record(body: Any) -> SignedRecord:
    """The signed record in a JSON object; BadRequest names the field that is wrong."""
    visit = read_visit(body)
    device, seq = _whole(body, "device"), _whole(body, "seq")
    prev, signature = _text(body, "prev"), _hex(body, "signature")
    if len(_hex(body, "prev")) != 32 or prev != prev.lower():
        raise BadRequest("prev", _("`prev` is 64 small hexadecimal digits."))
    kept = {name: body[name] for name in SIGNED if name in body}
    return SignedRecord(visit, device, seq, prev, signature, signed_bytes(body), kept)


def read_sign_of_life(body: Any) -> SignOfLife:
    """The signed word of a device without new records; BadRequest names the field that is wrong."""
    if not isinstance(body, dict):
        raise BadRequest("", _("What a device says of itself is a JSON object."))
    device, seq, at = _whole(body, "device"), _whole(body, "seq", least=0), _moment(body.get("at"))
    said = json.dumps([device, seq, body["at"]], ensure_ascii=False, separators=(",", ":"))
    message = f"{SEEN_DOMAIN}\n{said}".encode("utf-8", "surrogatepass")
    return SignOfLife(device, seq, at, _hex(body, "signature"), message)


def is_signed(message: bytes, signature: bytes, public_key: bytes) -> bool:
    """Whether an Ed25519 key has signed these bytes."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes(public_key)).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def signed_bytes(body: dict[str, Any]) -> bytes:
    """The domain and, as one JSON array, the fields in their order as they were sent; what is absent is null."""
    fields = [body.get(name) for name in SIGNED]
    return f"{DOMAIN}\n{json.dumps(fields, ensure_ascii=False, separators=(',', ':'))}".encode("utf-8", "surrogatepass")


def _text(body: dict[str, Any], name: str) -> str:
    value = body.get(name, "") or ""
    if not isinstance(value, str) or len(value) > 500 or "\0" in value:
        raise BadRequest(name, _("This field is a short text."))
    try:
        value.encode()
    except UnicodeEncodeError as wrong:
        raise BadRequest(name, _("This field is a short text.")) from wrong
    return value


def _whole(body: dict[str, Any], name: str, least: int = 1) -> int:
    value = body.get(name)
    if type(value) is not int or not least <= value <= MOST_SEQ:
        raise BadRequest(name, _("This field is a whole number from %(least)s on.") % {"least": least})
    return value


def _hex(body: dict[str, Any], name: str) -> bytes:
    try:
        return bytes.fromhex(_text(body, name))
    except ValueError as wrong:
        raise BadRequest(name, _("`%(name)s` is written in hexadecimal digits.") % {"name": name}) from wrong


def _one_of(body: dict[str, Any], name: str, values: list[str]) -> str:
    value = _text(body, name)
    if value not in values:
        raise BadRequest(name, _("This field is one of: %(values)s.") % {"values": ", ".join(values)})
    return value


def _uuid(body: dict[str, Any]) -> UUID:
    try:
        return UUID(_text(body, "id"))
    except ValueError as wrong:
        raise BadRequest("id", _("`id` is a UUID.")) from wrong


def _moment(value: Any) -> datetime:
    try:
        at = parse_datetime(value) if isinstance(value, str) else None
        if at is None or at.tzinfo is None or not 2020 <= at.year <= 2100:
            raise ValueError
    except (ValueError, OverflowError) as wrong:
        raise BadRequest("at", _("`at` is a moment with its time zone, as 2026-11-25T08:00:00Z.")) from wrong
    return at
