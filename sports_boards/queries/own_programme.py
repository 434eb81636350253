"""One programme as a family sees it: its sessions, how the family stands, and what can be done next."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sports_boards.models import Application, Programme, ProgrammeDraw, Session
from sports_boards.queries.cancelling import can_cancel_until
from sports_boards.queries.lines import Standing, standing_of

# Sessions ahead that a page shows.
SESSIONS = 12


@dataclass(frozen=True)
class Own:
    """An application with all that its page says of it."""

    application: Application
    seats: list
    standing: Standing | None
    cancel_until: datetime
    may_cancel: bool
    may_drop: bool
    may_answer: bool
    code: str


def own_of(programme: Programme, person: Any, at: datetime) -> Own | None:
    """The last application of an account to a programme; nothing for who has none."""
    rows = Application.objects.visible_to(person).filter(programme=programme)
    application = rows.order_by("-pk").first()
    if application is None:
        return None
    application.programme = programme
    until, status = can_cancel_until(programme), application.status
    confirmed = status == Application.Status.CONFIRMED
    return Own(
        application=application,
        seats=list(application.seats.select_related("person")),
        standing=standing_of(application),
        cancel_until=until,
        may_cancel=status in Application.LIVE and (not confirmed or at < until),
        may_drop=confirmed and at >= until,
        may_answer=status == Application.Status.OFFERED and at < application.offered_until_at,
        code=application.draw_code if programme.giving == Programme.Giving.DRAW else "",
    )


def sessions_ahead(programme: Programme, at: datetime) -> list[Session]:
    """The next sessions that stand or are suspended, in their order."""
    rows = programme.sessions.filter(status__in=Session.UNSETTLED, ends_at__gt=at).select_related("venue", "place")
    return list(rows.order_by("starts_at", "pk")[:SESSIONS])


def draw_of(programme: Programme) -> ProgrammeDraw | None:
    """The draw of a programme, committed to or done."""
    return ProgrammeDraw.objects.filter(programme=programme).first()
