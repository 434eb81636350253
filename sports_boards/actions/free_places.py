"""The one way by which a free place finds a family, and what a board changes about the number of places.

`fill_free_places` is called by every verb that frees a place, and by the sweep: free = capacity − confirmed − live
offers − places kept back (`Programme.free`; a trigger counts), under the lock of the programme's row.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sports_boards import notices
from sports_boards.actions.claims import claim_programme, lock_programme, step
from sports_boards.actions.recording import record_act
from sports_boards.models import Application, Offer, Programme, Seat, Session
from sports_boards.numbers import NIGHT_FROM, NIGHT_UNTIL, OFFER_MINUTES
from sports_boards.offer_hours import is_night, offer_end
from sports_boards.queries.lines import askable_line, kept_places, lines_to_fill
from sports_boards.waiting_line import who_fits
from taar.lib.jalali import local_day
from taar.lib.numbers import value
from taar.lib.refusals import Refused
from taar.notifications.actions import tell
from taar.organizations.models import Duty

Status = Application.Status
# While families wait and a place may still be of use.
GIVING = (Programme.Status.OPEN, Programme.Status.ENROLMENT_CLOSED, Programme.Status.RUNNING)


@transaction.atomic
def fill_free_places(programme: Programme, *, at: datetime, freed: bool = False) -> int:
    """End the offers that are over and offer each free place to one family, in the order of the list; how many offers.

    By day only: at night nothing is offered, and the sweep does it in the morning. `freed` says that the caller has
    just freed a place, from which moment on those who had declined before are asked again.
    """
    locked = lock_programme(programme.pk)
    freed = _expire_offers(locked, at) or freed
    if freed:
        Programme.objects.filter(pk=locked.pk).update(freed_at=at)
    locked.refresh_from_db(fields=["taken", "freed_at"])
    if locked.free <= 0 or not _gives(locked, at) or is_night(at, **_night(at)):
        return 0
    chosen = who_fits(askable_line(locked), free=locked.free, kept=kept_places(locked, at))
    rows = Application.objects.select_related("applicant").in_bulk(chosen)
    for key in chosen:
        _offer(locked, rows[key], at)
    return len(chosen)


@transaction.atomic
def change_capacity(
    programme: Programme, *, by: Any, at: datetime, capacity: int | None = None, held_places: int | None = None
) -> Programme:
    """Change how many places a living programme has or keeps back, never under what is taken; free ones are filled."""
    claimed = claim_programme(programme, *Programme.LIVE)
    capacity = claimed.capacity if capacity is None else capacity
    held_places = claimed.held_places if held_places is None else held_places
    if capacity < claimed.taken + held_places or held_places < 0:
        raise Refused(_("So many places are taken or kept back already."), field="capacity")
    if capacity < max(claimed.minimum, 1):
        raise Refused(_("It cannot need more people than it has places."), field="capacity")
    before = claimed.free
    claimed.capacity, claimed.held_places, claimed.changed_at = capacity, held_places, at
    claimed.save(update_fields=["capacity", "held_places", "changed_at"])
    facts = {"board": claimed.board.code, "capacity": capacity, "held": held_places}
    record_act(
        "change_capacity", claimed.subject, by=by, at=at, board=claimed.board, duty=Duty.BOARDS, facts=facts
    )  # fmt: skip
    fill_free_places(claimed, at=at, freed=claimed.free > before)
    claimed.refresh_from_db()
    return claimed


def fill_lines(at: datetime) -> int:
    """End what is over and fill what is free in every programme, each in a transaction of its own; how many offers."""
    return sum(fill_free_places(programme, at=at) for programme in lines_to_fill(at).order_by("pk"))


def _gives(programme: Programme, at: datetime) -> bool:
    """Whether a place may still be of use: enrolment has opened, and once it runs a session lies ahead."""
    if programme.status == Programme.Status.RUNNING:
        return Session.objects.filter(programme=programme).coming(at).exists()
    return programme.status in GIVING


def _night(at: datetime) -> dict[str, int]:
    day = local_day(at)
    return {"night_from": value(NIGHT_FROM, day), "night_until": value(NIGHT_UNTIL, day)}


def _offer(programme: Programme, application: Application, at: datetime) -> None:
    until_at = offer_end(at, minutes=value(OFFER_MINUTES, local_day(at)), **_night(at))
    Offer.objects.create(application=application, programme=programme, offered_at=at, until_at=until_at)
    application.seats.filter(state=Seat.State.ASKED).update(state=Seat.State.HELD)
    step(application, Status.OFFERED, offered_until_at=until_at)
    facts = {"programme": programme.pk, "seats": application.size, "until": until_at}
    record_act("offer_place", application.subject, by=None, at=at, facts=facts)
    said = {"title": programme.titles, "until": notices.moments_of(until_at)}
    tell([application.applicant], notices.PLACE_OFFERED, at=at, url=programme.page, facts=said, own=True)


def _expire_offers(programme: Programme, at: datetime) -> bool:
    """Offers that nobody answered in time are over, and their families leave the list; whether there were any."""
    over = Application.objects.filter(programme=programme, status=Status.OFFERED, offered_until_at__lte=at)
    rows = list(over.select_for_update(of=["self"], no_key=True).select_related("applicant").order_by("pk"))
    for application in rows:
        end_offer(application, Offer.State.EXPIRED, at)
        application.seats.filter(state__in=Seat.LIVE).update(state=Seat.State.RELEASED)
        step(application, Status.EXPIRED, offered_until_at=None, ended_at=at)
        facts = {"programme": programme.pk, "seats": application.size}
        record_act("expire_offer", application.subject, by=None, at=at, facts=facts)
    people = [application.applicant for application in rows]
    tell(people, notices.OFFER_EXPIRED, at=at, url=programme.page, facts={"title": programme.titles}, own=True)
    return bool(rows)


def end_offer(application: Application, state: str, at: datetime) -> None:
    """The live offer of an application, if it has one, is answered or withdrawn."""
    application.offers.filter(state=Offer.State.LIVE).update(state=state, answered_at=at)
