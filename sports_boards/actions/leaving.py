"""Verbs that end an application: cancelled in time, dropped, refused later, or ended with its programme."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sports_boards import notices
from sports_boards.actions.claims import claim_application, step
from sports_boards.actions.free_places import end_offer, fill_free_places
from sports_boards.actions.recording import record_act
from sports_boards.models import Application, Offer, Programme, Seat, WhyNot
from sports_boards.queries.cancelling import can_cancel_until
from taar.lib.refusals import Refused
from taar.notifications.actions import tell
from taar.organizations.models import Duty

Status = Application.Status
REFUSABLE = (Status.ELIGIBLE, Status.WAITING, Status.OFFERED, Status.CONFIRMED)


@transaction.atomic
def cancel_enrolment(application: Application, *, by: Any, at: datetime) -> Application:
    """Cancel an application: a confirmed one until some hours before the first session, every other at any time."""
    claimed = claim_application(application, *Application.LIVE)
    if claimed.status == Status.CONFIRMED and can_cancel_until(claimed.programme) <= at:
        raise Refused(_("The hour until which this could be cancelled has passed; say that you stop coming."))
    _leave(claimed, Status.CANCELLED, Seat.State.RELEASED, "cancel_enrolment", by=by, at=at)
    return claimed


@transaction.atomic
def drop_enrolment(application: Application, *, by: Any, at: datetime) -> Application:
    """Say that a family stops coming, once it is too late to cancel; its places are for others."""
    claimed = claim_application(application, Status.CONFIRMED)
    if at < can_cancel_until(claimed.programme):
        raise Refused(_("This can still be cancelled."))
    _leave(claimed, Status.DROPPED, Seat.State.DROPPED, "drop_enrolment", by=by, at=at)
    return claimed


@transaction.atomic
def refuse_enrolment(
    application: Application, *, reasons: Collection[str], by: Any, at: datetime
) -> Application:  # fmt: skip
    """The board refuses a family after all, with reasons; its places are for others."""
    claimed = claim_application(application, *REFUSABLE)
    reasons = sorted(set(reasons))
    if not reasons or set(reasons) - set(WhyNot.values):
        raise Refused(_("Choose the reasons; the family reads them."), field="reasons")
    claimed.seats.filter(state__in=Seat.LIVE).update(reasons=reasons)
    moments = {"reasons": reasons, "confirmed_at": None, "ended_at": None}
    _leave(claimed, Status.REFUSED, Seat.State.REFUSED, "refuse_enrolment", by=by, at=at, **moments)
    said = {"title": claimed.programme.titles}
    tell([claimed.applicant], notices.ENROLMENT_REFUSED, at=at, url=claimed.programme.page, facts=said, own=True)
    return claimed


def end_enrolments(programme: Programme, at: datetime) -> None:
    """With the end of a programme who took part is completed, and who still waited is cancelled."""
    rows = Application.objects.filter(programme=programme)
    Seat.objects.filter(programme=programme, state=Seat.State.CONFIRMED).update(state=Seat.State.COMPLETED)
    rows.filter(status=Status.CONFIRMED).update(status=Status.COMPLETED, ended_at=at)
    cancel_all(programme, at)


def cancel_all(programme: Programme, at: datetime) -> None:
    """Every application that still lives falls with its programme."""
    Offer.objects.filter(programme=programme, state=Offer.State.LIVE).update(
        state=Offer.State.WITHDRAWN, answered_at=at
    )
    Seat.objects.filter(programme=programme, state__in=Seat.LIVE).update(state=Seat.State.RELEASED)
    live = Application.objects.filter(programme=programme, status__in=Application.LIVE)
    live.update(status=Status.CANCELLED, ended_at=at, offered_until_at=None)


def _leave(
    application: Application, status: str, seat: str, verb: str, *, by: Any, at: datetime, **moments: Any
) -> None:
    """Take the step, give back what was taken and let it be filled."""
    taking = application.seats.filter(state__in=Seat.TAKING).exists()
    facts = {"programme": application.programme_id, "seats": application.size, "from": application.status}
    end_offer(application, Offer.State.WITHDRAWN, at)
    application.seats.filter(state__in=Seat.LIVE).update(state=seat)
    step(application, status, **({"ended_at": at, "offered_until_at": None} | moments))
    record_act(
        verb, application.subject, by=by, at=at, board=application.programme.board, duty=Duty.BOARDS, facts=facts
    )  # fmt: skip
    if taking:
        fill_free_places(application.programme, at=at, freed=True)
