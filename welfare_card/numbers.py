"""The numbers of the Welfare Card; each can be changed from a day on."""

from django.utils.translation import gettext_lazy as _

from taar.lib.numbers import Number, register

CARD_DAYS = "welfare_card.card_days"

register(Number(CARD_DAYS, 730, _("Days for which a new card is valid."), 30, 730))


LEASE_DAYS = "welfare_card.lease_days"
LEASE_VISITS = "welfare_card.lease_visits"
EMERGENCY_VISITS = "welfare_card.emergency_visits"
CLOCK_MINUTES = "welfare_card.clock_minutes"
REVERSALS_ALONE = "welfare_card.reversals_alone"
GAP_HOURS = "welfare_card.gap_hours"

register(
    Number(LEASE_DAYS, 7, _("Days for which a venue may hold visits of a person for offline use."), 1, 7),
    Number(LEASE_VISITS, 3, _("Visits of a person that a venue may hold for offline use."), 1, 10),
    Number(EMERGENCY_VISITS, 20, _("Emergency visits that a venue may take on a day that a manager opened."), 1, 20),
    Number(CLOCK_MINUTES, 10, _("Minutes by which the clock of a desk may be wrong."), 1, 60),
    Number(REVERSALS_ALONE, 5, _("Visits that one person may reverse in a day without a second person."), 0, 100),
    Number(GAP_HOURS, 24, _("Hours after which a missing record of a device is told."), 1, 24),
)
