"""Verbs of a board's concern, suggestion or point: from being sent to the governor's office until it is closed."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sports_boards import notices
from sports_boards.actions.claims import step
from sports_boards.actions.recording import record_act
from sports_boards.actions.wording import long_enough, needed_line
from sports_boards.models import Board, Concern, ConcernAnswer
from sports_boards.queries.mandates import people_of
from taar.lib.jalali import local_day
from taar.lib.persian import clean_line
from taar.lib.refusals import Refused
from taar.notifications.actions import tell
from taar.organizations.models import Duty, Organization
from taar.organizations.queries import holders

Status = Concern.Status


@transaction.atomic
def send_concern(
    board: Board, *, kind: str, title: str, text: str, by: Any, at: datetime, place: Any = None
) -> Concern:
    """A board sends a concern, a suggestion or a point to the governor's office."""
    title = needed_line(title, "title", _("Write what it is about."), most=160)
    concern = Concern.objects.create(
        board=board, kind=kind, title=title, text=long_enough(text, "text"), place=place, sent_at=at, sent_by=by
    )
    _record("send_concern", concern, by=by, at=at, facts={"kind": kind})
    _tell(_office(at), notices.CONCERN_SENT, concern, at=at)
    return concern


@transaction.atomic
def see_concern(concern: Concern, *, by: Any, at: datetime) -> Concern:
    """The office says that it has seen it."""
    claimed = _claimed(concern, Status.SENT)
    step(claimed, Status.SEEN, seen_at=at)
    _record("see_concern", claimed, by=by, at=at)
    _tell(_board(claimed, at), notices.CONCERN_SEEN, claimed, at=at)
    return claimed


@transaction.atomic
def take_concern(concern: Concern, *, unit: Organization, due_on: date, by: Any, at: datetime) -> Concern:
    """The office gives it to a unit with a day on which an answer is due; so does it again after a reopening."""
    claimed = _claimed(concern, Status.SEEN, Status.REOPENED)
    if due_on < local_day(at):
        raise Refused(_("The day of the answer lies ahead."), field="due_on")
    if not unit.active:
        raise Refused(_("This body takes no part now."), field="unit")
    step(claimed, Status.IN_HAND, unit=unit, due_on=due_on)
    _record("take_concern", claimed, by=by, at=at, facts={"unit": unit.code, "due_on": due_on})
    facts = {"unit": notices.names_of(unit), "due_on": due_on.isoformat()}
    _tell(_board(claimed, at), notices.CONCERN_IN_HAND, claimed, at=at, facts=facts)
    return claimed


@transaction.atomic
def answer_concern(concern: Concern, *, text: str, by: Any, at: datetime, letter_number: str = "") -> ConcernAnswer:
    """The office answers what it has in hand; nobody answers their own board."""
    claimed = _claimed(concern, Status.IN_HAND)
    if by.pk == claimed.sent_by_id:
        raise Refused(_("Another person than who sent it answers."))
    answer = ConcernAnswer.objects.create(
        concern=claimed, text=long_enough(text, "text"), letter_number=clean_line(letter_number), answered_at=at,
        answered_by=by,
    )  # fmt: skip
    step(claimed, Status.ANSWERED, answered_at=at, settled_at=None)
    facts = {"letter": answer.letter_number, "late": local_day(at) > claimed.due_on}
    _record("answer_concern", claimed, by=by, at=at, facts=facts)
    _tell(_board(claimed, at), notices.CONCERN_ANSWERED, claimed, at=at)
    return answer


@transaction.atomic
def accept_answer(concern: Concern, *, by: Any, at: datetime) -> Concern:
    """The board is content with the answer."""
    claimed = _claimed(concern, Status.ANSWERED)
    step(claimed, Status.ACCEPTED, settled_at=at)
    _record("accept_answer", claimed, by=by, at=at)
    return claimed


@transaction.atomic
def reopen_concern(concern: Concern, *, reason: str, by: Any, at: datetime) -> Concern:
    """The board says why the answer does not do; the office takes it in hand again."""
    claimed = _claimed(concern, Status.ANSWERED)
    reason = long_enough(reason, "reason")[:500]
    step(claimed, Status.REOPENED, settled_at=at, reason=reason)
    _record("reopen_concern", claimed, by=by, at=at)
    _tell(_office(at), notices.CONCERN_REOPENED, claimed, at=at)
    return claimed


@transaction.atomic
def close_concern(concern: Concern, *, by: Any, at: datetime) -> Concern:
    """The office closes what the board has accepted."""
    claimed = _claimed(concern, Status.ACCEPTED)
    step(claimed, Status.CLOSED, closed_at=at)
    _record("close_concern", claimed, by=by, at=at)
    return claimed


def _claimed(concern: Concern, *states: str) -> Concern:
    rows = Concern.objects.select_for_update(of=["self"]).select_related("board__organization")
    claimed = rows.get(pk=concern.pk)
    if claimed.status not in states:
        state = claimed.get_status_display()
        raise Refused(_("This is %(state)s now; this step is not open.") % {"state": state})
    return claimed


def _office(at: datetime) -> list[Any]:
    return [holding.person for holding in holders(Duty.SECRETARIAT, local_day(at))]


def _board(concern: Concern, at: datetime) -> list[Any]:
    return [concern.sent_by, *people_of(concern.board, local_day(at))]


def _tell(people: Iterable[Any], kind: str, concern: Concern, *, at: datetime, facts: Mapping | None = None) -> None:
    said = {"board": notices.names_of(concern.board.organization), "title": concern.title} | dict(facts or {})
    tell(people, kind, at=at, url=f"/boards/concerns/{concern.pk}/", facts=said, own=True)


def _record(verb: str, concern: Concern, *, by: Any, at: datetime, facts: Mapping[str, Any] | None = None) -> None:
    """Its words stay between the board and the office; the journal tells board, kind and step."""
    facts = {"board": concern.board.code} | dict(facts or {})
    record_act(verb, concern.subject, by=by, at=at, board=concern.board, duty=Duty.SECRETARIAT, facts=facts)
