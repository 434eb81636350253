"""The public ledger of promises: what was promised, by whom, until when, and how it ended."""

from collections.abc import Iterator
from datetime import date

from django.db.models import BooleanField, Count, ExpressionWrapper, OuterRef, Q, QuerySet, Subquery

from dialogue.models import Commitment, CommitmentNote
from dialogue.models.publication import OPEN
from taar.lib.paging import Page, page_by_key
from taar.organizations.models import Organization
from taar.places.models import Place

STATES = ("late", "in_progress", "kept", "dropped")
ORDER = ("-due_on", "-id")
BATCH = 1000


def promises() -> QuerySet[Commitment]:
    """Promises of published answers on open threads."""
    return Commitment.objects.filter(promised_at__isnull=False, thread__publication__in=OPEN)


def ledger(*, day: date, state: str = "", body: Organization | None = None, place: Place | None = None) -> QuerySet:
    """Promises narrowed by state, body and place; each knows whether it is `overdue` and its `last_note`."""
    last = CommitmentNote.objects.filter(commitment=OuterRef("pk")).order_by("-at", "-pk")
    rows = promises().annotate(
        overdue=ExpressionWrapper(_overdue(day), output_field=BooleanField()),
        last_note=Subquery(last.values("text")[:1]),
    )
    if state in STATES:
        rows = rows.filter(_in_state(state, day))
    if body:
        rows = rows.filter(organization=body)
    if place:
        rows = rows.filter(thread__place__in=Place.objects.within(place))
    return rows.select_related("thread__place__county", "organization", "partner")


def ledger_page(rows: QuerySet, after: str = "", size: int = 20) -> Page:
    """One page of the ledger, the latest due day first."""
    return page_by_key(rows, ORDER, after, size)


def ledger_rows(rows: QuerySet, day: date) -> Iterator[dict]:
    """The ledger as plain rows for a download, read in batches so that any length will do."""
    after = ""
    while True:
        page = page_by_key(rows, ORDER, after, BATCH)
        yield from (_row(promise, day) for promise in page)
        after = page.next
        if not after:
            return


def promise_figures(day: date, place: Place | None = None) -> dict[str, int]:
    """How many promises there are, kept, late and in progress, anywhere or in a place."""
    rows = promises()
    if place:
        rows = rows.filter(thread__place__in=Place.objects.within(place))
    return rows.aggregate(all=Count("pk"), **{state: Count("pk", filter=_in_state(state, day)) for state in STATES})


def bodies_of_ledger() -> QuerySet[Organization]:
    """Bodies that have promised something, in the order of the alphabet."""
    return Organization.objects.filter(pk__in=promises().order_by().values("organization"))


def _overdue(day: date) -> Q:
    return Q(status__in=Commitment.OPEN, due_on__lt=day)


def _in_state(state: str, day: date) -> Q:
    status = Commitment.Status
    return {
        "late": _overdue(day),
        "in_progress": Q(status__in=(*Commitment.OPEN, status.CLAIMED)) & ~_overdue(day),
        "kept": Q(status=status.CONFIRMED),
        "dropped": Q(status=status.DROPPED),
    }[state]


def _row(promise: Commitment, day: date) -> dict:
    return {
        "thread": promise.thread.code,
        "body": promise.organization.code,
        "body_name": promise.organization.name_fa,
        "place": promise.thread.place.code,
        "promise": promise.text,
        "status": promise.status,
        "late": promise.is_late(day),
        "drop_reason": promise.drop_reason,
        "promised_at": promise.promised_at.isoformat(),
        "first_due_on": promise.first_due_on.isoformat() if promise.first_due_on else "",
        "due_on": promise.due_on.isoformat(),
        "settled_at": promise.settled_at.isoformat() if promise.settled_at else "",
    }
