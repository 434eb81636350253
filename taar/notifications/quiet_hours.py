"""When a message may reach a phone: pure; hours are hours in Tehran."""

from datetime import datetime, time, timedelta

from taar.lib.jalali import TEHRAN


def is_quiet(at: datetime, quiet_from: int, quiet_until: int) -> bool:
    """Whether a moment lies in the night's quiet hours; `quiet_from` 24 means that the evening has none."""
    hour = at.astimezone(TEHRAN).hour
    return hour >= quiet_from or hour < quiet_until


def first_allowed(at: datetime, quiet_from: int, quiet_until: int) -> datetime:
    """The moment itself, or in quiet hours the end of them."""
    if not is_quiet(at, quiet_from, quiet_until):
        return at
    here = at.astimezone(TEHRAN)
    day = here.date() + timedelta(days=1) if here.hour >= quiet_from else here.date()
    return datetime.combine(day, time(quiet_until), TEHRAN)
