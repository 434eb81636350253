"""Work of the hall that is done again and again."""

from datetime import timedelta

from dialogue.actions.clock import recount_due_dates
from dialogue.actions.follows import tell_followers

SWEEPS = {"recount_due_dates": (recount_due_dates, timedelta(minutes=1).total_seconds())}
SWEEPS["tell_followers"] = (tell_followers, timedelta(minutes=1).total_seconds())
