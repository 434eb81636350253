"""Verbs of boards: founded on a body, changed, and brought from one stage of the plan to the next."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from sports_boards import activities
from sports_boards.actions.recording import record_act
from sports_boards.actions.wording import needed_line
from sports_boards.models import Board, Participation
from taar.lib.persian import clean_line
from taar.lib.refusals import Refused
from taar.organizations.models import Duty, Organization

CHANGEABLE = {"parent", "area", "group", "sport_fa", "sport_ar", "sport_en", "activity_id", "tags"}


@transaction.atomic
def found_board(organization: Organization, *, by: Any, at: datetime, **about: Any) -> Board:
    """Make a body of the kind "sports board" a board with a sport and an area, once."""
    if organization.kind != Organization.Kind.BOARD:
        raise Refused(_("Only a body of the kind sports board can be one."), field="organization")
    about = _checked(None, about)
    try:
        with transaction.atomic():
            board = Board.objects.create(organization=organization, **about)
    except IntegrityError as wrong:
        raise Refused(_("This body is a board already."), field="organization") from wrong
    record_act("found_board", board.subject, by=by, at=at, duty=Duty.BOARDS, facts={"group": board.group})
    return board


@transaction.atomic
def change_board(board: Board, *, by: Any, at: datetime, **changes: Any) -> Board:
    """Change what is said of a board; its body and code never change."""
    unknown = set(changes) - CHANGEABLE
    if unknown:
        raise ValueError(f"a board's {sorted(unknown)} cannot be changed")
    Board.objects.filter(pk=board.pk).update(**_checked(board, changes))
    board.refresh_from_db()
    record_act("change_board", board.subject, by=by, at=at, duty=Duty.BOARDS, facts={"changed": sorted(changes)})
    return board


@transaction.atomic
def change_participation(
    board: Board, *, status: str, letter_number: str, from_on: date, by: Any, at: datetime
) -> Participation:
    """Bring a board to its next stage from a day on, with the letter that says so; the old stage ends that day."""
    Board.objects.select_for_update(of=["self"], no_key=True).get(pk=board.pk)
    now = board.participations.filter(until_on=None).first()
    letter_number = needed_line(letter_number, "letter_number", _("Write the number of the letter."), most=60)
    if (now.status if now else None) not in Participation.FROM[status]:
        raise Refused(_("A board does not come to this stage from where it stands."), field="status")
    if now and from_on < now.from_on:
        raise Refused(_("A stage cannot begin before the one it follows."), field="from_on")
    board.participations.filter(until_on=None).update(until_on=from_on, changed_at=at)
    row = Participation.objects.create(
        board=board, status=status, letter_number=letter_number, from_on=from_on, changed_at=at
    )
    facts = {"status": status, "letter": letter_number, "from_on": from_on}
    record_act("change_participation", board.subject, by=by, at=at, duty=Duty.BOARDS, facts=facts)
    return row


def _checked(board: Board | None, about: dict[str, Any]) -> dict[str, Any]:
    """The same words cleaned, with the label of the activity; a county board lies within the area above it."""
    about = dict(about)
    if "sport_fa" in about or board is None:
        about["sport_fa"] = clean_line(about.get("sport_fa", ""))
        if not about["sport_fa"]:
            raise Refused(_("Write the sport of the board."), field="sport_fa")
    if "activity_id" in about:
        try:
            about["activity_label"] = activities.label_of(about["activity_id"])
        except ValueError as unknown:
            raise Refused(_("This activity is not in the OpenActive list."), field="activity_id") from unknown
    parent = about.get("parent", board.parent if board else None)
    area = about.get("area", board.area if board else None)
    if parent and (parent == board or parent.parent_id is not None):
        raise Refused(_("A county board stands beneath a provincial one."), field="parent")
    if parent and not area.lies_in(parent.area):
        raise Refused(_("The area of a county board lies within that of the board above it."), field="area")
    return about
