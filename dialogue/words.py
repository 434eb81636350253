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
