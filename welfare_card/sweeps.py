"""Work of the card that is done again and again."""

from welfare_card.actions.papers import erase_papers
from welfare_card.actions.waiting_work import admit_waiting_lists, advance_imports, recount_answer_days, settle_batches

SWEEPS = {}


SWEEPS |= {
    "advance_imports": (advance_imports, 5),
    "settle_batches": (settle_batches, 5),
    "admit_waiting_lists": (admit_waiting_lists, 60),
    "recount_answer_days": (recount_answer_days, 300),
    "erase_papers": (erase_papers, 24 * 3600),
}
