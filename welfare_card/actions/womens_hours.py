"""Verbs of women's hours: rows with an owner and days, ended and never rewritten."""

from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from taar.journal.actions import record
from taar.lib.jalali import local_day
from taar.lib.refusals import Refused
from taar.organizations.models import Venue
from welfare_card.models import WomensHours


@transaction.atomic
def set_womens_hours(
    venue: Venue,
    *,
    weekday: int,
    opens_at: time,
    closes_at: time,
    owner_label: str,
    from_on: date,
    by: Any,
    at: datetime,
    family: str = "",
) -> WomensHours:
    """From today or a later day on, hours of a weekday at a venue are for women only."""
    if from_on < local_day(at):
        raise Refused(
            _("Women's hours begin today or on a later day: what was said at the door stays."), field="from_on"
        )
    if closes_at <= opens_at:
        raise Refused(_("The hours end after they begin."), field="closes_at")
    if family and family not in venue.families:
        raise Refused(_("This venue is not for this service."), field="family")
    said = {"weekday": weekday, "opens_at": opens_at, "closes_at": closes_at, "family": family, "from_on": from_on}
    hours = WomensHours.objects.create(venue=venue, owner_label=owner_label, **said)
    record("set_womens_hours", f"venue:{venue.pk}", by=by, at=at, facts={"weekday": weekday, "from_on": from_on})
    return hours


@transaction.atomic
def end_womens_hours(hours: WomensHours, *, until_on: date, by: Any, at: datetime) -> WomensHours:
    """Women's hours end with a day from today on; those that have ended stay as they were."""
    today = local_day(at)
    if until_on < max(today, hours.from_on):
        raise Refused(_("Women's hours end today or on a later day."), field="until_on")
    open_rows = WomensHours.objects.on(today) | WomensHours.objects.filter(from_on__gt=today)
    if not open_rows.filter(pk=hours.pk).update(until_on=until_on):
        raise Refused(_("These hours have ended already."), field="until_on")
    facts = {"weekday": hours.weekday, "until_on": until_on}
    record("end_womens_hours", f"venue:{hours.venue_id}", by=by, at=at, facts=facts)
    hours.refresh_from_db()
    return hours
