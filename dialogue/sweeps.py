"""Work of the hall that is done again and again."""

from datetime import timedelta

from dialogue.actions.clock import recount_due_dates

SWEEPS = {"recount_due_dates": (recount_due_dates, timedelta(minutes=1).total_seconds())}
