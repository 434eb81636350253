"""A month closed and approved from many sides at one moment: one does it, and every visit counts once."""

from datetime import timedelta

import pytest

from taar.lib.refusals import Refused
from taar.organizations.models import Duty
from tests.organizations.factories import make_official, make_organization
from tests.races.threads import all_at_once
from tests.welfare_card.statement_factories import AFTER, CLOSING, DEY, IN_ABAN, WORDS, Town, agreement_about
from welfare_card.actions import statements as verbs
from welfare_card.actions.agreements import make_agreement
from welfare_card.actions.months import close_months, close_statement, open_statements
from welfare_card.actions.visits import reverse_visit
from welfare_card.models import Agreement, Statement, StatementLine, Visit

pytestmark = pytest.mark.django_db(transaction=True)


def refused(said: list) -> int:
    """How many were turned away; every other failure is a fault."""
    others = [each for each in said if isinstance(each, Exception) and not isinstance(each, Refused)]
    assert not others, others
    return sum(isinstance(each, Refused) for each in said)


def test_of_eight_closings_one_counts_the_month():
    town = Town()
    for number in range(20):
        town.visit(IN_ABAN + timedelta(hours=number))
    statement = town.month()
    said = all_at_once(*[lambda: close_statement(statement, by=None, at=CLOSING)] * 8)
    assert refused(said) == 7
    assert (StatementLine.objects.count(), Statement.objects.get().visits) == (20, 20)


def test_sweeps_that_open_and_close_together_make_one_statement():
    town = Town()
    town.visit()
    said = all_at_once(*[lambda: open_statements(CLOSING)] * 6)
    assert (refused(said), sum(said)) == (0, 1)
    assert refused(all_at_once(*[lambda: close_months(CLOSING)] * 4)) <= 3
    assert Statement.objects.get().status == "closed"


def test_of_eight_approvals_one_holds_and_of_eight_second_ones_one():
    town = Town(amount=2_000_000_000)
    statement = town.closed(1)
    checkers = [make_official(Duty.CARD_CHECK) for _count in range(8)]
    said = all_at_once(*(lambda by=by: verbs.approve_statement(statement, by=by, at=AFTER) for by in checkers))
    assert refused(said) == 7
    first = Statement.objects.get().approved_by
    seconds = all_at_once(*(lambda by=by: verbs.approve_statement_again(statement, by=by, at=AFTER) for by in checkers))
    assert refused(seconds) == 7
    found = Statement.objects.get()
    assert (found.status, found.approved_by) == ("approved_again", first)
    assert found.second_by != first


def test_an_objection_and_an_approval_at_once_leave_one_of_them():
    town = Town()
    statement = town.closed(1)
    last = CLOSING + timedelta(days=14)
    said = all_at_once(
        lambda: verbs.object_to_statement(statement, side="venue", words=WORDS, by=town.officer, at=last),
        lambda: verbs.object_to_statement(statement, side="payer", words=WORDS, by=town.accountant, at=last),
        lambda: verbs.approve_statement(statement, by=town.checker, at=AFTER),
    )
    assert refused(said) == 2
    assert Statement.objects.get().status in ("objected", "approved")


def test_visits_given_back_while_their_month_is_closed_are_counted_never_or_taken_off_later():
    town = Town()
    visits = [town.visit(IN_ABAN + timedelta(hours=number)) for number in range(12)]
    statement = town.month()
    back = [lambda visit=visit: reverse_visit(visit, by=make_official(Duty.VENUE), at=CLOSING) for visit in visits[:6]]
    assert refused(all_at_once(lambda: close_statement(statement, by=None, at=CLOSING), *back)) == 0
    assert Visit.objects.filter(reversed_at=None).count() == 6
    open_statements(CLOSING + timedelta(days=1))
    for later in Statement.objects.filter(status="open"):
        close_statement(later, by=None, at=CLOSING + timedelta(days=40))
    assert sum(Statement.objects.values_list("visits", flat=True)) == 6


def test_of_agreements_for_the_same_days_one_is_made():
    town = Town()
    bodies = [make_organization() for _count in range(6)]
    said = all_at_once(
        *(
            lambda body=body: make_agreement(
                town.venue, **agreement_about(town, payer=body, family="culture", from_on=DEY)
            )
            for body in bodies
        )
    )
    assert refused(said) == 5
    assert Agreement.objects.filter(family="culture").count() == 1
