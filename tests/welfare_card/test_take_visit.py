import uuid
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from taar.journal.models import Entry
from taar.lib.jalali import day_start
from taar.lib.refusals import Refused
from tests.people.factories import make_person
from tests.welfare_card.ledger_factories import (
    DAY,
    NOON,
    ask,
    body_of,
    make_allowance,
    make_card,
    make_rule,
    make_venue,
)
from welfare_card.actions.grants import GRANT, OPEN, expire_season, grant_allowance, top_up_season
from welfare_card.actions.ledger import rebuild_ledger
from welfare_card.actions.transfers import id_of, post_transfer, shared_account
from welfare_card.actions.visits import give_back, reverse_visit, take_visit
from welfare_card.models import Account, Transfer, Visit
from welfare_card.queries.ledger import balance_of, ledger_differences
from welfare_card.visit_request import read_visit

pytestmark = pytest.mark.django_db


def take(card, venue, **over):
    return take_visit(ask(card, **over), venue=venue.pk, by=None, at=over.get("now", NOON))


def left(account) -> int:
    return Account.objects.get(pk=account.pk).balance


def test_an_allowance_falls_once_for_each_visit_and_never_below_zero():
    (card, account), venue = make_allowance(make_rule(2)), make_venue()
    said = [take(card, venue).outcome for _count in range(4)]
    assert said == ["ok", "ok", "no_visits_left", "no_visits_left"]
    assert left(account) == 0
    assert balance_of("venue") == 2
    assert ledger_differences()[0] == 0


def test_the_same_visit_asked_again_gets_the_same_receipt_and_another_body_is_a_conflict():
    (card, account), venue = make_allowance(make_rule()), make_venue()
    body = body_of(card)
    first = take_visit(read_visit(body), venue=venue.pk, by=None, at=NOON)
    again = take_visit(read_visit(body), venue=venue.pk, by=None, at=NOON + timedelta(days=3))
    assert (again.outcome, again.receipt) == (first.outcome, first.receipt) == ("ok", first.receipt)
    assert left(account) == 9
    with pytest.raises(Refused):
        take_visit(read_visit(body | {"service": "culture"}), venue=venue.pk, by=None, at=NOON)
    assert left(account) == 9


@pytest.mark.parametrize(
    ("status", "outcome"),
    [("suspended", "blocked"), ("revoked", "blocked"), ("replaced", "blocked"), ("expired", "expired")]
    + [("printed", "blocked"), ("active", "ok")],
)
def test_only_an_active_card_opens_the_door(status, outcome):
    rule, venue = make_rule(), make_venue()
    card, _account = make_allowance(rule, make_card(rule.plan, status=status))
    assert take(card, venue).outcome == outcome


def test_each_reason_not_to_open_has_its_outcome():
    rule, venue = make_rule(), make_venue()
    card, _account = make_allowance(rule)
    bare = make_card(rule.plan)
    late = make_card(rule.plan)
    type(late).objects.filter(pk=late.pk).update(valid_until_on=DAY)
    unknown = make_card(rule.plan)
    unknown.number = "999999999999"
    assert take(card, make_venue(families=["culture"])).outcome == "other_family"
    assert take(card, venue, service="learning").outcome == "other_family"
    assert take(card, make_venue(active=False)).outcome == "other_family"
    assert take(bare, venue).outcome == "no_visits_left"
    assert take(late, venue).outcome == "expired"
    assert take(unknown, venue).outcome == "unknown_card"
    assert take(card, venue, at=(NOON + timedelta(hours=1)).isoformat()).outcome == "clock_wrong"
    assert take(card, venue, at=(NOON - timedelta(hours=1)).isoformat()).outcome == "clock_wrong"
    assert take(card, venue, code="RK1:X", number="").outcome == "unknown_key"
    assert Transfer.objects.filter(kind="visit").count() == 0


def test_caps_of_day_week_and_season_hold_and_the_week_begins_on_saturday():
    rule, venue = make_rule(20, cap_day=1, cap_week=2, cap_season=4), make_venue()
    card, account = make_allowance(rule)
    said = []
    for days in (0, 0, 1, 2, 3, 4, 5, 10, 11):  # Wednesday, again, Thursday, Friday, Saturday …
        now = NOON + timedelta(days=days)
        said.append(take_visit(ask(card, at=now.isoformat()), venue=venue.pk, by=None, at=now).outcome)
    ok, used, none = "ok", "already_used", "no_visits_left"
    assert said == [ok, used, ok, none, ok, ok, none, none, none]
    assert left(account) == 16


def test_a_reversal_is_done_once_and_gives_the_visit_and_its_day_back():
    (card, account), venue = make_allowance(make_rule(5, cap_day=1)), make_venue()
    visit = Visit.objects.get(pk=take(card, venue).id)
    officer = make_person()
    reverse_visit(visit, by=officer, at=NOON)
    assert left(account) == 5
    with pytest.raises(Refused):
        reverse_visit(visit, by=officer, at=NOON)
    assert take(card, venue).outcome == "ok"
    assert ledger_differences()[0] == 0


