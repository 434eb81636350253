"""Work of the card that is done again and again."""

from datetime import timedelta

from welfare_card.actions.devices import alarm_gaps
from welfare_card.actions.leases import close_ended_leases, release_missed

SWEEPS = {}
SWEEPS["close_ended_leases"] = (close_ended_leases, timedelta(minutes=10).total_seconds())
SWEEPS["release_missed"] = (release_missed, timedelta(minutes=10).total_seconds())
SWEEPS["alarm_gaps"] = (alarm_gaps, timedelta(hours=1).total_seconds())
