"""The draw of a scarce programme, by the draw of the card: committed before it opens, drawn after it has closed.

SHA-256(secret) is kept in the journal before anybody can apply. The public value is the head of the journal's chain of
the day on which enrolment closed, which nobody knows before that day is over. `verify_draw FILE` runs it again.
"""

import secrets
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sports_boards import notices
from sports_boards.actions.claims import lock_programme
from sports_boards.actions.recording import record_act
from sports_boards.models import Application, Programme, ProgrammeDraw, Seat
from sports_boards.waiting_line import kept_for_residents
from taar.journal.models import DailyHead
from taar.lib.jalali import local_day
from taar.lib.refusals import Refused
from taar.notifications.actions import tell
from welfare_card import draw

SECRET_BYTES = 32
RESIDENTS = "residents"
Status = Application.Status


def commit_draw(programme: Programme, at: datetime) -> ProgrammeDraw:
    """Commit to the secret of a programme's draw, once, in the transaction that opens it."""
    secret = secrets.token_bytes(SECRET_BYTES)
    told = {"commitment": draw.commitment(secret), "secret": secret.hex(), "committed_at": at}
    row, made = ProgrammeDraw.objects.get_or_create(programme=programme, defaults=told)
    if made:
        record_act("commit_draw", programme.subject, by=None, at=at, facts={"commitment": row.commitment})
    return row


def draw_programmes(at: datetime) -> int:
    """Draw every programme whose enrolment has closed and whose public value is known; how many."""
    waiting = ProgrammeDraw.objects.filter(
        drawn_at=None, programme__status__in=(Programme.Status.ENROLMENT_CLOSED, Programme.Status.RUNNING)
    )  # fmt: skip
    rows = [(row, local_day(row.programme.enrolment_closed_at)) for row in waiting.select_related("programme")]
    heads = set(DailyHead.objects.filter(on__in=[on for _row, on in rows]).values_list("on", flat=True))
    due = [(row, on) for row, on in rows if on in heads]
    for row, on in due:
        draw_places(row.programme, value_on=on, by=None, at=at)
    return len(due)


@transaction.atomic
def draw_places(programme: Programme, *, value_on: date, by: Any, at: datetime) -> ProgrammeDraw:
    """Draw the places of a programme whose enrolment is closed: the drawn are confirmed, the others wait in order."""
    locked = lock_programme(programme.pk)
    row = ProgrammeDraw.objects.select_for_update().get(programme=locked)
    if row.drawn_at is not None or locked.status not in (Programme.Status.ENROLMENT_CLOSED, Programme.Status.RUNNING):
        raise Refused(_("This programme was drawn already, or cannot be drawn now."))
    head = DailyHead.objects.get(on=value_on).hash
    applications = {each.draw_code: each for each in _entered(locked)}
    published = _run(row, locked, applications, head)
    row.published, row.value_on, row.drawn_at = published, value_on, at
    row.save(update_fields=["published", "value_on", "drawn_at"])
    drawn = [applications[code] for code in published["drawn"]]
    waiting = [applications[code] for code in published["waiting"]]
    _write(locked, drawn, waiting, at)
    facts = {"entries": len(applications), "drawn": len(drawn), "secret": published["secret"], "value_on": value_on}
    record_act("draw_places", locked.subject, by=by, at=at, facts=facts)
    for people, kind in ((drawn, notices.ENROLMENT_CONFIRMED), (waiting, notices.ENROLMENT_WAITING)):
        accounts = [each.applicant for each in people]
        tell(accounts, kind, at=at, url=locked.page, facts={"title": locked.titles}, own=True)
    return row


def _entered(programme: Programme) -> list[Application]:
    rows = Application.objects.filter(programme=programme, status=Status.ELIGIBLE).select_related("applicant")
    return list(rows.select_for_update(of=["self"], no_key=True).order_by("pk"))


def _run(row: ProgrammeDraw, programme: Programme, applications: dict[str, Application], value: str) -> dict[str, Any]:
    """Everything that `verify_draw` needs, with what came out."""
    places = max(programme.free, 0)
    share = kept_for_residents(places=places, percent=programme.residents_share, taken_by_residents=0)
    entries = [
        draw.Entry(code, frozenset([RESIDENTS] if each.is_resident else []), seats=each.size)
        for code, each in sorted(applications.items())
    ]
    secret = bytes.fromhex(row.secret)
    outcome = draw.draw(draw.seed_of(secret, value), entries, places, [draw.Share(RESIDENTS, share)])
    return {
        "programme": programme.pk,
        "committed_at": row.committed_at.isoformat(),
        "commitment": row.commitment,
        "secret": row.secret,
        "value": value,
        "places": places,
        "shares": [{"group": RESIDENTS, "places": share, "spill": []}],
        "entries": [{"code": e.code, "groups": sorted(e.groups), "lots": e.lots, "seats": e.seats} for e in entries],
        "drawn": list(outcome.drawn),
        "waiting": outcome.waiting,
    }


def _write(programme: Programme, drawn: list[Application], waiting: list[Application], at: datetime) -> None:
    for rank, application in enumerate([*drawn, *waiting], start=1):
        application.rank, application.lot = rank, application.draw_code
        application.listed_at = at
    for application in drawn:
        application.status, application.confirmed_at = Status.CONFIRMED, at
    for application in waiting:
        application.status = Status.WAITING
    columns = ["rank", "lot", "listed_at", "status", "confirmed_at"]
    Application.objects.bulk_update([*drawn, *waiting], columns, batch_size=500)
    taken = Seat.objects.filter(application__in=[each.pk for each in drawn], state=Seat.State.ASKED)
    taken.update(state=Seat.State.CONFIRMED)
