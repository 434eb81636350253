"""Which switches hold now, read often and cheaply, and what the pages say of them."""

import time
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Min
from django.utils.translation import gettext as _

from dialogue import numbers as n
from dialogue.models import ModerationItem, Switch, Thread
from taar.lib.numbers import value
from taar.lib.refusals import Refused

# Long enough to spare queries, short enough that nobody waits for a switch.
KEPT_SECONDS = 5.0
Kind = Switch.Kind
_kept: dict[str, Any] = {"until": 0.0, "switches": [], "waiting": 0, "oldest_at": None}


def switches_in_force(at: datetime) -> list[Switch]:
    """The switches that hold at a moment; kept for some seconds in this process."""
    _read_again()
    return [switch for switch in _kept["switches"] if switch.holds(at)]


def forget_switches() -> None:
    """Read the table again at the next question."""
    _kept["until"] = 0.0


def holds_all(at: datetime) -> bool:
    """Whether every new text waits for a moderator now."""
    return any(switch.kind == Kind.HOLD_ALL for switch in switches_in_force(at))


def refuse_when_closed(thread: Thread | None = None, *, at: datetime, place=None, axis: str = "") -> None:
    """Refuse new words while the hall is read-only or the room (an axis, a place or a thread) is paused."""
    place = place or (thread.place if thread else None)
    axis = axis or (thread.axis if thread else "")
    for switch in switches_in_force(at):
        if switch.kind == Kind.READ_ONLY or (switch.kind == Kind.PAUSE_ROOM and _is_room(switch, thread, place, axis)):
            raise Refused(sentence_of(switch))


def refuse_supports(at: datetime) -> None:
    """Refuse supports while they are paused or the hall is read-only."""
    for switch in switches_in_force(at):
        if switch.kind in (Kind.READ_ONLY, Kind.PAUSE_SUPPORTS):
            raise Refused(sentence_of(switch))


def hall_notices(at: datetime) -> list[str]:
    """What every page says now: the switches in force, and that moderators are behind."""
    said = [sentence_of(switch) for switch in switches_in_force(at)]
    if is_behind(at):
        said.append(_("Many texts wait for moderators now; it may take longer than 12 hours until yours is read."))
    return said


def is_behind(at: datetime) -> bool:
    """Whether more texts wait than the house allows, or the oldest for longer."""
    _read_again()
    oldest = _kept["oldest_at"]
    longest = timedelta(hours=value(n.LONGEST_WAIT_HOURS))
    return _kept["waiting"] > value(n.MOST_WAITING) or (oldest is not None and at - oldest > longest)


def sentence_of(switch: Switch) -> str:
    """What a switch does and why, for everybody."""
    sentences = {
        Kind.READ_ONLY: _("The hall can only be read now: %(reason)s"),
        Kind.PAUSE_ROOM: _("“%(room)s” takes no new words now: %(reason)s"),
        Kind.PAUSE_SUPPORTS: _("No supports are taken now: %(reason)s"),
        Kind.HOLD_ALL: _("Every new text is read by a moderator first now: %(reason)s"),
    }
    return sentences[switch.kind] % {"room": room_of(switch), "reason": switch.reason}


def room_of(switch: Switch) -> str:
    """The room of a switch in words; nothing when it is the whole hall."""
    if switch.axis:
        return switch.get_axis_display()
    if switch.place_id:
        return switch.place.label
    return switch.thread.code if switch.thread_id else ""


def _is_room(switch: Switch, thread: Thread | None, place, axis: str) -> bool:
    if switch.axis:
        return switch.axis == axis
    if switch.place_id:
        return place is not None and (place.pk == switch.place_id or switch.place_id in place.ancestors)
    return thread is not None and switch.thread_id == thread.pk


def _read_again() -> None:
    now = time.monotonic()
    if now < _kept["until"]:
        return
    rows = Switch.objects.filter(ended_at__isnull=True).select_related("place__county", "thread")
    _kept["switches"] = list(rows.order_by("since_at", "pk"))
    waiting = ModerationItem.objects.filter(settled_at__isnull=True, cause__in=ModerationItem.OF_TEXTS)
    _kept.update(waiting.aggregate(waiting=Count("pk"), oldest_at=Min("came_at")))
    _kept["until"] = now + KEPT_SECONDS
