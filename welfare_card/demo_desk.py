"""The desk of the demonstration: a phone at the pool's door, what it holds, who is booked for today, women's hours."""

import json
import uuid
from datetime import datetime, time, timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from taar.lib.jalali import local_day
from taar.organizations.models import Venue
from taar.people.models import Person
from welfare_card.actions.devices import receive_records, register_device, see_device
from welfare_card.actions.leases import book_visit, open_lease
from welfare_card.actions.lists import publish_status_list
from welfare_card.actions.womens_hours import set_womens_hours
from welfare_card.models import Account, Card, Device, Family, StatusList, Tier, WomensHours
from welfare_card.visit_request import FIRST_HASH, SEEN_DOMAIN, read_record, read_sign_of_life, signed_bytes

DEVICE = "گوشی ورودی استخر"
OWNER = "اداره‌کل ورزش و جوانان"
LEASED = 2


def tell_desk_story(pool: Venue, *, guests: list[Person], at: datetime, office: Any) -> None:
    """A phone of the pool was cut off yesterday and has handed over what it wrote; today some guests are booked."""
    key, since = Ed25519PrivateKey.generate(), at - timedelta(days=2)
    public = key.public_key().public_bytes_raw()
    device = register_device(pool, name=DEVICE, public_key=public, by=office.venue_officer, at=since)
    leased, booked = guests[:LEASED], guests[LEASED:]
    for guest in leased:
        open_lease(_allowance(guest), device=device, visits=2, by=office.venue_officer, at=since)
    _hand_over(device, key, leased[0], at=at)
    for guest in booked:
        book_visit(_allowance(guest), venue=pool, on=local_day(at), by=office.venue_officer, at=since)
    for weekday in (WomensHours.Weekday.SUNDAY, WomensHours.Weekday.TUESDAY):
        hours = {"weekday": weekday, "opens_at": time(9), "closes_at": time(12), "owner_label": OWNER}
        set_womens_hours(pool, from_on=local_day(at), by=office.administrator, at=at, **hours)


def _hand_over(device: Device, key: Ed25519PrivateKey, guest: Person, *, at: datetime) -> None:
    """One visit of a lease, signed while the phone was cut off, and its word that nothing else waits."""
    came = at - timedelta(hours=26)
    listed = StatusList.objects.order_by("-seq").first() or publish_status_list(at=came - timedelta(hours=1))
    visit = {"id": str(uuid.uuid4()), "number": Card.objects.live().get(person=guest).number, "at": came.isoformat()}
    visit |= {"service": Family.SPORT.value, "tier": Tier.T2.value, "list": listed.seq}
    body = {"device": device.pk, "seq": 1, "prev": FIRST_HASH} | visit
    record = read_record(body | {"signature": key.sign(signed_bytes(body)).hex()})
    receive_records(device, [record], at=at - timedelta(hours=24))
    seen_at = at - timedelta(minutes=20)
    said = json.dumps([device.pk, 1, seen_at.isoformat()], separators=(",", ":"))
    signature = key.sign(f"{SEEN_DOMAIN}\n{said}".encode()).hex()
    word = {"device": device.pk, "seq": 1, "at": seen_at.isoformat(), "signature": signature}
    see_device(device, read_sign_of_life(word), at=seen_at)


def _allowance(person: Person) -> Account:
    return Account.objects.get(person=person, kind=Account.Kind.ALLOWANCE, family=Family.SPORT)
