"""Verbs of a support request: asked by a board, reviewed, decided by another person, given, proved and closed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sports_boards import notices
from sports_boards.actions.claims import step
from sports_boards.actions.recording import record_act
from sports_boards.actions.wording import long_enough, needed_line
from sports_boards.models import Board, SupportLine, SupportRequest
from sports_boards.queries.mandates import people_of
from taar.lib.jalali import local_day
from taar.lib.persian import clean_line
from taar.lib.refusals import Refused
from taar.notifications.actions import tell
from taar.organizations.models import Duty
from taar.organizations.queries import holders

Status = SupportRequest.Status
MOST_LINES = 50


@dataclass(frozen=True)
class Line:
    """One thing that is asked for."""

    item: str
    quantity: int
    reason: str
    value_rials: int = 0


@transaction.atomic
def submit_request(board: Board, *, title: str, lines: Sequence[Line], by: Any, at: datetime) -> SupportRequest:
    """A board asks for things, each with a quantity and a reason."""
    title = needed_line(title, "title", _("Write what it is about."), most=160)
    if not 1 <= len(lines) <= MOST_LINES:
        raise Refused(_("Ask for 1 to %(most)s things.") % {"most": MOST_LINES}, field="lines")
    request = SupportRequest.objects.create(board=board, title=title, submitted_at=at, submitted_by=by)
    SupportLine.objects.bulk_create(_line(request, position, line) for position, line in enumerate(lines, start=1))
    _record("submit_request", request, by=by, at=at, facts={"lines": len(lines)})
    officers = [holding.person for holding in holders(Duty.BOARDS, local_day(at))]
    _tell(officers, notices.SUPPORT_SUBMITTED, request, at=at)
    return request


@transaction.atomic
def begin_review(request: SupportRequest, *, by: Any, at: datetime) -> SupportRequest:
    """The sport officer takes it into technical review."""
    claimed = _claimed(request, Status.SUBMITTED)
    return _go(claimed, Status.TECHNICAL_REVIEW, "begin_review", by=by, at=at)


@transaction.atomic
def forward_request(request: SupportRequest, *, opinion: str, by: Any, at: datetime) -> SupportRequest:
    """The reviewer, who is not who asked, brings it before the committee with an opinion."""
    claimed = _claimed(request, Status.TECHNICAL_REVIEW)
    if by.pk == claimed.submitted_by_id:
        raise Refused(_("Another person than who asked reviews it."))
    opinion = long_enough(opinion, "opinion")
    about = {"reviewed_at": at, "reviewed_by": by, "opinion": opinion}
    return _go(claimed, Status.COMMITTEE, "forward_request", by=by, at=at, **about)


@transaction.atomic
def decide_request(
    request: SupportRequest, *, approved: Mapping[int, int], reason: str, by: Any, at: datetime
) -> SupportRequest:
    """The committee says of each line how much is given; all of it, a part or nothing. Who reviewed does not decide."""
    claimed = _claimed(request, Status.COMMITTEE)
    if by.pk in (claimed.submitted_by_id, claimed.reviewed_by_id):
        raise Refused(_("Who asked or reviewed does not decide; another person does."))
    reason = needed_line(reason, "reason", _("Write the reason of the decision."), most=500)
    lines = list(claimed.lines.select_for_update())
    if set(approved) != {line.position for line in lines}:
        raise Refused(_("Decide on each line."), field="approved")
    for line in lines:
        line.approved = approved[line.position]
        if not 0 <= line.approved <= line.quantity:
            raise Refused(_("No more is given than was asked for."), field="approved")
    SupportLine.objects.bulk_update(lines, ["approved"])
    about = {"decided_at": at, "decided_by": by, "reason": reason}
    facts = {"approved": sum(line.approved for line in lines), "asked": sum(line.quantity for line in lines)}
    return _go(claimed, _outcome(lines), "decide_request", by=by, at=at, facts=facts, duty=Duty.SECRETARIAT, **about)


@transaction.atomic
def allocate_request(request: SupportRequest, *, letter_number: str, by: Any, at: datetime) -> SupportRequest:
    """What was approved is set apart, by a letter."""
    claimed = _claimed(request, Status.APPROVED, Status.APPROVED_IN_PART)
    letter_number = needed_line(letter_number, "letter_number", _("Write the number of the letter."), most=60)
    about = {"allocated_at": at, "letter_number": letter_number}
    return _go(claimed, Status.ALLOCATED, "allocate_request", by=by, at=at, facts={"letter": letter_number}, **about)


@transaction.atomic
def deliver_request(request: SupportRequest, *, by: Any, at: datetime) -> SupportRequest:
    """What was set apart has come to the board."""
    claimed = _claimed(request, Status.ALLOCATED)
    return _go(claimed, Status.DELIVERED, "deliver_request", by=by, at=at, delivered_at=at)


@transaction.atomic
def prove_request(request: SupportRequest, *, proof: str, by: Any, at: datetime) -> SupportRequest:
    """The board says how it used what came."""
    claimed = _claimed(request, Status.DELIVERED)
    proof = long_enough(proof, "proof")
    return _go(claimed, Status.PROVED, "prove_request", by=by, at=at, proved_at=at, proof=proof)


@transaction.atomic
def close_request(request: SupportRequest, *, by: Any, at: datetime) -> SupportRequest:
    """What was refused, or given and proved, is closed."""
    claimed = _claimed(request, Status.REFUSED, Status.PROVED)
    return _go(claimed, Status.CLOSED, "close_request", by=by, at=at, closed_at=at)


def _line(request: SupportRequest, position: int, line: Line) -> SupportLine:
    item, reason = clean_line(line.item)[:160], clean_line(line.reason)[:500]
    if not item or line.quantity < 1 or line.value_rials < 0:
        raise Refused(_("Each line names a thing and how many of it."), field="lines")
    if not reason:
        raise Refused(_("Each line has its reason."), field="lines")
    return SupportLine(
        request=request, position=position, item=item, quantity=line.quantity, value_rials=line.value_rials,
        reason=reason,
    )  # fmt: skip


def _outcome(lines: Iterable[SupportLine]) -> str:
    lines = list(lines)
    if all(line.approved == line.quantity for line in lines):
        return Status.APPROVED
    return Status.APPROVED_IN_PART if any(line.approved for line in lines) else Status.REFUSED


def _claimed(request: SupportRequest, *states: str) -> SupportRequest:
    rows = SupportRequest.objects.select_for_update(of=["self"]).select_related("board__organization")
    claimed = rows.get(pk=request.pk)
    if claimed.status not in states:
        state = claimed.get_status_display()
        raise Refused(_("This is %(state)s now; this step is not open.") % {"state": state})
    return claimed


def _go(
    request: SupportRequest, status: str, verb: str, *, by: Any, at: datetime, facts: Mapping[str, Any] | None = None,
    duty: str = Duty.BOARDS, **changes: Any,
) -> SupportRequest:  # fmt: skip
    """Take a step, record it under its verb and tell the board where its request stands."""
    step(request, status, **changes)
    _record(verb, request, by=by, at=at, facts=facts, duty=duty)
    kind = notices.SUPPORT_DECIDED if verb == "decide_request" else notices.SUPPORT_STEP
    told = [request.submitted_by, *people_of(request.board, local_day(at))]
    _tell(told, kind, request, at=at)
    return request


def _tell(people: Iterable[Any], kind: str, request: SupportRequest, *, at: datetime) -> None:
    facts = {"board": notices.names_of(request.board.organization), "title": request.title}
    facts |= {"status": notices.words_of(Status(request.status).label)}
    tell(people, kind, at=at, url=f"/boards/support/{request.pk}/", facts=facts, own=True)


def _record(
    verb: str, request: SupportRequest, *, by: Any, at: datetime, facts: Mapping[str, Any] | None = None,
    duty: str = Duty.BOARDS,
) -> None:  # fmt: skip
    facts = {"board": request.board.code, "status": request.status} | dict(facts or {})
    record_act(verb, request.subject, by=by, at=at, board=request.board, duty=duty, facts=facts)
