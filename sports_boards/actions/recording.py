"""How the acts of this floor enter the journal: by the office or by the seat that acted."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sports_boards.models import Board
from sports_boards.queries.mandates import label_of
from taar.journal.actions import record
from taar.lib.jalali import local_day
from taar.organizations.queries import standing_of


def record_act(
    verb: str, subject: str, *, by: Any, at: datetime, board: Board | None = None, duty: str = "",
    facts: Mapping[str, Any] | None = None,
) -> None:  # fmt: skip
    """Write an act with the office that has the duty, else with the seat of the board, else with the house itself."""
    office = standing_of(by, local_day(at)).label_for(duty) if by is not None and duty else ""
    if not office and board is not None:
        office = label_of(by, board, local_day(at))
    record(verb, subject, by=by, at=at, post=office, facts=facts)
