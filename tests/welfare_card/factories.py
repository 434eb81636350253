"""Plans, keys, requests and cards for tests, made by the app's own verbs."""

from base64 import b64encode
from datetime import UTC, date, datetime
from itertools import count

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from taar.organizations.models import Duty
from tests.organizations.factories import make_official
from tests.people.factories import make_person
from welfare_card.actions import batches, cards
from welfare_card.actions.keys import make_keys, sign_key_list
from welfare_card.actions.requests import CardRequest
from welfare_card.models import Batch, Card, Family, Plan, SigningKey

AT = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)
ROOT = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
_numbers = count(1)


def make_plan(**over) -> Plan:
    """A plan that opens all three families."""
    over.setdefault("number", next(_numbers) % 255 + 1)
    over.setdefault("families", Family.values)
    over.setdefault("from_on", date(2026, 8, 24))
    return Plan.objects.create(name_fa="طرح آزمایشی", owner_label="SPORT", **over)


def make_signing_keys(cards_keys: int = 1) -> None:
    """Keys for cards and one for lists, listed by a root key that the settings name from now on."""
    settings.CARD_ROOT_KEY = b64encode(ROOT.public_key().public_bytes_raw()).decode()
    make_keys(cards_keys, use=SigningKey.Use.CARDS, by=None, at=AT)
    make_keys(1, use=SigningKey.Use.LISTS, by=None, at=AT)
    sign_key_list(ROOT, by=None, at=AT)


def make_administrator(**over):
    return make_official(Duty.CARDS, **over)


def make_checker(**over):
    return make_official(Duty.CARD_CHECK, **over)


def request_for(person=None, **over) -> CardRequest:
    over.setdefault("name", "زهرا کریمی")
    over.setdefault("county_code", 601)
    over.setdefault("flags", 1)
    over.setdefault("birth_year", 1370)
    return CardRequest((person or make_person()).pk, **over)


def make_batch(people: int = 3, *, by=None, status: str = Batch.Status.DRAFT, plan: Plan | None = None) -> Batch:
    """A batch of so many people that has come as far as a state."""
    by = by or make_administrator()
    requests = [request_for() for _person in range(people)]
    batch = batches.request_batch(plan or make_plan(), title="دستهٔ آزمایشی", requests=requests, by=by, at=AT)
    steps = [
        (Batch.Status.CHECKED, lambda: batches.check_batch(batch, by=by, at=AT)),
        (Batch.Status.APPROVED, lambda: batches.approve_batch(batch, by=make_checker(), at=AT)),
        (Batch.Status.SIGNING, lambda: batches.begin_signing(batch, by=by, at=AT)),
        (Batch.Status.PRODUCED, lambda: batches.sign_waiting_shares(AT)),
        (Batch.Status.PRINTED, lambda: batches.print_batch(batch, by=by, at=AT)),
        (Batch.Status.DELIVERED, lambda: batches.deliver_batch(batch, by=by, at=AT)),
        (Batch.Status.CLOSED, lambda: batches.close_batch(batch, by=by, at=AT)),
    ]
    for reached, step in steps:
        if batch.status == status:
            break
        step()
        batch.refresh_from_db()
        assert batch.status == reached
    return batch


def make_active_card(person=None, *, by=None, plan: Plan | None = None) -> Card:
    """A card that was issued at the desk and works."""
    by = by or make_administrator()
    card = cards.issue_card(plan or make_plan(), request=request_for(person), by=by, at=AT)
    cards.hand_over_card(card, by=by, at=AT)
    return card
