"""A venue with an agreement, visits of a month, and statements that have come as far as a state."""

from datetime import UTC, date, datetime, timedelta

from taar.organizations.models import Duty
from tests.organizations.factories import make_official, make_organization
from tests.welfare_card.ledger_factories import ask, make_allowance, make_rule, make_venue
from welfare_card.actions import statements as verbs
from welfare_card.actions.agreements import make_agreement
from welfare_card.actions.months import close_statement, open_statements
from welfare_card.actions.visits import take_visit
from welfare_card.models import Statement, Visit

# Aban 1405 and the first day of Azar; a day in Aban; the day on which the house closes it, and a day after objections.
ABAN, AZAR, DEY = date(2026, 10, 23), date(2026, 11, 22), date(2026, 12, 22)
IN_ABAN = datetime(2026, 11, 10, 8, 30, tzinfo=UTC)
CLOSING = datetime(2026, 11, 25, 6, 0, tzinfo=UTC)
NEXT_CLOSING = datetime(2026, 12, 25, 6, 0, tzinfo=UTC)
AFTER = CLOSING + timedelta(days=20)
WORDS = "ردیف سوم این صورت‌وضعیت نباید شمرده شود."
RIALS = 400_000


class Town:
    """A pool, who pays for it, and a family with visits to spend."""

    def __init__(self, amount: int | None = RIALS) -> None:
        self.venue, self.payer = make_venue(families=["sport", "culture"]), make_organization()
        self.agreement = make_agreement(
            self.venue, payer=self.payer, family="sport", amount=amount, owner_label="دبیرخانه", from_on=ABAN,
            by=make_official(Duty.CARDS), at=datetime(2026, 10, 20, 8, 0, tzinfo=UTC),
        )  # fmt: skip
        self.rule = make_rule(100)
        self.card, self.allowance = make_allowance(self.rule)
        self.officer = make_official(Duty.VENUE, organization=self.venue.organization)
        self.accountant = make_official(Duty.ACCOUNTS, organization=self.payer)
        self.administrator, self.other_administrator = make_official(Duty.CARDS), make_official(Duty.CARDS)
        self.checker, self.second = make_official(Duty.CARD_CHECK), make_official(Duty.CARD_CHECK)

    def visit(self, at: datetime = IN_ABAN) -> Visit:
        """One visit at the door."""
        receipt = take_visit(ask(self.card, at=at.isoformat()), venue=self.venue.pk, by=self.officer, at=at)
        assert receipt.outcome == "ok"
        return Visit.objects.get(pk=receipt.id)

    def month(self, at: datetime = CLOSING) -> Statement:
        """The open statement of the month before a moment."""
        open_statements(at)
        return Statement.objects.filter(venue=self.venue, until_on__lte=at.date()).order_by("-from_on")[0]

    def closed(self, visits: int = 3) -> Statement:
        """Aban with so many visits, closed."""
        for number in range(visits):
            self.visit(IN_ABAN + timedelta(hours=number))
        return close_statement(self.month(), by=None, at=CLOSING)

    def reach(self, status: str) -> Statement:
        """A statement that has come as far as a state, by the verbs."""
        statement = self.month() if status == "open" and self.visit() else self.closed()
        steps = {
            "objected": lambda: verbs.object_to_statement(
                statement, side="venue", words=WORDS, by=self.officer, at=CLOSING
            ),
            "answered": lambda: verbs.answer_statement_objection(
                statement, answer=WORDS, by=self.administrator, at=CLOSING
            ),
            "approved": lambda: verbs.approve_statement(statement, by=self.checker, at=AFTER),
            "approved_again": lambda: verbs.approve_statement_again(statement, by=self.second, at=AFTER),
            "exported": lambda: verbs.export_statement(statement, by=self.other_administrator, at=AFTER),
            "settled": lambda: verbs.settle_statement(statement, reference="۱۲۳", by=self.accountant, at=AFTER),
        }  # fmt: skip
        if status not in ("open", "closed"):
            for reached in WAYS[status]:
                steps[reached]()
        statement.refresh_from_db()
        assert statement.status == status
        return statement


WAYS = {
    "objected": ["objected"],
    "answered": ["objected", "answered"],
    "approved": ["approved"],
    "approved_again": ["approved", "approved_again"],
    "exported": ["approved", "approved_again", "exported"],
    "settled": ["approved", "approved_again", "exported", "settled"],
}


def agreement_about(town: Town, **over) -> dict:
    """What a second agreement says."""
    about = {"payer": town.payer, "family": "sport", "amount": 1, "owner_label": "دبیرخانه", "from_on": ABAN}
    return about | {"by": town.administrator, "at": CLOSING} | over
