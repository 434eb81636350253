"""Acts of an office on the ground beneath: closures, flags, holidays and the numbers of the house.

The rows belong to floors below the journal. Here is the lowest floor that knows both the office that acts and the
journal that keeps the act, so every such act passes through here.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction

from taar.journal.actions import record
from taar.lib import numbers
from taar.lib.models import HouseNumber
from taar.organizations.actions.bodies import office_of
from taar.organizations.models import Duty
from taar.places import actions as ground
from taar.places.models import Closure, Holiday, Place, PlaceFlag

# The label of who acts without a post: the person who set the portal up.
INSTALLER = "installer"


@transaction.atomic
def declare_closure(
    *, by: Any, at: datetime, from_on: date, until_on: date, cause: str, reason: str, places: Iterable[Place]
) -> Closure:
    """An office closes the bodies of some places for some days, in public; due dates move with it."""
    named = list(places)
    label = office_of(by, Duty.CLOSURES, at)
    closure = ground.declare_closure(
        by_label=label or INSTALLER,
        at=at,
        from_on=from_on,
        until_on=until_on,
        cause=cause,
        reason=reason,
        places=named,
    )
    facts = {
        "from_on": from_on,
        "until_on": until_on,
        "cause": cause,
        "reason": closure.reason,
        "places": [place.code for place in named],
    }
    record("declare_closure", f"closure:{closure.pk}", by=by, at=at, post=label, facts=facts)
    return closure


@transaction.atomic
def revoke_closure(closure: Closure, *, by: Any, at: datetime) -> Closure:
    """An office takes a closure back, in public."""
    ground.revoke_closure(closure, at=at)
    facts = {"from_on": closure.from_on, "until_on": closure.until_on}
    record("revoke_closure", f"closure:{closure.pk}", by=by, at=at, post=office_of(by, Duty.CLOSURES, at), facts=facts)
    return closure


@transaction.atomic
def flag_place(
    place: Place, *, by: Any, at: datetime, kind: str, from_on: date, source: str, until_on: date | None = None
) -> PlaceFlag:
    """An office flags a place as pilot or underserved, in public and with its source."""
    flag = ground.flag_place(place, kind=kind, from_on=from_on, source=source, until_on=until_on)
    facts = {"kind": kind, "from_on": from_on, "until_on": until_on, "source": flag.source}
    record("flag_place", f"place:{place.code}", by=by, at=at, post=office_of(by, Duty.CLOSURES, at), facts=facts)
    return flag


@transaction.atomic
def unflag_place(flag: PlaceFlag, *, by: Any, at: datetime, until_on: date) -> PlaceFlag:
    """An office ends a flag of a place, in public."""
    ground.unflag_place(flag, until_on=until_on)
    facts = {"kind": flag.kind, "until_on": until_on}
    office = office_of(by, Duty.CLOSURES, at)
    record("unflag_place", f"place:{flag.place.code}", by=by, at=at, post=office, facts=facts)
    return flag


@transaction.atomic
def set_holiday(on: date, *, by: Any, at: datetime, **about: Any) -> Holiday:
    """An office sets or corrects a public holiday."""
    holiday = ground.set_holiday(on, at=at, **about)
    facts = {"name_fa": holiday.name_fa, "kind": holiday.kind, "estimated": holiday.estimated}
    record("set_holiday", f"holiday:{on}", by=by, at=at, post=office_of(by, Duty.CLOSURES, at), facts=facts)
    return holiday


@transaction.atomic
def withdraw_holiday(holiday: Holiday, *, by: Any, at: datetime) -> Holiday:
    """An office takes a holiday back; the day is a working day again."""
    ground.withdraw_holiday(holiday, at=at)
    office = office_of(by, Duty.CLOSURES, at)
    record("withdraw_holiday", f"holiday:{holiday.on}", by=by, at=at, post=office)
    return holiday


@transaction.atomic
def change_number(key: str, value: Any, *, by: Any, at: datetime, since: date | None = None) -> HouseNumber:
    """An office changes a number of the house from a day on; the journal keeps the old value and the new."""
    before = numbers.value(key, since) if key in {number.key for number in numbers.registered()} else None
    label = office_of(by, Duty.SWITCHES, at)
    row = numbers.change_number(key, value, by_label=label or INSTALLER, at=at, since=since)
    facts = {"before": before, "after": value, "since": row.since}
    record("change_number", f"number:{key}", by=by, at=at, post=label, facts=facts)
    return row
