"""How the public log says the acts of the Welfare Card."""

from django.utils.translation import gettext_lazy as _

from taar.journal.words import register

register(
    {
        "submit_application": _("An application for cards was sent"),
        "withdraw_application": _("An application for cards was withdrawn"),
        "take_application": _("An application for cards was taken into review"),
        "ask_information": _("More information was asked for an application"),
        "make_batch": _("Persons were proposed for cards"),
        "confirm_batch": _("A second person confirmed proposed cards"),
        "return_batch": _("A second person returned proposed cards"),
        "reject_member": _("A person was not given a card"),
        "mark_duplicate": _("An application was found to be there twice"),
        "object_to_decision": _("A decision on a card was objected to"),
        "answer_objection": _("An objection was answered"),
        "read_record": _("A person's record was read"),
        "propose_merge": _("Two records were said to be one person"),
        "confirm_merge": _("A second person merged two records"),
        "refuse_merge": _("A second person kept two records apart"),
        "reverse_merge": _("A merge of two records was taken back"),
        "dismiss_suspicion": _("Two records that look alike were found to be two persons"),
        "receive_import": _("A list of persons was brought"),
        "begin_writing_import": _("A checked list of persons was let in"),
        "finish_import": _("A list of persons was written"),
        "stop_import": _("A list of persons was stopped"),
        "export_faults": _("Faulty rows of a list were given back"),
        "set_quota": _("A quota of cards was set"),
    }
)
