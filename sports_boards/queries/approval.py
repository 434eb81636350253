"""What an approval will book, cost and displace."""

from dataclasses import dataclass
from datetime import date, timedelta

from sports_boards.models import BookablePart, Programme
from sports_boards.queries.days import Slot, fall_of, slots_of
from sports_boards.queries.why_not import hours_of_coaches


@dataclass(frozen=True)
class Effects:
    """Hours of each part, the rials, the days that are skipped, and other programmes that want the same hours."""

    slots: tuple[Slot, ...]
    parts: tuple[BookablePart, ...]
    hours: timedelta
    cost_rials: int
    skipped: tuple[date, ...]
    displaced: tuple[Programme, ...]


def effects_of(programme: Programme) -> Effects:
    """What the approval of a programme that was sent will do."""
    fell = fall_of(programme)
    slots = slots_of(programme, fell.days)
    parts = asked_parts(programme)
    return Effects(
        slots=tuple(slots),
        parts=tuple(parts),
        hours=sum((slot.ends_at - slot.starts_at for slot in slots), timedelta()),
        cost_rials=programme.cost_rials,
        skipped=fell.skipped,
        displaced=tuple(_displaced(programme, parts, slots)),
    )


def asked_parts(programme: Programme) -> list[BookablePart]:
    """The parts that a programme asks for, with the hours of its coaches."""
    parts = {part.pk: part for part in [*programme.parts.all(), *hours_of_coaches(programme.coaches.all())]}
    return [parts[key] for key in sorted(parts)]


def _displaced(programme: Programme, parts: list[BookablePart], slots: list[Slot]) -> list[Programme]:
    """Programmes that wait for approval too and will no longer find these hours free."""
    rivals = Programme.objects.filter(status=Programme.Status.SUBMITTED, parts__in=parts).exclude(pk=programme.pk)
    return [
        rival
        for rival in rivals.select_related("place", "board__organization").distinct().order_by("pk")
        if _meet(slots, slots_of(rival, fall_of(rival).days))
    ]


def _meet(ours: list[Slot], theirs: list[Slot]) -> bool:
    by_day: dict[date, list[Slot]] = {}
    for slot in ours:
        by_day.setdefault(slot.starts_at.date(), []).append(slot)
    return any(
        slot.starts_at < other.ends_at and other.starts_at < slot.ends_at
        for other in theirs
        for slot in by_day.get(other.starts_at.date(), [])
    )
