"""How the public log says the acts of the Welfare Card."""

from django.utils.translation import gettext_lazy as _

from taar.journal.words import register

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
