"""What keeps a programme from being sent, field by field: asked while it is written, and again by the verbs."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sports_boards.models import Audience, BookablePart, Booking, Coach, OpeningRule, Programme
from sports_boards.opening_hours import Closed, Hours, why_closed
from sports_boards.queries.days import Slot, fall_of, slots_of
from taar.lib.jalali import TEHRAN, format_day, local_day
from taar.lib.refusals import Reason

NEEDED = (
    "title_fa", "audience", "season", "place", "capacity", "starts_on", "starts_at", "ends_at", "enrol_until_at",
)  # fmt: skip
ADULT_AT = 18


def reasons_against(
    programme: Programme, *, parts: Sequence[BookablePart], coaches: Sequence[Coach], at: datetime
) -> list[Reason]:
    """Everything that keeps a programme, saved or not, from being sent; the code of a reason is the name of a field."""
    found = [*shape_faults(programme), *_missing(programme)]
    if found:
        return found
    days, fault = _days(programme)
    if fault:
        return [fault]
    slots = slots_of(programme, days)
    asked = [*parts, *hours_of_coaches(coaches)]
    found += _deadline_faults(programme, slots, at)
    found += _ground_faults(programme, parts)
    found += coach_faults(programme, coaches, days)
    return found + hours_faults(asked, slots, wants=wants_of(programme))


def shape_faults(programme: Programme) -> list[Reason]:
    """What cannot even be saved as a draft: ranges that are turned around, and numbers that do not fit together."""
    found = []
    if _is_turned(programme.least_age, programme.most_age):
        found.append(Reason("most_age", _("The age range is turned around.")))
    if _is_turned(programme.starts_on, programme.ends_on):
        found.append(Reason("ends_on", _("The last day cannot be before the first one.")))
    if programme.starts_at and programme.ends_at and programme.ends_at <= programme.starts_at:
        found.append(Reason("ends_at", _("A session ends after it begins, on the same day.")))
    if programme.capacity is not None and programme.capacity < max(programme.minimum, 1):
        found.append(Reason("minimum", _("It cannot need more people than it has places.")))
    if programme.capacity is not None and programme.held_places + programme.taken > programme.capacity:
        found.append(Reason("held_places", _("More places are kept back than there are.")))
    if not 0 <= programme.residents_share <= 100:
        found.append(Reason("residents_share", _("A share is from 0 to 100 percent.")))
    return found


def coach_faults(programme: Programme, coaches: Sequence[Coach], days: Sequence[date]) -> list[Reason]:
    """Coaches whose licence or check does not hold on every day, and women's sessions without a woman."""
    if not coaches:
        return [Reason("coaches", _("A programme needs a coach."))]
    found = []
    if any(not coach.is_fit_on(day) for coach in coaches for day in days):
        found.append(
            Reason("coaches", _("The licence or the safeguarding check of a coach does not hold until the end."))
        )
    if programme.is_for_women and not any(coach.is_woman for coach in coaches):
        found.append(Reason("coaches", _("A programme for women and girls needs a woman coach.")))
    return found


def hours_faults(
    parts: Sequence[BookablePart], slots: Sequence[Slot], *, wants: str, but: Iterable[int] = ()
) -> list[Reason]:
    """Parts that are closed, open for others, or taken at some hours; `but` names sessions whose bookings give way."""
    found = []
    rules: dict[int, list[Hours]] = {}
    for rule in OpeningRule.objects.filter(part__in=parts):
        hours = Hours(rule.weekday, rule.opens_at, rule.closes_at, rule.window, rule.from_on, rule.until_on)
        rules.setdefault(rule.part_id, []).append(hours)
    busy = _busy(parts, slots, but)
    for part in parts:
        if not part.active:
            found.append(Reason("parts", _("%(part)s cannot be booked now.") % {"part": part.name}))
            continue
        fault = _first_closed(part, slots, rules.get(part.pk, []), wants) or _first_taken(part, slots, busy)
        if fault:
            found.append(fault)
    return found


def hours_of_coaches(coaches: Iterable[Coach]) -> list[BookablePart]:
    """The bookable hours of coaches who have such."""
    return list(BookablePart.objects.filter(coach__in=[coach.pk for coach in coaches]).order_by("pk"))


def wants_of(programme: Programme) -> str:
    """Which windows of a part a programme's audience needs."""
    if programme.is_for_women:
        return "women"
    return "men" if programme.audience == Audience.MEN else "anyone"


