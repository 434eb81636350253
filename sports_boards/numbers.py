"""The numbers of the sports boards; each can be changed from a day on."""

from django.utils.translation import gettext_lazy as _

from taar.lib.numbers import Number, register

SEAT_WARN_DAYS = "sports_boards.seat_warn_days"
APPROVE_DAYS = "sports_boards.approve_days"
SLOT_DAYS = "sports_boards.slot_days"

register(
    Number(SEAT_WARN_DAYS, 60, _("Days before the end of a mandate at which its board is warned."), 1, 365),
    Number(APPROVE_DAYS, 5, _("Working days within which a programme is approved or returned."), 1, 60),
    Number(SLOT_DAYS, 14, _("Days ahead for which the free hours of venues are published."), 1, 60),
)
