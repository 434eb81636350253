"""A family answers an offer: it takes the place, or declines it and keeps its place in the list once."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sports_boards import notices
from sports_boards.actions.claims import claim_application, lock_people, step
from sports_boards.actions.free_places import end_offer, fill_free_places
from sports_boards.actions.recording import record_act
from sports_boards.models import Application, Offer, Seat
from sports_boards.queries.eligibility import clashes_of
from taar.lib.refusals import Refused
from taar.notifications.actions import tell

Status = Application.Status


@transaction.atomic
def accept_offer(application: Application, *, by: Any, at: datetime) -> Application:
    """Take an offered place before its end, when nobody of the family has a place elsewhere at these hours by now."""
    people = list(application.seats.values_list("person", flat=True))
    lock_people(people)
    claimed = _claim(application, at)
    if clashes_of([claimed.programme_id], people, at):
        raise Refused(_("Another programme of your family is at the same hours; give one of the two up."))
    end_offer(claimed, Offer.State.TAKEN, at)
    claimed.seats.filter(state=Seat.State.HELD).update(state=Seat.State.CONFIRMED)
    step(claimed, Status.CONFIRMED, confirmed_at=at, offered_until_at=None)
    _record("accept_offer", claimed, by=by, at=at)
    said = {"title": claimed.programme.titles}
    tell(
        [claimed.applicant], notices.ENROLMENT_CONFIRMED, at=at, url=claimed.programme.page, facts=said, own=True
    )  # fmt: skip
    return claimed


@transaction.atomic
def decline_offer(application: Application, *, by: Any, at: datetime) -> Application:
    """Let an offered place go to others: the first time the family keeps its place in the list, then it leaves it."""
    claimed = _claim(application, at)
    end_offer(claimed, Offer.State.DECLINED, at)
    held = claimed.seats.filter(state=Seat.State.HELD)
    if claimed.declined_at is None:
        held.update(state=Seat.State.ASKED)
        step(claimed, Status.WAITING, declined_at=at, offered_until_at=None)
    else:
        held.update(state=Seat.State.RELEASED)
        step(claimed, Status.CANCELLED, ended_at=at, offered_until_at=None)
    _record("decline_offer", claimed, by=by, at=at)
    fill_free_places(claimed.programme, at=at, freed=True)
    return claimed


def _claim(application: Application, at: datetime) -> Application:
    claimed = claim_application(application, Status.OFFERED)
    if claimed.offered_until_at <= at:
        raise Refused(_("The time of this offer has passed."))
    return claimed


def _record(verb: str, application: Application, *, by: Any, at: datetime) -> None:
    facts = {"programme": application.programme_id, "seats": application.size, "status": application.status}
    record_act(verb, application.subject, by=by, at=at, facts=facts)
