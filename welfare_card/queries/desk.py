"""What a desk knows: all that one device needs while it is cut off."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import F

from taar.lib.jalali import local_day
from taar.lib.numbers import value
from welfare_card.card_code import Flag
from welfare_card.models import Card, Device, Emergency, Lease, Outcome, RosterEntry, Tier, WomensHours
from welfare_card.numbers import CLOCK_MINUTES
from welfare_card.status_list import AGES

# As long as the oldest list that a desk may still go by.
ROSTER_DAYS = AGES[-1][0].days
LIST_HOURS = {
    name: int(age.total_seconds() // 3600) for name, (age, _state) in zip(("fresh", "amber", "last"), AGES, strict=True)
}


def bundle_of(device: Device, at: datetime) -> dict[str, Any]:
    """What a device may let in offline, and by which rules; a blocked device holds nothing.

    `gapless` was read with the device, before what it holds: a record that is judged in between is counted twice by the
    desk until its next bundle, never not at all.
    """
    day, blocked = local_day(at), device.blocked_at is not None
    return {
        "now": at.isoformat(),
        "device": {
            "id": device.pk,
            "gapless": device.gapless_seq,
            "last_hash": device.last_hash,
            "blocked": blocked,
        },
        "venue": {"id": device.venue_id, "name": device.venue.name, "families": device.venue.families},
        "held": [] if blocked else _held_by(device, at),
        "emergency": None if blocked else _emergency_of(device, day),
        "womens_hours": [_hours(row) for row in WomensHours.objects.on(day).filter(venue=device.venue_id)],
        "words": {outcome.value: str(outcome.label) for outcome in Outcome},
        "list_hours": LIST_HOURS,
        "clock_minutes": value(CLOCK_MINUTES),
    }


def _held_by(device: Device, at: datetime) -> list[dict[str, Any]]:
    """Booked visits of the venue (T1) and leases of the device (T2), each with the card that its holder carries."""
    day = local_day(at)
    booked = RosterEntry.objects.filter(venue=device.venue_id, state=RosterEntry.State.HELD)
    booked = booked.filter(on__gte=day, on__lt=day + timedelta(days=ROSTER_DAYS)).select_related("allowance")
    leased = Lease.objects.filter(device=device, closed_at=None, until_at__gt=at, used__lt=F("visits"))
    held = [(entry.allowance, {"tier": Tier.T1.value, "on": entry.on, "until": None, "left": 1}) for entry in booked]
    for lease in leased.select_related("allowance"):
        about = {"on": None, "until": lease.until_at.isoformat(), "left": lease.visits - lease.used}
        held.append((lease.allowance, {"tier": Tier.T2.value} | about))
    cards = active_cards({allowance.person_id for allowance, _about in held})
    found = ((cards.get(allowance.person_id), allowance, about) for allowance, about in held)
    return [_of_card(card) | {"family": allowance.family} | about for card, allowance, about in found if card]


def active_cards(people: set[int]) -> dict[int, Card]:
    """The working card of each of these people, where there is one."""
    fields = ("index", "generation", "number", "short_name", "flags", "person_id")
    rows = Card.objects.filter(person__in=people, status=Card.Status.ACTIVE).only(*fields)
    return {card.person_id: card for card in rows}


def _of_card(card: Card) -> dict[str, Any]:
    return {
        "index": card.index,
        "generation": card.generation,
        "number": card.number,
        "name": card.short_name,
        "guardian": bool(card.flags & Flag.GUARDIAN_NEEDED),
        "woman": bool(card.flags & Flag.WOMAN),
        "women_only": bool(card.flags & Flag.WOMENS_SESSIONS_ONLY),
    }


def _emergency_of(device: Device, day: date) -> dict[str, Any] | None:
    """The next emergency day of the device, today at the earliest."""
    row = Emergency.objects.filter(device=device, on__gte=day).order_by("on").first()
    return {"on": row.on, "left": row.visits - row.used} if row else None


def _hours(row: WomensHours) -> dict[str, Any]:
    opens, closes = f"{row.opens_at:%H:%M}", f"{row.closes_at:%H:%M}"
    return {"weekday": row.weekday, "opens": opens, "closes": closes, "family": row.family}
