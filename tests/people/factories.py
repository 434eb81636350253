"""Persons for tests, and the short way through the door."""

import itertools
import json
import time
from datetime import UTC, datetime
from pathlib import Path

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.http import HttpRequest
from django.test import Client

from taar.people.models import Person
from taar.places.models import Place

AT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
DEMO_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
_numbers = itertools.count(1_000_000)


def next_phone() -> str:
    """A mobile number that no other test person has."""
    return f"+98916{next(_numbers)}"


def make_person(**over) -> Person:
    """A person with a confirmed phone (level 1)."""
    phone = over.pop("phone", None) or next_phone()
    level = over.pop("identity_level", Person.Level.PHONE)
    over.setdefault("phone_verified_at", AT if level else None)
    person = Person(identity_level=level, created_at=over.pop("created_at", AT), **over)
    person.put_phone(phone)
    person.set_unusable_password()
    person.save()
    return person


def make_neighbourhood(name: str = "ملاشیه", code: str = "KHZ-N-T1") -> Place:
    """A neighbourhood in a county in the province."""
    province = _make_place("06", "خوزستان", Place.Kind.PROVINCE, None)
    county = _make_place("0601", "اهواز", Place.Kind.COUNTY, province)
    return _make_place(code, name, Place.Kind.NEIGHBOURHOOD, county)


def sign_in(client: Client, person: Person, *, second_factor: bool = False) -> Client:
    """Sign a person in without the door; with `second_factor` as if they had also used their app."""
    client.force_login(person, backend=BACKEND)
    if second_factor:
        request = HttpRequest()
        request.session = client.session
        record_authentication(request, person, "mfa", type="totp", id=0)
        request.session.save()
    return client


def sent_messages() -> list[dict]:
    """All text messages that were sent to the file of this test run, oldest first."""
    path = Path(settings.SMS_FILE)
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def last_code(phone: str) -> str:
    """The newest code that was sent to a phone."""
    return [message["code"] for message in sent_messages() if message["phone"] == phone and "code" in message][-1]


def app_code(secret: str = DEMO_SECRET) -> str:
    """What an authenticator app shows now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def _make_place(code: str, name: str, kind: str, parent: Place | None) -> Place:
    known = Place.objects.filter(code=code).first()
    if known:
        return known
    county = parent.county if parent and parent.county_id else None
    place = Place(code=code, name_fa=name, kind=kind, parent=parent, county=county)
    if kind == Place.Kind.COUNTY:
        place.pk = 600_001
        place.county_id = place.pk
    place.save()
    place.ancestors = [*(parent.ancestors if parent else []), place.pk]
    place.save()
    return place
