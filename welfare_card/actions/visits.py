"""Verbs of the door: a visit is taken in one statement, and reversed or given back once."""

from collections.abc import Collection
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from taar.journal.actions import record
from taar.lib.jalali import day_start, local_day
from taar.lib.numbers import value
from taar.lib.refusals import Refused
from taar.lib.sealed import blind_index
from taar.notifications.actions import tell
from taar.organizations.models import Venue
from taar.people.models import Person
from welfare_card import notices
from welfare_card.actions.transfers import id_of, locked, one_at_a_time, post_transfer
from welfare_card.models import Account, Outcome, Tier, Transfer, Visit
from welfare_card.numbers import CLOCK_MINUTES, REVERSALS_ALONE
from welfare_card.queries.cards import card_key
from welfare_card.visit_request import VisitRequest

TAKE = "SELECT * FROM welfare_card_take_visit(%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s)"


@dataclass(frozen=True)
class Receipt:
    """What the door says; the same visit asked again gets the same receipt."""

    id: str
    outcome: str
    left: int | None
    allowance: int | None
    receipt: str

    @property
    def sentence(self) -> str:
        """The outcome in the reader's language."""
        return str(Outcome(self.outcome).label)


def take_visit(asked: VisitRequest, *, venue: int, by: Any, at: datetime, device: int | None = None) -> Receipt:
    """Take one visit at a door: one statement, in which the allowance falls once or the reason not to is kept.

    The same id with the same body has the same receipt; with another body it is refused.
    """
    try:
        said, kept_hash, left, allowance = _ask(asked, venue, by, at, device)
    except IntegrityError:  # the same id at the same moment: whoever came second finds it now
        said, kept_hash, left, allowance = _ask(asked, venue, by, at, device)
    if bytes(kept_hash) != asked.body_hash:
        raise Refused(_("Another visit was sent under this id already."), field="id")
    return Receipt(str(asked.id), said, left, allowance, receipt_of(asked, said))


@transaction.atomic
def reverse_visit(visit: Visit, *, by: Any, at: datetime, second: Any = None) -> Visit:
    """Give a taken visit back to its holder, once; above the limit of a day a second person stands beside."""
    if not Visit.objects.filter(pk=visit.pk, outcome=Outcome.OK, reversed_at=None).update(reversed_at=at):
        raise Refused(_("This visit was not taken, or was reversed already."))
    _refuse_alone(visit, by=by, at=at, second=second)
    _return(visit, kind=Transfer.Kind.REVERSAL, by=by, at=at)
    facts = {"visit_on": visit.on, "family": visit.family, "second": second is not None}
    record("reverse_visit", f"venue:{visit.venue_id}", by=by, at=at, facts=facts)
    tell(
        [visit.person], notices.VISIT_REVERSED, at=at, url="/card/", facts={"visit_on": visit.on.isoformat()}, own=True
    )
    visit.refresh_from_db()
    return visit


def may_reverse_alone(by: Any, at: datetime) -> bool:
    """Whether a person may reverse one more visit of this day without a second person."""
    done = Transfer.objects.filter(kind=Transfer.Kind.REVERSAL, posted_by=by, at__gte=day_start(local_day(at)))
    return done.count() < value(REVERSALS_ALONE)


@transaction.atomic
def give_back(
    venue: Venue, *, on: date, reason: str, by: Any, at: datetime, visits: Collection[Any] | None = None
) -> int:
    """Give back every visit of a day that a venue could not keep (heat, dust); tells how many, and each holder why.

    `visits` names the only ones that it could not keep, by their keys, where the others of the day took place.
    """
    one_at_a_time()
    rows = Visit.objects.filter(venue=venue, on=on, outcome=Outcome.OK, reversed_at=None, posted_at__gte=day_start(on))
    if visits is not None:
        rows = rows.filter(pk__in=visits)
    rows = rows.select_for_update(of=["self"]).select_related("person")
    visits = list(rows.order_by("allowance_id", "pk"))
    Visit.objects.filter(pk__in=[visit.pk for visit in visits]).update(reversed_at=at)
    for visit in visits:
        _return(visit, kind=Transfer.Kind.GIVE_BACK, by=by, at=at)
    if visits:
        record("give_back", f"venue:{venue.pk}", by=by, at=at, facts={"visits": len(visits), "on": on})
    facts = {"visit_on": on.isoformat(), "reason": reason}
    tell([visit.person for visit in visits], notices.VISIT_GIVEN_BACK, at=at, url="/card/", facts=facts, own=True)
    return len(visits)


def receipt_of(asked: VisitRequest, outcome: str) -> str:
    """A short keyed proof that this house has answered so."""
    said = f"{asked.id}:{asked.body_hash.hex()}:{outcome}"
    return blind_index(said, "welfare_card.receipt").hex()[:32]


def _ask(asked: VisitRequest, venue: int, by: Any, at: datetime, device: int | None) -> tuple:
    key = card_key(asked)
    refused = key.refused or ("clock_wrong" if _is_clock_wrong(asked, at) else None)
    args = [asked.id, asked.body_hash, key.number, key.index, key.generation, venue, asked.family, asked.at]
    args += [local_day(asked.at), asked.tier, device, by.pk if by else None, at, refused]
    args += [asked.guardian, asked.list_seq]
    # One statement is whole by itself; within a transaction it gets a savepoint, so that asking again is possible.
    whole = transaction.atomic() if connection.in_atomic_block else nullcontext()
    with whole, connection.cursor() as cursor:
        cursor.execute(TAKE, args)
        return cursor.fetchone()


def _is_clock_wrong(asked: VisitRequest, at: datetime) -> bool:
    """A visit from the future is never taken; one that says it is online is from now."""
    most = timedelta(minutes=value(CLOCK_MINUTES))
    return asked.at > at + most or (asked.tier == Tier.ONLINE and asked.at < at - most)


def _refuse_alone(visit: Visit, *, by: Any, at: datetime, second: Any) -> None:
    if second is not None and second.pk in {by.pk, visit.taken_by_id}:
        raise Refused(_("The second person is another one than who reverses or took the visit."))
    # Counted under a lock of the person, so that two windows do not pass the limit together.
    Person.objects.select_for_update(no_key=True).get(pk=by.pk)
    if second is None and not may_reverse_alone(by, at):
        raise Refused(_("So many reversals in a day need a second person."))


def _return(visit: Visit, *, kind: str, by: Any, at: datetime) -> None:
    """What was charged goes back; an emergency visit goes back to the loss account, which paid for it."""
    allowance = locked(visit.allowance)
    taken = Transfer.objects.select_related("debit", "credit").get(pk=visit.pk)
    payer = taken.debit if taken.debit.kind == Account.Kind.LOSS else allowance
    post_transfer(
        id_of("return", visit.pk), kind=kind, debit=taken.credit, credit=payer, amount=1, by=by, at=at, reverses=taken
    )
