"""A month of a venue: each visit once, late ones in the next month, given-back ones taken off, and two approvals."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from taar.journal.models import Entry
from taar.lib.jalali import day_start
from taar.lib.numbers import change_number
from taar.lib.refusals import Refused
from taar.notifications.models import Notification
from tests.organizations.factories import make_organization
from tests.welfare_card.ledger_factories import Desk, ask, make_venue
from tests.welfare_card.statement_factories import (
    ABAN,
    AFTER,
    AZAR,
    CLOSING,
    DEY,
    IN_ABAN,
    NEXT_CLOSING,
    RIALS,
    WAYS,
    WORDS,
    Town,
    agreement_about,
)
from welfare_card.actions import statements as verbs
from welfare_card.actions.agreements import end_agreement, make_agreement
from welfare_card.actions.devices import receive_records
from welfare_card.actions.leases import open_lease
from welfare_card.actions.months import close_months, close_statement, open_statements
from welfare_card.actions.visits import reverse_visit, take_visit
from welfare_card.models import Statement, StatementLine
from welfare_card.numbers import STATEMENT_SECOND_RIALS
from welfare_card.queries.pending_visits import so_far
from welfare_card.queries.statements import counted_lines
from welfare_card.statement_digest import digest_of

pytestmark = pytest.mark.django_db
STATES = ["open", "closed", "objected", "answered", "approved", "approved_again", "exported", "settled"]
# Verb → the states that it leads out of; in every other it refuses and changes nothing.
OPEN_TO = {
    "close": {"open"},
    "object": {"closed", "answered"},
    "answer": {"objected"},
    "approve": {"closed", "answered"},
    "approve_again": {"approved"},
    "export": {"approved_again"},
    "settle": {"exported"},
}


@pytest.fixture
def town():
    return Town()


@pytest.fixture
def low_limit():
    change_number(STATEMENT_SECOND_RIALS, 1, by_label="x", at=CLOSING - timedelta(days=60), since=ABAN)


def act(verb: str, statement: Statement, town: Town):
    """Take a step as somebody who may, at a moment when it is open."""
    late = {"at": AFTER}
    return {
        "close": lambda: close_statement(statement, by=None, at=CLOSING),
        "object": lambda: verbs.object_to_statement(
            statement, side="payer", words=WORDS, by=town.accountant, at=CLOSING
        ),
        "answer": lambda: verbs.answer_statement_objection(statement, answer=WORDS, by=town.administrator, **late),
        "approve": lambda: verbs.approve_statement(statement, by=town.checker, **late),
        "approve_again": lambda: verbs.approve_statement_again(statement, by=town.second, **late),
        "export": lambda: verbs.export_statement(statement, by=town.other_administrator, **late),
        "settle": lambda: verbs.settle_statement(statement, reference="77", by=town.accountant, **late),
    }[verb]()  # fmt: skip


@pytest.mark.parametrize("verb", OPEN_TO)
@pytest.mark.parametrize("state", STATES)
def test_every_step_is_open_in_its_states_and_in_no_other(state, verb, town, low_limit):
    statement = town.reach(state)
    told = Entry.objects.count()
    if state in OPEN_TO[verb]:
        act(verb, statement, town)
        statement.refresh_from_db()
        assert statement.status != state
        assert Entry.objects.count() == told + 1
    else:
        with pytest.raises(Refused):
            act(verb, statement, town)
        statement.refresh_from_db()
        assert (statement.status, Entry.objects.count()) == (state, told)
    assert set(WAYS) | {"open", "closed"} == set(STATES)


def test_a_month_counts_its_visits_and_rials_and_proves_them_by_a_digest(town):
    statement = town.closed(visits=5)
    assert (statement.line_count, statement.visits, statement.rials) == (5, 5, 5 * RIALS)
    assert (statement.from_on, statement.until_on, statement.late_count) == (ABAN, AZAR, 0)
    assert statement.object_until_on == date(2026, 12, 9)
    assert digest_of(counted_lines(statement)) == statement.digest


def test_only_visits_that_were_let_in_under_the_agreement_count(town):
    town.visit()
    town.visit(IN_ABAN - timedelta(days=20))  # in Mehr, before the agreement
    given_back = town.visit(IN_ABAN + timedelta(hours=1))
    reverse_visit(given_back, by=town.officer, at=IN_ABAN + timedelta(hours=2))
    assert so_far(town.month()) == (1, RIALS)
    assert close_statement(town.month(), by=None, at=CLOSING).visits == 1


def test_an_agreement_without_an_amount_counts_visits_and_owes_nothing():
    town = Town(amount=None)
    statement = town.closed(2)
    assert (statement.visits, statement.rials) == (2, 0)


def test_the_house_opens_months_that_have_visits_and_closes_them_after_three_days(town):
    assert open_statements(IN_ABAN) == 0
    town.visit()
    assert open_statements(IN_ABAN + timedelta(hours=1)) == 1
    assert open_statements(IN_ABAN + timedelta(hours=2)) == 0
    assert close_months(CLOSING - timedelta(days=1)) == 0
    assert close_months(CLOSING) == 1
    assert close_months(CLOSING) == 0
    assert Statement.objects.get().status == "closed"


def test_a_month_that_is_not_over_and_one_after_an_open_one_are_not_closed(town):
    town.visit()
    town.month()
    town.visit(CLOSING)
    open_statements(CLOSING)
    aban, azar = Statement.objects.order_by("from_on")
    with pytest.raises(Refused, match="تمام نشده"):
        close_statement(azar, by=None, at=CLOSING)
    with pytest.raises(Refused, match="ماه پیشین"):
        close_statement(azar, by=None, at=NEXT_CLOSING)
    close_statement(aban, by=None, at=NEXT_CLOSING)
    assert close_statement(azar, by=None, at=NEXT_CLOSING).visits == 1


def test_a_record_that_is_synced_after_the_closing_counts_in_the_next_month_and_says_so(town):
    came_at = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
    desk = Desk(town.venue, at=came_at - timedelta(days=1))
    open_lease(town.allowance, device=desk.device, by=None, at=came_at - timedelta(hours=1), visits=1)
    desk.write(town.card, tier="T2", at=came_at.isoformat())
    town.visit()
    first = close_statement(town.month(), by=None, at=CLOSING)
    receive_records(desk.device, desk.records(), at=CLOSING + timedelta(days=1))
    open_statements(CLOSING + timedelta(days=2))
    second = close_statement(town.month(NEXT_CLOSING), by=None, at=NEXT_CLOSING)
    assert (first.visits, second.visits, second.late_count, second.from_on) == (1, 1, 1, AZAR)
    assert second.lines.get().late


def test_a_visit_given_back_after_the_closing_is_a_negative_line_of_the_next_month(town):
    visit = town.visit()
    first = close_statement(town.month(), by=None, at=CLOSING)
    reverse_visit(visit, by=town.officer, at=CLOSING + timedelta(days=2))
    open_statements(CLOSING + timedelta(days=3))
    second = close_statement(town.month(NEXT_CLOSING), by=None, at=NEXT_CLOSING)
    assert (second.visits, second.rials, second.returned_count) == (-1, -RIALS, 1)
    assert second.lines.get().reverses.statement_id == first.pk
    first.refresh_from_db()
    assert (first.visits, first.rials) == (1, RIALS)


def test_no_visit_is_counted_twice_and_none_is_left_over_however_often_months_are_closed(town):
    visits = [town.visit(IN_ABAN + timedelta(days=day)) for day in range(0, 40, 4) if day < 12]
    visits += [town.visit(CLOSING + timedelta(days=day)) for day in range(3)]
    close_statement(town.month(), by=None, at=CLOSING + timedelta(days=3))
    town.month(NEXT_CLOSING)
    close_months(NEXT_CLOSING)
    assert set(StatementLine.objects.values_list("visit", flat=True)) == {visit.pk for visit in visits}
    assert StatementLine.objects.count() == len(visits)
    assert sum(Statement.objects.values_list("visits", flat=True)) == len(visits)


@pytest.mark.parametrize(("made_at", "month", "late"), [(CLOSING + timedelta(days=9), ABAN, 0), (NEXT_CLOSING, DEY, 1)])
def test_visits_before_their_agreement_was_written_down_count_in_their_month_or_as_late_records(
    town, made_at, month, late
):
    bare = make_venue()
    take_visit(ask(town.card, at=IN_ABAN.isoformat()), venue=bare.pk, by=None, at=IN_ABAN)
    make_agreement(bare, **agreement_about(town, payer=make_organization(), at=made_at))
    open_statements(made_at + timedelta(hours=1))
    statement = close_statement(Statement.objects.get(), by=None, at=datetime(2027, 1, 24, 6, 0, tzinfo=UTC))
    assert (statement.from_on, statement.visits, statement.late_count) == (month, 1, late)


def test_an_empty_open_month_goes_when_it_is_closed(town):
    visit = town.visit()
    statement = town.month()
    reverse_visit(visit, by=town.officer, at=IN_ABAN + timedelta(hours=3))
    assert close_statement(statement, by=None, at=CLOSING) is None
    assert not Statement.objects.exists()


def test_two_agreements_of_a_venue_and_service_never_overlap(town):
    with pytest.raises(Refused) as refused:
        make_agreement(town.venue, **agreement_about(town, from_on=AZAR, payer=make_organization()))
    assert refused.value.field == "from_on"
    end_agreement(town.agreement, until_on=DEY, by=town.administrator, at=CLOSING)
    assert make_agreement(town.venue, **agreement_about(town, from_on=DEY)).amount == 1
    for wrong, field in (({"family": "learning"}, "family"), ({"from_on": DEY, "until_on": DEY}, "until_on")):
        with pytest.raises(Refused) as refused:
            make_agreement(town.venue, **agreement_about(town, **({"family": "culture"} | wrong)))
        assert refused.value.field == field


def test_an_agreement_does_not_end_on_a_day_that_has_passed(town):
    with pytest.raises(Refused):
        end_agreement(town.agreement, until_on=CLOSING.date() - timedelta(days=1), by=town.administrator, at=CLOSING)
    town.agreement.refresh_from_db()
    assert town.agreement.until_on is None


def test_an_agreement_that_has_ended_is_not_opened_again(town):
    end_agreement(town.agreement, until_on=DEY, by=town.administrator, at=CLOSING)
    later = day_start(DEY) + timedelta(days=3)
    with pytest.raises(Refused):
        end_agreement(town.agreement, until_on=DEY + timedelta(days=90), by=town.administrator, at=later)
    town.agreement.refresh_from_db()
    assert town.agreement.until_on == DEY


def test_small_sums_need_one_approval_and_large_ones_a_second_person(town, low_limit):
    statement = town.closed()
    verbs.approve_statement(statement, by=town.checker, at=AFTER)
    with pytest.raises(Refused):
        verbs.export_statement(statement, by=town.other_administrator, at=AFTER)
    with pytest.raises(Refused):
        verbs.approve_statement_again(statement, by=town.checker, at=AFTER)
    verbs.approve_statement_again(statement, by=town.second, at=AFTER)
    verbs.export_statement(statement, by=town.other_administrator, at=AFTER)
    small = Town().closed()
    change_number(STATEMENT_SECOND_RIALS, 10**12, by_label="x", at=AFTER)
    verbs.approve_statement(small, by=town.checker, at=AFTER)
    assert verbs.export_statement(small, by=town.other_administrator, at=AFTER).status == "exported"


def test_who_closed_or_answered_does_not_approve_and_who_objects_does_not_answer(town):
    town.visit()
    statement = close_statement(town.month(), by=town.checker, at=CLOSING)
    with pytest.raises(Refused):
        verbs.approve_statement(statement, by=town.checker, at=AFTER)
    verbs.object_to_statement(statement, side="venue", words=WORDS, by=town.officer, at=CLOSING)
    with pytest.raises(Refused):
        verbs.answer_statement_objection(statement, answer=WORDS, by=town.officer, at=CLOSING)
    verbs.answer_statement_objection(statement, answer=WORDS, by=town.second, at=CLOSING)
    with pytest.raises(Refused):
        verbs.approve_statement(statement, by=town.second, at=AFTER)
    with pytest.raises(IntegrityError), transaction.atomic():
        Statement.objects.filter(pk=statement.pk).update(status="approved", approved_at=AFTER, approved_by=town.second)


def test_each_side_objects_once_within_its_days_and_nobody_approves_before_they_are_over(town):
    statement = town.closed()
    with pytest.raises(Refused):
        verbs.approve_statement(statement, by=town.checker, at=CLOSING + timedelta(days=14))
    with pytest.raises(Refused) as short:
        verbs.object_to_statement(statement, side="venue", words="نه", by=town.officer, at=CLOSING)
    assert short.value.field == "words"
    for side, by in (("venue", town.officer), ("payer", town.accountant)):
        verbs.object_to_statement(statement, side=side, words=WORDS, by=by, at=CLOSING + timedelta(days=14))
        verbs.answer_statement_objection(statement, answer=WORDS, by=town.administrator, at=CLOSING)
    with pytest.raises(Refused):
        verbs.object_to_statement(statement, side="venue", words=WORDS, by=town.officer, at=CLOSING)
    late = Town().closed()
    with pytest.raises(Refused):
        verbs.object_to_statement(late, side="venue", words=WORDS, by=town.officer, at=CLOSING + timedelta(days=15))


def test_what_is_owed_is_settled_by_a_payment_with_a_number(town):
    statement = town.closed()
    verbs.approve_statement(statement, by=town.checker, at=AFTER)
    verbs.export_statement(statement, by=town.other_administrator, at=AFTER)
    with pytest.raises(Refused) as refused:
        verbs.settle_statement(statement, reference=" ", by=town.accountant, at=AFTER)
    assert refused.value.field == "reference"
    assert verbs.settle_statement(statement, reference="INV-9", by=town.accountant, at=AFTER).reference == "INV-9"


def test_both_sides_are_told_and_the_log_names_the_office_and_no_person(town):
    town.closed()
    kinds = Notification.objects.filter(person__in=[town.officer, town.accountant]).values_list("kind", flat=True)
    assert list(kinds) == ["statement_closed"] * 2
    entry = Entry.objects.get(verb="close_statement")
    assert entry.facts["visits"] == 3
    assert town.card.number not in str(entry.facts)


def test_the_database_keeps_lines_and_sums_as_they_were_counted(town):
    statement = town.closed()
    line = statement.lines.first()
    for wrong in (
        lambda: StatementLine.objects.filter(pk=line.pk).update(amount=1),
        lambda: StatementLine.objects.filter(pk=line.pk).delete(),
        lambda: Statement.objects.filter(pk=statement.pk).update(rials=1),
        lambda: Statement.objects.filter(pk=statement.pk).update(visits=2, line_count=2),
        lambda: again(line, position=9),
        lambda: again(line, position=9, count=-1),
        lambda: again(line, position=9, count=-1, reverses=line, amount=7),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong()


def again(line: StatementLine, **over) -> StatementLine:
    """The same visit in another line."""
    about = {"statement_id": line.statement_id, "visit_id": line.visit_id, "agreement_id": line.agreement_id}
    return StatementLine.objects.create(**about | {"count": 1, "amount": line.amount, "late": False} | over)
