"""What people are told of their cards."""

from django.utils.translation import gettext_lazy as _

from taar.notifications.kinds import NoticeKind, register

APPLICATION_NEEDS_INFORMATION = "application_needs_information"
APPLICATION_DECIDED = "application_decided"
PLACE_BECAME_FREE = "place_became_free"
OBJECTION_ANSWERED = "objection_answered"

register(
    NoticeKind(
        APPLICATION_NEEDS_INFORMATION,
        _("Your application %(code)s needs an answer from you."),
        _("Khuzestan Hall: your application %(code)s needs an answer from you."),
    ),
    NoticeKind(
        APPLICATION_DECIDED,
        _("Your application %(code)s is decided."),
        _("Khuzestan Hall: your application %(code)s is decided. See your page."),
    ),
    NoticeKind(
        PLACE_BECAME_FREE,
        _("A place became free for your application %(code)s."),
        _("Khuzestan Hall: a place became free for your application %(code)s."),
    ),
    NoticeKind(OBJECTION_ANSWERED, _("Your objection on %(code)s is answered.")),
)

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

VISIT_REVERSED = "visit_reversed"
VISIT_GIVEN_BACK = "visit_given_back"
DEVICE_GAP = "device_gap"

register(
    NoticeKind(VISIT_REVERSED, _("Your visit of %(visit_on)s was reversed and is yours again.")),
    NoticeKind(VISIT_GIVEN_BACK, _("Your visit of %(visit_on)s was given back: %(reason)s")),
    NoticeKind(
        DEVICE_GAP, _("Records of the device %(device)s are missing. Bring it online, so that it can send them.")
    ),
)

STATEMENT_CLOSED = "statement_closed"
STATEMENT_OBJECTED = "statement_objected"
STATEMENT_ANSWERED = "statement_answered"
STATEMENT_APPROVED = "statement_approved"
STATEMENT_EXPORTED = "statement_exported"
STATEMENT_SETTLED = "statement_settled"

register(
    NoticeKind(
        STATEMENT_CLOSED, _("The statement of %(venue)s for %(month)s is closed. You may object until %(until_on)s.")
    ),
    NoticeKind(STATEMENT_OBJECTED, _("The statement of %(venue)s for %(month)s was objected to.")),
    NoticeKind(STATEMENT_ANSWERED, _("The objection to the statement of %(venue)s for %(month)s is answered.")),
    NoticeKind(STATEMENT_APPROVED, _("The statement of %(venue)s for %(month)s is approved.")),
    NoticeKind(STATEMENT_EXPORTED, _("The statement of %(venue)s for %(month)s waits to be paid.")),
    NoticeKind(STATEMENT_SETTLED, _("The statement of %(venue)s for %(month)s is settled.")),
)
