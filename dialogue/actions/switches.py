"""Switches of the staff: slow the hall down for a time, in public and with a reason."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from dialogue.actions.decisions import clean_reason
from dialogue.models import Switch, Thread
from dialogue.permissions.moderation import can_set_switches
from dialogue.queries.switches import forget_switches
from taar.journal.actions import record
from taar.lib.jalali import local_day
from taar.lib.refusals import Refused
from taar.organizations.models import Duty
from taar.organizations.queries import standing_of


@transaction.atomic
def set_switch(
    kind: str,
    *,
    by,
    at: datetime,
    reason: str,
    axis: str = "",
    place=None,
    thread: Thread | None = None,
    until_at: datetime | None = None,
) -> Switch:
    """Set a switch with a public reason, for one room when it pauses a room; one of a kind and room holds at a time."""
    _refuse_stranger(by, at)
    reason = clean_reason(reason)
    if until_at is not None and until_at <= at:
        raise Refused(_("The end lies in the past."), field="until_at")
    if (kind == Switch.Kind.PAUSE_ROOM) != (sum(map(bool, (axis, place, thread))) == 1):
        raise Refused(_("Choose one room to pause: an axis, a place or a thread. Other switches have no room."))
    room = {"axis": axis, "place": place, "thread": thread}
    Switch.objects.filter(kind=kind, **room, ended_at__isnull=True, until_at__lte=at).update(ended_at=at)
    office = standing_of(by, local_day(at)).label_for(Duty.SWITCHES)
    try:
        with transaction.atomic():
            switch = Switch.objects.create(
                kind=kind, **room, reason=reason, by=by, office=office, since_at=at, until_at=until_at
            )
    except IntegrityError:
        raise Refused(_("This switch is set already."))
    _record(switch, "set_switch", by=by, at=at, office=office)
    return switch


@transaction.atomic
def end_switch(switch: Switch, *, by, at: datetime) -> None:
    """End a switch before its time."""
    _refuse_stranger(by, at)
    if not Switch.objects.filter(pk=switch.pk, ended_at__isnull=True).update(ended_at=at):
        raise Refused(_("This switch has ended already."))
    office = standing_of(by, local_day(at)).label_for(Duty.SWITCHES)
    _record(switch, "end_switch", by=by, at=at, office=office)


def _refuse_stranger(by, at: datetime) -> None:
    if not can_set_switches(by, at=at):
        raise Refused(_("Switches are set by the post that is there for them."))


def _record(switch: Switch, verb: str, *, by, at: datetime, office: str) -> None:
    facts = {"kind": switch.kind, "reason": switch.reason, "until": switch.until_at}
    room = {
        "axis": switch.axis,
        "place": switch.place.code if switch.place else "",
        "thread": switch.thread.code if switch.thread else "",
    }
    facts |= {name: code for name, code in room.items() if code}
    record(verb, f"switch:{switch.pk}", by=by, at=at, post=office, facts=facts)
    forget_switches()
    transaction.on_commit(forget_switches)
