"""Seasons, allowances, venues and devices for the ledger's tests."""

import itertools
import uuid
from datetime import UTC, date, datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from taar.organizations.models import Venue
from tests.organizations.factories import make_organization
from tests.people.factories import make_neighbourhood, make_person
from welfare_card.actions.devices import register_device
from welfare_card.actions.grants import grant_allowance
from welfare_card.card_number import FIRST_DIGIT, check_digits
from welfare_card.models import Account, AllowanceRule, Card, Plan, Season, SigningKey, StatusList
from welfare_card.visit_request import FIRST_HASH, read_record, read_visit, signed_bytes

# A Wednesday; the week here began on Saturday, 21 November.
NOON = datetime(2026, 11, 25, 8, 30, tzinfo=UTC)
DAY = date(2026, 11, 25)
# Many tests ask on the day on which they are run: seasons and cards are good for many years.
BEGUN_ON, FAR = date(2026, 9, 23), date(2060, 3, 20)
_numbers = itertools.count(1)


def make_rule(visits: int = 10, **over) -> AllowanceRule:
    """A rule for sport in a season of a plan of its own."""
    number = next(_numbers)
    plan = over.pop("plan", None) or Plan.objects.create(
        number=1 + number % 255, name_fa=f"طرح {number}", families=["sport", "culture"], owner_label="x", from_on=DAY
    )
    season = over.pop("season", None) or Season.objects.create(
        plan=plan, name_fa="پاییز", from_on=BEGUN_ON, until_on=FAR
    )
    over.setdefault("from_on", BEGUN_ON)
    return AllowanceRule.objects.create(
        plan=plan, season=season, family="sport", visits=visits, owner_label="دبیرخانه", **over
    )


def make_card(plan: Plan, person=None, **over) -> Card:
    """An active card."""
    number = next(_numbers)
    over.setdefault("status", Card.Status.ACTIVE)
    over.setdefault("blocked_at", NOON - timedelta(days=1) if over["status"] in Card.BLOCKED else None)
    over.setdefault("number", number_of(number))
    return Card.objects.create(
        person=person or make_person(),
        plan=plan,
        index=number,
        valid_from_on=date(2026, 1, 1),
        valid_until_on=FAR,
        requested_at=NOON,
        **over,
    )


def number_of(count: int) -> str:
    """A number that a keypad takes."""
    digits = f"{FIRST_DIGIT}{count:09}"
    return digits + check_digits(digits)


def make_allowance(rule: AllowanceRule, card: Card | None = None) -> tuple[Card, Account]:
    """A card whose holder has been granted what the rule gives."""
    card = card or make_card(rule.plan)
    grant_allowance(card.person, rule=rule, by=None, at=NOON)
    return card, Account.objects.get(person=card.person, kind="allowance", family=rule.family)


def make_venue(**over) -> Venue:
    """A sports hall."""
    return Venue.objects.create(
        organization=over.pop("organization", None) or make_organization(),
        place=make_neighbourhood(),
        name_fa=f"سالن {next(_numbers)}",
        families=over.pop("families", ["sport"]),
        **over,
    )


def make_list(seq: int = 1, at: datetime = NOON - timedelta(hours=2)) -> int:
    """The number of a status list of a moment; what its bits say is of no matter to the ledger."""
    unlisted = {"use": SigningKey.Use.LISTS, "made_at": at, "private": "x", "public": b"x"}
    key = SigningKey.objects.get_or_create(number=255, defaults=unlisted)[0]
    about = {"key": key, "issued_at": at, "next_at": at + timedelta(days=1), "card_count": 0, "blocked_count": 0}
    StatusList.objects.get_or_create(seq=seq, defaults=about | {"signature": b""})
    return seq


def ask(card: Card, **over):
    """A visit of the card, online at noon."""
    return read_visit(body_of(card, **over))


def body_of(card: Card, **over) -> dict:
    """The JSON of a visit of the card."""
    body = {"id": str(uuid.uuid4()), "number": card.number, "service": "sport", "tier": "online"}
    return body | {"at": NOON.isoformat()} | over


class Desk:
    """A device that signs its journal as a real one does."""

    def __init__(self, venue: Venue, at: datetime = NOON) -> None:
        self.key = Ed25519PrivateKey.generate()
        public = self.key.public_key().public_bytes_raw()
        self.device = register_device(venue, name="میز", public_key=public, by=None, at=at)
        self.seq, self.prev, self.bodies = 0, FIRST_HASH, []
        self.list = make_list(at=at - timedelta(hours=2))

    def write(self, card: Card, **over) -> dict:
        """The next line of the journal, signed."""
        self.seq += 1
        over.setdefault("list", self.list)
        body = body_of(card, device=self.device.pk, seq=self.seq, prev=self.prev, **over)
        body["signature"] = self.key.sign(signed_bytes(body)).hex()
        self.prev = read_record(body).hash
        self.bodies.append(body)
        return body

    def records(self) -> list:
        """All lines as the server reads them."""
        return [read_record(body) for body in self.bodies]
