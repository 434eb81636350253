"""Visits of cards, children with their guardians, and calls for tests of what holders and overseers see."""

import uuid
from datetime import date, datetime

from taar.lib.jalali import local_day
from taar.organizations.models import Venue
from tests.organizations.factories import AT
from tests.people.factories import make_person
from tests.welfare_card.ledger_factories import BEGUN_ON, FAR, make_venue
from welfare_card.actions.transfers import hash_of
from welfare_card.models import Account, AllowanceRule, CallBack, CallDraw, Card, Season, Visit

BORN_CHILD = date(2017, 5, 2)


def make_child(guardian, given_name: str = "زهرا", **over):
    """A child without an account, whose guardian this person is."""
    child = make_person(phone=None, birth_on=BORN_CHILD, sex="woman", **over)
    child.put_names(given_name, "نواصر")
    child.put_phone("")
    child.phone_verified_at = None
    child.save()
    child.guardianships.create(guardian=guardian, place_of_three=1, proof="birth_certificate", from_on=date(2026, 1, 1))
    return child


def make_season(plan, **over) -> Season:
    """A season of a plan that has begun."""
    return Season.objects.filter(plan=plan).first() or Season.objects.create(
        plan=plan, name_fa="پاییز", from_on=BEGUN_ON, until_on=FAR, **over
    )


def make_left(card: Card, balance: int = 7, family: str = "sport", **caps) -> Account:
    """An allowance of a card's holder with a rule."""
    season = make_season(card.plan)
    rule, _made = AllowanceRule.objects.get_or_create(
        plan=card.plan, season=season, family=family, from_on=season.from_on,
        defaults={"visits": 12, "owner_label": "دبیرخانه"} | caps,
    )  # fmt: skip
    return Account.objects.create(
        kind="allowance", family=family, person=card.person, season=season, rule=rule, balance=balance
    )


def make_visit(card: Card, *, venue: Venue | None = None, by=None, at: datetime = AT, **over) -> Visit:
    """A visit that a door has taken; the allowance is made when there is none."""
    allowance = over.pop("allowance", None) or Account.objects.filter(person=card.person, kind="allowance").first()
    return Visit.objects.create(
        id=uuid.uuid4(), body_hash=hash_of("x"), card=card, person=card.person, allowance=allowance or make_left(card),
        venue=venue or make_venue(), family="sport", at=at, on=local_day(at), tier=over.pop("tier", "online"),
        outcome=over.pop("outcome", "ok"), posted_at=over.pop("posted_at", at), taken_by=by, **over,
    )  # fmt: skip


def make_call(visit: Visit) -> CallBack:
    """A visit that was drawn for a call back."""
    draw, _made = CallDraw.objects.get_or_create(
        on=visit.on, defaults={"commitment": "0" * 64, "secret": "00", "committed_at": visit.at}
    )
    return CallBack.objects.create(draw=draw, visit=visit)