def test_above_the_limit_of_a_day_a_second_person_must_stand_beside():
    (card, _account), venue, officer = make_allowance(make_rule(9)), make_venue(), make_person()
    visits = [Visit.objects.get(pk=take(card, venue).id) for _count in range(6)]
    for visit in visits[:5]:
        reverse_visit(visit, by=officer, at=NOON)
    with pytest.raises(Refused):
        reverse_visit(visits[5], by=officer, at=NOON)
    with pytest.raises(Refused):
        reverse_visit(visits[5], by=officer, at=NOON, second=officer)
    assert reverse_visit(visits[5], by=officer, at=NOON, second=make_person()).reversed_at == NOON


def test_a_closed_day_gives_every_visit_back_once():
    (card, account), venue = make_allowance(make_rule(5)), make_venue()
    take(card, venue)
    take(card, venue)
    assert give_back(venue, on=DAY, reason="گرد و خاک", by=None, at=NOON) == 2
    assert give_back(venue, on=DAY, reason="گرد و خاک", by=None, at=NOON) == 0
    assert left(account) == 5


def test_topping_up_twice_grants_once_and_an_expired_season_leaves_nothing():
    rule = make_rule(7)
    for _count in range(3):
        make_card(rule.plan)
    make_card(rule.plan, status="revoked")
    assert top_up_season(rule, by=None, at=NOON) == 3
    assert top_up_season(rule, by=None, at=NOON) == 0
    assert balance_of("allowance") == 21
    with pytest.raises(Refused):
        expire_season(rule.season, by=None, at=NOON)
    assert expire_season(rule.season, by=None, at=day_start(rule.season.until_on)) == 3
    assert (balance_of("allowance"), balance_of("expired")) == (0, 21)
    assert ledger_differences()[0] == 0


def test_a_rule_outside_its_days_grants_nothing():
    rule = make_rule(from_on=date(2026, 12, 1))
    with pytest.raises(Refused):
        grant_allowance(make_person(), rule=rule, by=None, at=NOON)


def test_the_database_refuses_overdraft_other_units_changes_and_second_reversals():
    rule, venue = make_rule(1), make_venue()
    card, account = make_allowance(rule)
    sport, culture = shared_account("source", "sport"), shared_account("source", "culture")
    post = {"by": None, "at": NOON, "kind": "hold"}
    with pytest.raises(Refused):
        post_transfer(id_of(1), debit=account, credit=sport, amount=2, **post)
    with pytest.raises(IntegrityError), transaction.atomic():
        post_transfer(id_of(2), debit=account, credit=culture, amount=1, **post)
        connection.check_constraints()
    for words in (
        "UPDATE welfare_card_transfer SET amount = 9", "DELETE FROM welfare_card_transfer",
        "UPDATE welfare_card_account SET family = 'culture' WHERE family = 'sport'", "DELETE FROM welfare_card_account",
        "UPDATE welfare_card_account SET id = id + 1000", "UPDATE welfare_card_account SET balance = -1",
        "UPDATE welfare_card_account SET kind = 'held' WHERE kind = 'allowance'",
        "UPDATE welfare_card_account SET person_id = person_id + 1 WHERE kind = 'allowance'",
        "INSERT INTO welfare_card_account (kind, family, balance) VALUES ('venue', 'sport', 0)",
        "INSERT INTO welfare_card_account (kind, family, balance) VALUES ('purse', 'sport', 0)",
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(words)
    nobody = Account(pk=0, kind="source", family="sport")
    with pytest.raises(IntegrityError), transaction.atomic():
        post_transfer(id_of(5), debit=account, credit=nobody, amount=1, **post)
    taken = Transfer.objects.get(pk=take(card, venue).id)
    back = post | {"kind": "reversal", "reverses": taken, "debit": taken.credit, "credit": account, "amount": 1}
    assert post_transfer(id_of(3), **back)
    assert not post_transfer(id_of(3), **back)
    with pytest.raises(Refused):
        post_transfer(id_of(4), **back)


def test_a_damaged_balance_is_found_and_set_right_from_transfers():
    _card, account = make_allowance(make_rule(6))
    Account.objects.filter(pk=account.pk).update(balance=9)
    assert ledger_differences()[:2] == (1, 3)
    assert rebuild_ledger(by=None, at=NOON) == 1
    assert Entry.objects.get(verb="rebuild_ledger").facts == {"accounts": 1}
    assert (left(account), ledger_differences()[0]) == (6, 0)


def test_a_top_up_looks_accounts_up_one_by_one_whatever_was_known_of_their_table():
    rule = make_rule(7)
    shared_account("source", "sport")
    people = list(range(10**6, 10**6 + 20_000))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("ANALYZE welfare_card_account")  # when it held no allowance yet
        cursor.execute(OPEN, ["sport", rule.season_id, rule.pk, people])
        about = [b"x", 1, 7, NOON, None, [uuid.uuid4() for _person in people], people, "sport", rule.season_id]
        cursor.execute("EXPLAIN " + GRANT, about)
        plan = "\n".join(row[0] for row in cursor.fetchall())
        transaction.set_rollback(True)
    assert plan.index("Function Scan on wanted") < plan.index("Index Scan using one_account_of_a_kind")
