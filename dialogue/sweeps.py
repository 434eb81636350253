"""Work of the hall that is done again and again."""

from datetime import timedelta

from dialogue.actions.appeals import lapse_appeals
from dialogue.actions.clock import recount_due_dates
from dialogue.actions.commitments import ask_whether_kept
from dialogue.actions.escalations import alarm_of_empty_posts, remind_of_answers
from dialogue.actions.transfers import accept_silent_transfers

SWEEPS = {"recount_due_dates": (recount_due_dates, timedelta(minutes=1).total_seconds())}

SWEEPS["remind_of_answers"] = (remind_of_answers, timedelta(hours=1).total_seconds())
SWEEPS["accept_silent_transfers"] = (accept_silent_transfers, timedelta(minutes=10).total_seconds())
SWEEPS["alarm_of_empty_posts"] = (alarm_of_empty_posts, timedelta(hours=1).total_seconds())
SWEEPS["ask_whether_kept"] = (ask_whether_kept, timedelta(hours=1).total_seconds())
from dialogue.actions.hiding import end_provisional_hidings
from dialogue.actions.storms import forget_networks

SWEEPS = {"recount_due_dates": (recount_due_dates, timedelta(minutes=1).total_seconds())}
SWEEPS |= {
    "end_provisional_hidings": (end_provisional_hidings, timedelta(minutes=1).total_seconds()),
    "lapse_appeals": (lapse_appeals, timedelta(minutes=10).total_seconds()),
    "forget_networks": (forget_networks, timedelta(hours=1).total_seconds()),
}
from dialogue.actions.follows import tell_followers

SWEEPS = {"recount_due_dates": (recount_due_dates, timedelta(minutes=1).total_seconds())}
SWEEPS["tell_followers"] = (tell_followers, timedelta(minutes=1).total_seconds())
