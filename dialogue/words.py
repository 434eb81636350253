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

register(
    {
        "return_thread": _("A thread was returned to its author to be mended"),
        "return_contribution": _("A contribution was returned to its author to be mended"),
        "hide_thread": _("A thread was hidden"),
        "hide_contribution": _("A contribution was hidden"),
        "propose_hiding": _("A moderator proposed to hide a text; a second one decides"),
        "refuse_hiding": _("A second moderator did not agree to hide a text"),
        "mask_thread": _("Words of a thread were masked"),
        "mask_contribution": _("Words of a contribution were masked"),
        "keep_thread": _("A reported thread was kept as it is"),
        "keep_contribution": _("A reported contribution was kept as it is"),
        "restore_thread": _("A hidden thread was shown again"),
        "restore_contribution": _("A hidden contribution was shown again"),
        "lock_thread": _("A thread was closed to new words"),
        "unlock_thread": _("A thread was opened to new words again"),
        "admit_thread": _("Held supports of a thread were counted"),
        "remove_thread": _("Held supports of a thread were removed"),
        "report_text": _("A text was reported"),
        "appeal_decision": _("An author appealed against a decision"),
        "decide_appeal": _("An appeal was decided"),
        "edit_thread": _("A thread was changed by its author"),
        "edit_contribution": _("A contribution was changed by its author"),
        "withdraw_thread": _("A thread was withdrawn by its author"),
        "withdraw_contribution": _("A contribution was withdrawn by its author"),
        "set_switch": _("A switch was set"),
        "end_switch": _("A switch was ended"),
    }
)

register(
    {
        "merge_thread": _("A thread was united with another"),
        "unmerge_thread": _("A thread is no longer united with another"),
    }
)
