"""The numbers of the Welfare Card; each can be changed from a day on."""

from django.utils.translation import gettext_lazy as _

from taar.lib.numbers import Number, register

CARD_DAYS = "welfare_card.card_days"

register(Number(CARD_DAYS, 730, _("Days for which a new card is valid."), 30, 730))

ANSWER_DAYS = "welfare_card.answer_days"
OBJECTION_DAYS = "welfare_card.objection_days"
PAPERS_KEPT_DAYS = "welfare_card.papers_kept_days"
MOST_MEMBERS = "welfare_card.most_members"
APPLICATIONS_A_DAY = "welfare_card.applications_a_day"
DUPLICATE_SHARE = "welfare_card.duplicate_share"

register(
    Number(ANSWER_DAYS, 10, _("Working days within which an application or an objection is answered."), 1, 60),
    Number(OBJECTION_DAYS, 30, _("Days within which a person may object to a decision."), 1, 365),
    Number(PAPERS_KEPT_DAYS, 90, _("Days after which photos and papers of rejected applications are erased."), 1, 365),
    Number(MOST_MEMBERS, 12, _("Persons on one application, at most."), 1, 50),
    Number(APPLICATIONS_A_DAY, 5, _("Applications that a person may start for themselves in 24 hours."), 1, 100),
    Number(DUPLICATE_SHARE, 0.2, _("Share of duplicates at which an import stops."), 0.0, 1.0),
)

OFFLINE_VISITS = "welfare_card.offline_visits"

register(Number(OFFLINE_VISITS, 1, _("Visits a day that a card allows where there is no network."), 0, 10))

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

DEVICES_OF_VENUE = "welfare_card.devices_of_venue"

register(Number(DEVICES_OF_VENUE, 12, _("Devices that a venue may have in use at a time."), 1, 100))
