"""What people are told of their cards."""

from django.utils.translation import gettext_lazy as _

from taar.notifications.kinds import NoticeKind, register

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
