"""Figures of the portal that are measured again and again, so that no reader waits for them."""

from datetime import datetime, timedelta

from taar.lib.jalali import local_day
from taar.portal.queries import measure_scoreboard


def refresh_scoreboard(at: datetime) -> int:
    """Measure how the bodies keep their word; safe to run twice."""
    return measure_scoreboard(local_day(at))


SWEEPS = {"refresh_scoreboard": (refresh_scoreboard, timedelta(minutes=10).total_seconds())}
