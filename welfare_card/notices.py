"""What people are told of their cards."""

from django.utils.translation import gettext_lazy as _

from taar.notifications.kinds import NoticeKind, register

CARD_ACTIVE = "card_active"
CARD_SUSPENDED = "card_suspended"
CARD_RESUMED = "card_resumed"
CARD_REPLACED = "card_replaced"
CARD_REVOKED = "card_revoked"

register(
    NoticeKind(CARD_ACTIVE, _("Your Welfare Card works now."), _("Khuzestan Hall: your Welfare Card works now.")),
    NoticeKind(
        CARD_SUSPENDED, _("Your Welfare Card is suspended."), _("Khuzestan Hall: your Welfare Card is suspended.")
    ),
    NoticeKind(CARD_RESUMED, _("Your Welfare Card works again.")),
    NoticeKind(
        CARD_REPLACED,
        _("You get a new Welfare Card; the old one no longer works. What you have left stays yours."),
        _("Khuzestan Hall: you get a new Welfare Card, the old one no longer works."),
    ),
    NoticeKind(
        CARD_REVOKED, _("Your Welfare Card no longer works."), _("Khuzestan Hall: your Welfare Card no longer works.")
    ),
)
