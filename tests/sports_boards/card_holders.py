"""Cards for people of the boards' tests, valid on the day on which a test runs."""

from datetime import timedelta

from django.utils import timezone

from taar.lib.jalali import local_day
from tests.welfare_card.ledger_factories import make_card
from welfare_card.models import Account, AllowanceRule, Card, Plan, Season

LONG = timedelta(days=60)


def give_card(person, visits: int = 5) -> Card:
    """An active card with some visits of sport left."""
    today = local_day(timezone.now())
    plan, _made = Plan.objects.get_or_create(
        number=1, defaults={"name_fa": "طرح", "families": ["sport"], "owner_label": "x", "from_on": today - LONG}
    )
    season, _made = Season.objects.get_or_create(
        plan=plan, defaults={"name_fa": "فصل", "from_on": today - LONG, "until_on": today + LONG}
    )
    rule, _made = AllowanceRule.objects.get_or_create(
        plan=plan,
        season=season,
        family="sport",
        defaults={"visits": 12, "owner_label": "x", "from_on": season.from_on},
    )
    card = make_card(plan, person)
    Card.objects.filter(pk=card.pk).update(valid_from_on=today - LONG, valid_until_on=today + LONG)
    Account.objects.create(kind="allowance", family="sport", person=person, season=season, rule=rule, balance=visits)
    return card
