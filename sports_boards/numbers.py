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

OFFER_MINUTES = "sports_boards.offer_minutes"
NIGHT_FROM = "sports_boards.offer_night_from_hour"
NIGHT_UNTIL = "sports_boards.offer_night_until_hour"
ELDERLY_FROM = "sports_boards.elderly_from_age"
REMIND_HOUR = "sports_boards.remind_hour"
LATE_MINUTES = "sports_boards.late_minutes"
CORRECT_HOURS = "sports_boards.correct_hours"

register(
    Number(OFFER_MINUTES, 30, _("Minutes of daytime for which a freed place is offered to one family."), 5, 1440),
    Number(NIGHT_FROM, 22, _("From this hour in the evening no place is offered."), 12, 24),
    Number(NIGHT_UNTIL, 8, _("From this hour in the morning places are offered again."), 0, 11),
    Number(ELDERLY_FROM, 60, _("Age from which somebody belongs to the elderly, where a programme says none."), 50, 80),
    Number(REMIND_HOUR, 17, _("From this hour on families are reminded of tomorrow's sessions."), 8, 21),
    Number(LATE_MINUTES, 15, _("Minutes after the beginning from which somebody who comes by card is late."), 0, 120),
    Number(CORRECT_HOURS, 72, _("Hours after a session within which attendance is corrected freely."), 1, 720),
)
