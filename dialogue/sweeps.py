"""Work of the hall that is done again and again."""

from dialogue.actions.appeals import lapse_appeals
from dialogue.actions.attachments import drop_unattached_files
from dialogue.actions.clock import recount_due_dates
from dialogue.actions.commitments import ask_whether_kept
from dialogue.actions.escalations import alarm_of_empty_posts, remind_of_answers
from dialogue.actions.follows import tell_followers
from dialogue.actions.hiding import end_provisional_hidings
from dialogue.actions.storms import forget_networks
from dialogue.actions.transfers import accept_silent_transfers

MINUTE, HOUR = 60, 3600

SWEEPS = {
    "recount_due_dates": (recount_due_dates, MINUTE),
    "tell_followers": (tell_followers, MINUTE),
    "end_provisional_hidings": (end_provisional_hidings, MINUTE),
    "accept_silent_transfers": (accept_silent_transfers, 10 * MINUTE),
    "lapse_appeals": (lapse_appeals, 10 * MINUTE),
    "remind_of_answers": (remind_of_answers, HOUR),
    "alarm_of_empty_posts": (alarm_of_empty_posts, HOUR),
    "ask_whether_kept": (ask_whether_kept, HOUR),
    "drop_unattached_files": (drop_unattached_files, HOUR),
    "forget_networks": (forget_networks, HOUR),
}
