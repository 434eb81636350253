"""Until when an offer stands: pure. The night does not count; which hours are night is said by whoever asks."""

from datetime import datetime, time, timedelta

from taar.lib.jalali import TEHRAN, day_start


def is_night(at: datetime, *, night_from: int, night_until: int) -> bool:
    """Whether a moment lies in the night, by hours in Tehran; `night_from` 24 means that the evening has none."""
    hour = at.astimezone(TEHRAN).hour
    return hour >= night_from or hour < night_until


def offer_end(at: datetime, *, minutes: int, night_from: int, night_until: int) -> datetime:
    """The end of an offer made by day: so many minutes of daytime later, the rest of them on the next morning."""
    here, left = at.astimezone(TEHRAN), timedelta(minutes=minutes)
    while True:
        tomorrow = here.date() + timedelta(days=1)
        night = datetime.combine(here.date(), time(night_from), TEHRAN) if night_from < 24 else day_start(tomorrow)
        if here + left <= night:
            return here + left
        here, left = datetime.combine(tomorrow, time(night_until), TEHRAN), left - (night - here)
