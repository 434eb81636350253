"""Reads for the desk of an officer: what their bodies owe, check, take over and promised."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from dialogue.models import Answer, Commitment, Thread, Transfer
from taar.lib.paging import Page, page_by_key
from taar.organizations.models import Duty, Organization
from taar.organizations.queries import standing_of

OF_A_BODY = {Duty.ANSWER, Duty.CHECK, Duty.HEAD}
PARTNERS = (Organization.Kind.NGO, Organization.Kind.GROUP, Organization.Kind.BOARD)
BY_DUE = ("due_on", "id")
ORDERS = {
    "check": ("id",),
    "transfers": ("id",),
    "gathering": ("-published_at", "-id"),
    "answered": ("-answered_at", "-id"),
}
SHOWS = ("due", "late", "check", "transfers", "disputed", "gathering", "answered")


@dataclass(frozen=True)
class Desk:
    """Whose desk it is: bodies and posts of the officer, and whether they keep the plan or sit on the board."""

    bodies: frozenset[int]
    posts: frozenset[int]
    secretariat: bool
    board: bool


def desk_of(person, day: date) -> Desk:
    """What lies on a person's desk on a day, by the posts they hold."""
    standing = standing_of(person, day)
    return Desk(
        bodies=frozenset(post.organization_id for post in standing.posts if OF_A_BODY & set(post.duties)),
        posts=frozenset(post.pk for post in standing.posts),
        secretariat=standing.has(Duty.SECRETARIAT),
        board=standing.has(Duty.GOVERNOR),
    )


def desk_threads(person, day: date) -> QuerySet:
    """Open threads of the officer's bodies, and those that come to their post; the secretariat sees all."""
    desk = desk_of(person, day)
    rows = Thread.objects.open().select_related(
        "place__county", "organization", "owner_post__organization", "extension__post"
    )
    if desk.secretariat:
        return rows
    mine = Q(organization__in=desk.bodies) | Q(owner_post__in=desk.posts) | Q(pk__in=_offered(desk).values("thread"))
    return rows.filter(mine | Q(board_due_on__isnull=False)) if desk.board else rows.filter(mine)


def desk_list(person, day: date, *, show: str, after: str) -> Page:
    """One page of a part of the desk; what is owed comes by its due day."""
    chosen = _parts(desk_of(person, day), day).get(show)
    order = ORDERS.get(show, BY_DUE)
    return page_by_key(desk_threads(person, day).filter(chosen), order, after)


def desk_counts(person, day: date) -> dict[str, int]:
    """How many threads lie in each part of the desk, in one query."""
    parts = _parts(desk_of(person, day), day)
    counts = {name: Count("pk", filter=condition) for name, condition in parts.items()}
    return desk_threads(person, day).select_related(None).aggregate(**counts)


def desk_commitments(person, day: date) -> QuerySet:
    """The published promises of the officer's bodies."""
    rows = Commitment.objects.promised().filter(organization__in=desk_of(person, day).bodies)
    rows = rows.filter(thread__in=Thread.objects.open())
    return rows.select_related("thread", "organization", "partner")


def desk_promises(person, day: date, *, show: str, after: str) -> Page:
    """One page of promises by their day: those to be kept, or all that were settled."""
    rows = desk_commitments(person, day)
    rows = rows.exclude(status__in=Commitment.OPEN) if show == "settled" else rows.filter(status__in=Commitment.OPEN)
    return page_by_key(rows, ("due_on", "id"), after)


def promise_choices(organization: Organization) -> dict[str, list[tuple[int, str]]]:
    """Whom a body may name as the one that keeps a promise (itself and what belongs to it), and groups beside it."""
    own, group = Q(pk=organization.pk) | Q(parent=organization), Q(kind__in=PARTNERS)
    rows = list(Organization.objects.active().filter(own | group))
    ours = [body for body in rows if organization.pk in (body.pk, body.parent_id)]
    groups = [body for body in rows if body.kind in PARTNERS]
    return {"bodies": [(body.pk, body.name) for body in ours], "partners": [(body.pk, body.name) for body in groups]}


def _offered(desk: Desk) -> QuerySet:
    rows = Transfer.objects.open()
    to_bodies = Q(receiver__in=desk.bodies, silent_until_on__isnull=False)
    return rows.filter(to_bodies | Q(silent_until_on__isnull=True)) if desk.secretariat else rows.filter(to_bodies)


def _parts(desk: Desk, day: date) -> dict[str, Q]:
    of_body = Q(organization__in=desk.bodies)
    unanswered = of_body & Q(answer_state__in=(Thread.Answering.WAITING, Thread.Answering.ACKNOWLEDGED))
    disputed = Q(answer_state=Thread.Answering.DISPUTED) & (Q(owner_post__in=desk.posts) | of_body)
    due = (unanswered & Q(due_on__isnull=False)) | disputed
    ready = Answer.objects.filter(status=Answer.Status.DRAFT, ready_at__isnull=False, organization__in=desk.bodies)
    return {
        "due": due,
        "late": due & Q(due_on__lt=day),
        "check": Q(pk__in=ready.values("thread")),
        "transfers": Q(pk__in=_offered(desk).values("thread")),
        "disputed": disputed,
        "gathering": unanswered & Q(due_on__isnull=True),
        "answered": of_body & Q(answered_at__isnull=False),
    }
