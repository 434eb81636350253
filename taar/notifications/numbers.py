"""The numbers of telling people."""

from django.utils.translation import gettext_lazy as _

from taar.lib.numbers import Number, register

QUIET_FROM = "notifications.quiet_from_hour"
QUIET_UNTIL = "notifications.quiet_until_hour"
SMS_A_WEEK = "notifications.sms_a_week"
ATTEMPTS = "notifications.attempts"

register(
    Number(QUIET_FROM, 22, _("From this hour in the evening no message is sent to a phone."), least=12, most=24),
    Number(QUIET_UNTIL, 7, _("From this hour in the morning messages are sent again."), least=0, most=11),
    Number(
        SMS_A_WEEK,
        3,
        _("At most this many messages are sent to a phone in seven days, except about one's own threads."),
        least=0,
        most=50,
    ),
    Number(ATTEMPTS, 5, _("After this many failed attempts a message is given up."), least=1, most=20),
)
