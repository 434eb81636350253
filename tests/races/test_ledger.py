"""Many doors at one moment: an allowance, a cap, an id, a lease and a reversal each hold."""

import pytest

from taar.lib.refusals import Refused
from tests.people.factories import make_person
from tests.races.threads import all_at_once
from tests.welfare_card.ledger_factories import (
    NOON,
    Desk,
    ask,
    body_of,
    make_allowance,
    make_card,
    make_rule,
    make_venue,
)
from welfare_card.actions.grants import top_up_season
from welfare_card.actions.leases import open_lease
from welfare_card.actions.visits import reverse_visit, take_visit
from welfare_card.models import Account, Transfer, Visit
from welfare_card.queries.ledger import balance_of, ledger_differences
from welfare_card.visit_request import read_visit

pytestmark = pytest.mark.django_db(transaction=True)


def storm(card, venues: list, calls: int = 20) -> list[str]:
    """Every venue's thread asks so many times; all outcomes."""

    def ask_often(venue) -> list[str]:
        return [take_visit(ask(card), venue=venue.pk, by=None, at=NOON).outcome for _count in range(calls)]

    said = all_at_once(*(lambda venue=venue: ask_often(venue) for venue in venues))
    return [outcome for outcomes in said for outcome in outcomes]


def test_32_doors_with_20_calls_each_take_exactly_the_ten_visits_of_an_allowance():
    (card, account), venues = make_allowance(make_rule(10)), [make_venue() for _count in range(4)] * 8
    said = storm(card, venues)
    assert (said.count("ok"), said.count("no_visits_left")) == (10, 630)
    assert Account.objects.get(pk=account.pk).balance == 0
    assert (balance_of("venue"), ledger_differences()[0]) == (10, 0)


def test_a_cap_of_eight_a_day_lets_eight_in():
    (card, _account), venue = make_allowance(make_rule(100, cap_day=8)), make_venue()
    said = storm(card, [venue] * 32)
    assert (said.count("ok"), said.count("already_used")) == (8, 632)


def test_the_same_visit_from_eight_sides_is_one_and_another_body_is_a_conflict():
    (card, _account), venue = make_allowance(make_rule(10)), make_venue()
    body = body_of(card)
    bodies = [body] * 4 + [body | {"service": "culture"}] * 4
    said = all_at_once(
        *(lambda b=b: take_visit(read_visit(b), venue=venue.pk, by=None, at=NOON).outcome for b in bodies)
    )
    assert sum(isinstance(outcome, Refused) for outcome in said) == 4
    assert len({outcome for outcome in said if isinstance(outcome, str)}) == 1
    assert Visit.objects.count() == 1
    assert ledger_differences()[0] == 0


def test_of_two_leases_one_is_opened():
    (_card, account), desks = make_allowance(make_rule(10)), [Desk(make_venue()) for _count in range(8)]
    said = all_at_once(
        *(lambda desk=desk: open_lease(account, device=desk.device, by=None, at=NOON, visits=2) for desk in desks)
    )
    assert sum(isinstance(each, Refused) for each in said) == 7
    assert Account.objects.get(pk=account.pk).balance == 8


def test_of_eight_reversals_one_is_done():
    (card, account), venue = make_allowance(make_rule(10)), make_venue()
    visit = Visit.objects.get(pk=take_visit(ask(card), venue=venue.pk, by=None, at=NOON).id)
    officers = [make_person() for _count in range(8)]
    said = all_at_once(*(lambda by=by: reverse_visit(visit, by=by, at=NOON) for by in officers))
    assert sum(isinstance(each, Refused) for each in said) == 7
    assert Account.objects.get(pk=account.pk).balance == 10


def test_topping_up_from_four_sides_grants_once():
    rule = make_rule(3)
    for _count in range(20):
        make_card(rule.plan)
    granted = all_at_once(*[lambda: top_up_season(rule, by=None, at=NOON)] * 4)
    assert sum(granted) == 20
    assert balance_of("allowance") == 60
    assert Transfer.objects.filter(kind="grant").count() == 20
