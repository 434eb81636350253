"""One programme as a family sees it: its sessions, how the family stands, and what can be done next."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Sum

from sports_boards.models import Application, Programme, ProgrammeDraw, Session
from sports_boards.numbers import OFFER_MINUTES
from sports_boards.queries.cancelling import can_cancel_until
from sports_boards.queries.days import fall_of
from sports_boards.queries.lines import Standing, standing_of
from taar.lib.jalali import local_day
from taar.lib.numbers import value

# Sessions ahead that a page shows, and those that the board's own page does.
SESSIONS, KEPT_SESSIONS = 12, 60


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
    offer_minutes: int


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
        offer_minutes=value(OFFER_MINUTES, local_day(at)),
    )


def sessions_ahead(programme: Programme, at: datetime) -> list[Session]:
    """The next sessions that stand or are suspended, in their order."""
    rows = programme.sessions.filter(status__in=Session.UNSETTLED, ends_at__gt=at).select_related("venue", "place")
    return list(rows.order_by("starts_at", "pk")[:SESSIONS])


def draw_of(programme: Programme) -> ProgrammeDraw | None:
    """The draw of a programme, committed to or done."""
    return ProgrammeDraw.objects.filter(programme=programme).first()


def kept_facts(programme: Programme, at: datetime) -> dict[str, Any]:
    """What a board reads of its own programme: notes, sessions ahead and behind, how many families stand where."""
    sessions = programme.sessions.select_related("venue").order_by("starts_at", "pk")
    stood = programme.applications.order_by().values_list("status").annotate(families=Count("pk"), people=Sum("size"))
    offered = fall_of(programme).instead if programme.skipped_days else ()
    return {
        "notes": list(programme.notes.filter(mended_at=None)),
        "ahead": list(sessions.filter(ends_at__gt=at)[:KEPT_SESSIONS]),
        "past": list(sessions.filter(ends_at__lte=at).order_by("-starts_at", "-pk")[:KEPT_SESSIONS]),
        "standings": [(Application.Status(status), families, people) for status, families, people in stood],
        "instead": offered,
        "skipped_days": sorted(programme.skipped_days),
    }
