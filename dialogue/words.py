"""How the public log says the acts of the hall."""

from django.utils.translation import gettext_lazy as _

from taar.journal.words import register

register(
    {
        "publish_thread": _("A thread was published"),
        "publish_contribution": _("A contribution was published"),
        "reject_thread": _("A thread was not published"),
        "reject_contribution": _("A contribution was not published"),
    }
)

register(
    {
        "acknowledge_thread": _("A body named who owns a thread"),
        "check_answer": _("An answer was checked by a second person"),
        "return_answer": _("An answer was given back to its drafter"),
        "publish_answer": _("An official answer was published"),
        "extend_term": _("The term of an answer was extended"),
        "ask_transfer": _("A body asked to hand a thread over"),
        "accept_transfer": _("A thread was handed over"),
        "refuse_transfer": _("A body did not accept a thread"),
        "assign_thread": _("The secretariat named the body that answers"),
        "escalate_thread": _("A late answer was reported higher"),
        "raise_alarm": _("A body owes answers and its answering post is empty"),
        "reopen_thread": _("An answer was disputed and the thread opened again"),
        "note_progress": _("Progress on a promise was noted"),
        "move_due_date": _("The day of a promise was moved"),
        "claim_done": _("A promise was said to be done"),
        "confirm_commitment": _("A promise was confirmed as kept"),
        "dispute_commitment": _("A promise was disputed"),
        "drop_commitment": _("A promise was given up with a reason"),
    }
)
