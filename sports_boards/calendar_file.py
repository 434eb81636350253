"""Calendar files (RFC 5545): pure, from what a calendar shows to the bytes that a phone reads.

A meeting keeps its UID for good, also when it goes to another day; SEQUENCE rises with every change that it shows.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event, Timezone, TimezoneStandard, vText

from taar.lib.jalali import TEHRAN

ZONE = "Asia/Tehran"
MAKER = "-//Khuzestan Hall//Sports boards//FA"
ASK_AGAIN = timedelta(hours=4)
# Since the last change of clocks in Iran; before that day there were no boards here.
SINCE, BEFORE, OFFSET = datetime(2022, 9, 22), timedelta(hours=4, minutes=30), timedelta(hours=3, minutes=30)  # noqa: DTZ001 – by the clock on the wall


@dataclass(frozen=True)
class Meeting:
    """What a calendar shows of one meeting; `state` is CONFIRMED, TENTATIVE or CANCELLED."""

    uid: str
    sequence: int
    state: str
    starts_at: datetime
    ends_at: datetime
    title: str
    where: str
    about: str
    url: str
    changed_at: datetime


def calendar_of(name: str, meetings: Iterable[Meeting]) -> bytes:
    """A calendar of meetings in the zone of Tehran; long lines are folded between letters, never within one."""
    calendar = Calendar()
    for word, said in {
        "prodid": MAKER, "version": "2.0", "calscale": "GREGORIAN", "method": "PUBLISH", "name": name,
        "x-wr-calname": name, "x-wr-timezone": ZONE,
    }.items():  # fmt: skip
        calendar.add(word, vText(said))
    calendar.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", ASK_AGAIN)
    calendar.add_component(_tehran())
    for meeting in meetings:
        calendar.add_component(_event(meeting))
    return calendar.to_ical()


def _tehran() -> Timezone:
    """Iran has had one time since it gave up summer time in 2022."""
    zone, standard = Timezone(), TimezoneStandard()
    zone.add("tzid", ZONE)
    standard.add("dtstart", SINCE)
    standard.add("tzoffsetfrom", BEFORE)
    standard.add("tzoffsetto", OFFSET)
    standard.add("tzname", "+0330")
    zone.add_component(standard)
    return zone


def _event(meeting: Meeting) -> Event:
    event = Event()
    event.add("uid", meeting.uid)
    event.add("sequence", meeting.sequence)
    event.add("status", meeting.state)
    event.add("dtstamp", meeting.changed_at.astimezone(UTC))
    event.add("last-modified", meeting.changed_at.astimezone(UTC))
    event.add("dtstart", meeting.starts_at.astimezone(TEHRAN))
    event.add("dtend", meeting.ends_at.astimezone(TEHRAN))
    event.add("summary", meeting.title)
    event.add("url", meeting.url)
    # Who has called it off needs the hours no longer.
    event.add("transp", "TRANSPARENT" if meeting.state == "CANCELLED" else "OPAQUE")
    for word, said in {"location": meeting.where, "description": meeting.about}.items():
        if said:
            event.add(word, said)
    return event
