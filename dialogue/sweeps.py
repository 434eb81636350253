"""Work of the hall that is done again and again."""

from datetime import timedelta

from dialogue.actions.appeals import lapse_appeals
from dialogue.actions.clock import recount_due_dates
from dialogue.actions.hiding import end_provisional_hidings
from dialogue.actions.storms import forget_networks

SWEEPS = {"recount_due_dates": (recount_due_dates, timedelta(minutes=1).total_seconds())}
SWEEPS |= {
    "end_provisional_hidings": (end_provisional_hidings, timedelta(minutes=1).total_seconds()),
    "lapse_appeals": (lapse_appeals, timedelta(minutes=10).total_seconds()),
    "forget_networks": (forget_networks, timedelta(hours=1).total_seconds()),
}
