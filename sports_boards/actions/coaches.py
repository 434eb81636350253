"""Verbs of coaches: registered with a licence, renewed, named in public only as long as they agree."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from sports_boards.actions.recording import record_act
from sports_boards.actions.wording import needed_line
from sports_boards.models import Board, Coach
from taar.lib.jalali import local_day
from taar.lib.refusals import Refused
from taar.organizations.models import Duty


@transaction.atomic
def register_coach(
    board: Board, *, person: Any, licence_number: str, licence_until_on: date, by: Any, at: datetime,
    safeguarding_until_on: date | None = None,
) -> Coach:  # fmt: skip
    """Register a person as a coach of a board, once, with a licence that still holds."""
    licence_number = _licence(licence_number, licence_until_on, at)
    try:
        with transaction.atomic():
            coach = Coach.objects.create(
                board=board, person=person, licence_number=licence_number, licence_until_on=licence_until_on,
                safeguarding_until_on=safeguarding_until_on, since_on=local_day(at),
            )  # fmt: skip
    except IntegrityError as twice:
        raise Refused(_("This person is a coach of the board already."), field="person") from twice
    _record("register_coach", coach, by=by, at=at)
    return coach


@transaction.atomic
def renew_coach(
    coach: Coach, *, licence_number: str, licence_until_on: date, safeguarding_until_on: date | None, by: Any,
    at: datetime,
) -> Coach:  # fmt: skip
    """Write a new licence and safeguarding check of a coach; who has stopped coaches again from then on."""
    licence_number = _licence(licence_number, licence_until_on, at)
    Coach.objects.filter(pk=coach.pk).update(
        licence_number=licence_number, licence_until_on=licence_until_on, safeguarding_until_on=safeguarding_until_on,
        ended_on=None,
    )  # fmt: skip
    coach.refresh_from_db()
    _record("renew_coach", coach, by=by, at=at)
    return coach


@transaction.atomic
def agree_to_be_named(coach: Coach, *, agrees: bool, by: Any, at: datetime) -> Coach:
    """A coach says whether the public may read their name; nobody says it for them."""
    if by.pk != coach.person_id:
        raise Refused(_("Only the coach can say so."))
    rows = Coach.objects.filter(pk=coach.pk, named_at__isnull=agrees)
    if not rows.update(named_at=at if agrees else None):
        raise Refused(_("This was said already."))
    coach.refresh_from_db()
    record_act("agree_to_be_named", f"coach:{coach.pk}", by=by, at=at, facts={"agrees": agrees})
    return coach


@transaction.atomic
def end_coach(coach: Coach, *, ended_on: date, by: Any, at: datetime) -> Coach:
    """Say from which day on a coach coaches no more, once."""
    if ended_on < coach.since_on:
        raise Refused(_("The end must be after the beginning."), field="ended_on")
    if not Coach.objects.filter(pk=coach.pk, ended_on=None).update(ended_on=ended_on):
        raise Refused(_("This coach has stopped already."))
    coach.refresh_from_db()
    _record("end_coach", coach, by=by, at=at)
    return coach


def _licence(number: str, until_on: date, at: datetime) -> str:
    number = needed_line(number, "licence_number", _("Write the number of the licence."), most=60)
    if until_on <= local_day(at):
        raise Refused(_("This licence has expired."), field="licence_until_on")
    return number


def _record(verb: str, coach: Coach, *, by: Any, at: datetime) -> None:
    facts = {"board": coach.board.code, "licence_until_on": coach.licence_until_on, "ended_on": coach.ended_on}
    facts |= {"safeguarding_until_on": coach.safeguarding_until_on}
    record_act(verb, f"coach:{coach.pk}", by=by, at=at, board=coach.board, duty=Duty.BOARDS, facts=facts)
