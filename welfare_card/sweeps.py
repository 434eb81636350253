"""Work of the card that is done again and again."""

from datetime import timedelta

from welfare_card.actions.batches import sign_waiting_shares
from welfare_card.actions.calls import commit_calls, draw_calls
from welfare_card.actions.cards import expire_cards
from welfare_card.actions.coverage import measure_coverage
from welfare_card.actions.devices import alarm_gaps
from welfare_card.actions.idle import pseudonymise_idle
from welfare_card.actions.leases import close_ended_leases, release_missed
from welfare_card.actions.lists import renew_status_list
from welfare_card.actions.months import close_months, open_statements
from welfare_card.actions.papers import erase_papers
from welfare_card.actions.signs import find_concentration, find_signs
from welfare_card.actions.waiting_work import admit_waiting_lists, advance_imports, recount_answer_days, settle_batches

SWEEPS = {}

SWEEPS |= {
    "advance_imports": (advance_imports, 5),
    "settle_batches": (settle_batches, 5),
    "admit_waiting_lists": (admit_waiting_lists, 60),
    "recount_answer_days": (recount_answer_days, 300),
    "erase_papers": (erase_papers, 24 * 3600),
}

SWEEPS |= {
    "sign_waiting_shares": (sign_waiting_shares, 10),
    "renew_status_list": (renew_status_list, timedelta(minutes=5).total_seconds()),
    "expire_cards": (expire_cards, timedelta(hours=1).total_seconds()),
}

SWEEPS["close_ended_leases"] = (close_ended_leases, timedelta(minutes=10).total_seconds())
SWEEPS["release_missed"] = (release_missed, timedelta(minutes=10).total_seconds())
SWEEPS["alarm_gaps"] = (alarm_gaps, timedelta(hours=1).total_seconds())

SWEEPS |= {
    "measure_coverage": (measure_coverage, timedelta(hours=1).total_seconds()),
    "find_signs": (find_signs, timedelta(hours=1).total_seconds()),
    "find_concentration": (find_concentration, timedelta(days=1).total_seconds()),
    "commit_calls": (commit_calls, timedelta(hours=1).total_seconds()),
    "draw_calls": (draw_calls, timedelta(hours=1).total_seconds()),
    "pseudonymise_idle": (pseudonymise_idle, timedelta(days=1).total_seconds()),
}
SWEEPS["open_statements"] = (open_statements, timedelta(hours=1).total_seconds())
SWEEPS["close_months"] = (close_months, timedelta(hours=1).total_seconds())