def _missing(programme: Programme) -> list[Reason]:
    needed = list(NEEDED)
    found = []
    if programme.kind != Programme.Kind.EVENT:
        needed.append("rule")
        if (programme.ends_on is None) == (programme.meetings is None):
            found.append(Reason("meetings", _("Say either the last day or the number of sessions.")))
    elif programme.rule or programme.meetings or programme.ends_on != programme.starts_on:
        found.append(Reason("ends_on", _("An event is on one day.")))
    if programme.audience in (Audience.GIRLS, Audience.CHILDREN) and (programme.most_age or 999) > ADULT_AT:
        found.append(Reason("most_age", _("A programme for children says up to which age, at most 18.")))
    empty = [name for name in needed if getattr(programme, name) in (None, "")]
    return [*(Reason(name, _("This is needed.")) for name in empty), *found]


def _days(programme: Programme) -> tuple[tuple[date, ...], Reason | None]:
    try:
        days = fall_of(programme).days
    except ValueError:
        return (), Reason("rule", _("This is no rule of weeks that the house knows."))
    return days, None if days else Reason("rule", _("On these days and weeks the programme never takes place."))


def _deadline_faults(programme: Programme, slots: Sequence[Slot], at: datetime) -> list[Reason]:
    if programme.enrol_until_at <= at:
        return [Reason("enrol_until_at", _("The deadline for enrolment has passed."))]
    if slots[0].starts_at <= at:
        return [Reason("starts_on", _("The first session has passed."))]
    if programme.kind != Programme.Kind.SERIES and programme.enrol_until_at > slots[0].starts_at:
        return [Reason("enrol_until_at", _("Enrolment ends before the first session."))]
    return []


def _ground_faults(programme: Programme, parts: Sequence[BookablePart]) -> list[Reason]:
    """Whether place, parts and the card's service fit one another."""
    found = []
    if programme.venue_id and programme.family and programme.family not in programme.venue.families:
        found.append(Reason("family", _("This venue is not for this service.")))
    ground = [part for part in parts if part.venue_id]
    if any(part.venue_id != programme.venue_id for part in ground):
        found.append(Reason("parts", _("The parts are those of the programme's venue.")))
    if programme.indoor and any(not part.indoor for part in ground):
        found.append(Reason("indoor", _("A part of this programme is outdoors.")))
    room = [part.capacity for part in ground]
    if room and None not in room and sum(room) < programme.capacity:
        found.append(Reason("capacity", _("The parts do not hold so many people.")))
    return found


def _busy(parts: Sequence[BookablePart], slots: Sequence[Slot], but: Iterable[int]) -> dict[int, list[Any]]:
    """What is booked of the parts between the first and the last hour."""
    if not parts or not slots:
        return {}
    first, last = min(slot.starts_at for slot in slots), max(slot.ends_at for slot in slots)
    rows = Booking.objects.live().within(first, last).filter(part__in=parts)
    busy: dict[int, list[Any]] = {}
    for part, session, during in rows.values_list("part_id", "session_id", "during"):
        if session is None or session not in set(but):
            busy.setdefault(part, []).append(during)
    return busy


def _first_closed(part: BookablePart, slots: Sequence[Slot], rules: list[Hours], wants: str) -> Reason | None:
    for slot in slots:
        starts, ends = slot.starts_at.astimezone(TEHRAN), slot.ends_at.astimezone(TEHRAN)
        why = why_closed(rules, starts.date(), starts.time(), ends.time(), wants=wants)
        if why is Closed.WINDOW:
            return Reason("parts", _("%(part)s is open for others at these hours.") % {"part": part.name})
        if why is Closed.HOURS:
            return Reason("parts", _("%(part)s is closed at these hours.") % {"part": part.name})
    return None


def _first_taken(part: BookablePart, slots: Sequence[Slot], busy: dict[int, list[Any]]) -> Reason | None:
    for slot in slots:
        if any(taken.lower < slot.ends_at and slot.starts_at < taken.upper for taken in busy.get(part.pk, [])):
            said = {"part": part.name, "day": format_day(local_day(slot.starts_at), get_language() or "fa")}
            return Reason("parts", _("%(part)s is taken on %(day)s.") % said)
    return None


def _is_turned(first: Any, last: Any) -> bool:
    return first is not None and last is not None and last < first
