"""Work of the hall that is done again and again."""

from datetime import timedelta

from dialogue.actions.attachments import drop_unattached_files
from dialogue.actions.clock import recount_due_dates

SWEEPS = {"recount_due_dates": (recount_due_dates, timedelta(minutes=1).total_seconds())}
SWEEPS |= {"drop_unattached_files": (drop_unattached_files, timedelta(hours=1).total_seconds())}
