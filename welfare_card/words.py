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

register(
    {
        "make_card_keys": _("Keys for cards were made"),
        "sign_key_list": _("The list of keys was signed by the root key"),
        "withdraw_card_key": _("A key for cards was withdrawn"),
        "request_batch": _("Cards were asked for"),
        "check_batch": _("A batch of cards was checked"),
        "approve_batch": _("A batch of cards was approved by a second person"),
        "begin_signing": _("The signing of a batch of cards began"),
        "produce_batch": _("A batch of cards was signed"),
        "print_batch": _("A batch of cards was printed"),
        "deliver_batch": _("A batch of cards was handed over"),
        "close_batch": _("A batch of cards was closed"),
        "issue_card": _("A card was issued"),
        "activate_card": _("A card was activated"),
        "suspend_card": _("A card was suspended"),
        "resume_card": _("A suspended card works again"),
        "replace_card": _("A card was replaced"),
        "revoke_card": _("A card was revoked"),
        "expire_cards": _("Cards expired"),
        "print_cards": _("Cards were printed as a file"),
    }
)

register(
    {
        "top_up_season": _("The allowances of a season were granted"),
        "grant_allowance": _("An allowance was granted"),
        "expire_season": _("What was left of a season has expired"),
        "reverse_visit": _("A visit was reversed"),
        "give_back": _("The visits of a day were given back"),
        "register_device": _("A device of a venue was registered"),
        "block_device": _("A device of a venue was blocked"),
        "break_chain": _("The chain of a device's records is broken"),
        "mend_chain": _("Somebody looked at a broken chain of records, and it goes on"),
        "rebuild_ledger": _("Balances were set right from all transfers"),
        "open_emergency": _("Emergency visits were opened for a day"),
    }
)

register(
    {
        "report_visit": _("A holder said of a visit: I was not there"),
        "dismiss_sign": _("A sign about visits was found to be nothing"),
        "act_on_sign": _("A sign about visits was acted on"),
        "commit_calls": _("The draw of visits to call back was committed to"),
        "draw_calls": _("Visits to call back were drawn"),
        "record_call": _("Somebody called back about a visit"),
        "pseudonymise_idle": _("Records of persons who were idle for long lost their names and numbers"),
        "make_agreement": _("An agreement with a venue was made"),
        "end_agreement": _("An agreement with a venue was given its end"),
        "close_statement": _("The statement of a month was closed"),
        "object_to_statement": _("A statement was objected to"),
        "answer_statement_objection": _("An objection to a statement was answered"),
        "approve_statement": _("A statement was approved"),
        "approve_statement_again": _("A statement was approved by a second person"),
        "export_statement": _("A statement was sent to be paid"),
        "settle_statement": _("A statement was settled"),
        "download_statement": _("A statement was taken along as a file"),
        "add_eligibility_rule": _("A rule of eligibility was made"),
        "end_eligibility_rule": _("A rule of eligibility was given its end"),
        "add_allowance_rule": _("A rule of allowances was made"),
        "end_allowance_rule": _("A rule of allowances was given its end"),
        "read_paper": _("A paper of an application was read"),
        "ask_reversal": _("A second person was asked to reverse a visit"),
        "set_womens_hours": _("Women's hours of a venue were set"),
        "end_womens_hours": _("Women's hours of a venue were ended"),
    }
)
