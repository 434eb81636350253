"""Families, plans and administrators for tests of applications."""

import itertools
import uuid
from datetime import date

from taar.organizations.models import Duty
from tests.organizations.factories import AT, make_official
from tests.people.factories import make_person
from tests.places.factories import make_place
from tests.welfare_card.ledger_factories import BEGUN_ON, FAR
from welfare_card.actions.applications import add_child, start_application, submit_application
from welfare_card.actions.decisions import confirm_batch, make_batch
from welfare_card.models import EligibilityRule, Plan, Season

BORN, CHILD_BORN = date(1989, 7, 18), date(2017, 5, 2)
_numbers = itertools.count(1)


def next_national_id() -> str:
    """A national ID with a right check digit that no other test person has."""
    nine = f"{174000000 + next(_numbers):09d}"
    rest = sum(int(digit) * (10 - place) for place, digit in enumerate(nine)) % 11
    return nine + str(rest if rest < 2 else 11 - rest)


def make_plan(*, rule: bool = True, **over) -> Plan:
    """A running plan with a season and a rule that lets everybody in."""
    number = next(_numbers) % 255 + 1
    over.setdefault("from_on", date(2025, 8, 24))
    plan = Plan.objects.create(
        number=number, name_fa=f"طرح {number}", families=["sport"], owner_label="دبیرخانه", **over
    )
    Season.objects.create(plan=plan, name_fa="پاییز", from_on=BEGUN_ON, until_on=FAR)
    if rule:
        EligibilityRule.objects.create(plan=plan, owner_label="دبیرخانه", from_on=date(2025, 8, 24))
    return plan


def about_person(**over) -> dict:
    """What a form says of an adult."""
    about = {"given_name": "مریم", "family_name": "نواصر", "sex": "woman", "birth_on": BORN}
    about |= {"national_id": next_national_id(), "foreign_id": "", "foreign_id_kind": ""}
    return about | over


def about_child(**over) -> dict:
    """What a form says of a child."""
    return about_person(**({"given_name": "زهرا", "birth_on": CHILD_BORN} | over))


def make_draft(*, by=None, plan=None, place=None, children: int = 0, at=AT, **over):
    """An application of a signed-in mother that is not sent."""
    by = by or make_person()
    application = start_application(
        by=by,
        at=at,
        plan=plan or make_plan(),
        place=place or make_place(),
        address="کوچهٔ سوم، در آبی",
        once=uuid.uuid4(),
        **about_person(**over),
    )
    for number in range(children):
        about = about_child(given_name=("زهرا", "علی", "فاطمه")[number % 3])
        add_child(application, by=by, at=at, proof="birth_certificate", **about)
    return application


def make_sent(**over):
    """An application that was sent."""
    draft = make_draft(**over)
    return submit_application(draft, by=draft.account, at=over.get("at", AT), consent=True)


def make_approved(**over):
    """An application whose persons two people have approved."""
    sent = make_sent(**over)
    first, second = make_official(Duty.CARDS), make_official(Duty.CARD_CHECK)
    batch, _refused = make_batch(sent.members.all(), by=first, at=AT)
    confirm_batch(batch, by=second, at=AT)
    sent.refresh_from_db()
    return sent
