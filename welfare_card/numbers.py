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

COVERAGE_TARGET = "welfare_card.coverage_target"
COVERAGE_FROM = "welfare_card.coverage_from"
COVERAGE_UNTIL = "welfare_card.coverage_until"
COVERAGE_ALERT = "welfare_card.coverage_alert"
ACTIVE_DAYS = "welfare_card.active_days"

register(
    Number(COVERAGE_TARGET, 1_000_000, _("People to be covered by the plan."), 1, 10_000_000),
    Number(COVERAGE_FROM, "1404-06-02", _("Day on which the way to the target begins, as 1404-06-02.")),
    Number(COVERAGE_UNTIL, "1406-06-02", _("Day by which the target is to be reached, as 1406-06-02.")),
    Number(COVERAGE_ALERT, 0.8, _("Share of the mean under which an underserved county is pointed out."), 0.1, 1.0),
    Number(ACTIVE_DAYS, 90, _("Days since a visit for which a card counts as active."), 7, 365),
)

VELOCITY_VISITS = "welfare_card.velocity_visits"
VELOCITY_MINUTES = "welfare_card.velocity_minutes"
TRAVEL_KMH = "welfare_card.travel_kmh"
HOURS_MINUTES = "welfare_card.hours_minutes"
BURST_VISITS = "welfare_card.burst_visits"
BURST_MINUTES = "welfare_card.burst_minutes"
CONCENTRATION_CARDS = "welfare_card.concentration_cards"
CONCENTRATION_VISITS = "welfare_card.concentration_visits"
CONCENTRATION_SHARE = "welfare_card.concentration_share"
CALL_SHARE = "welfare_card.call_share"
IDLE_MONTHS = "welfare_card.idle_months"

register(
    Number(VELOCITY_VISITS, 3, _("Visits of one card within the time below that are a sign to look at."), 2, 50),
    Number(VELOCITY_MINUTES, 60, _("Minutes within which so many visits of one card are a sign."), 1, 1440),
    Number(TRAVEL_KMH, 90, _("Kilometres an hour, as the crow flies, beyond which nobody travels."), 20, 300),
    Number(HOURS_MINUTES, 30, _("Minutes before opening and after closing at which a visit is no sign yet."), 0, 240),
    Number(BURST_VISITS, 30, _("Visits from one desk within the time below that are a sign to look at."), 2, 1000),
    Number(BURST_MINUTES, 5, _("Minutes within which so many visits from one desk are a sign."), 1, 120),
    Number(CONCENTRATION_CARDS, 10, _("Cards that are few for a venue."), 1, 100),
    Number(CONCENTRATION_VISITS, 50, _("Visits of a venue in 30 days from which on it is looked at."), 5, 10_000),
    Number(CONCENTRATION_SHARE, 0.5, _("Share of a venue's visits by so few cards that is a sign."), 0.1, 1.0),
    Number(CALL_SHARE, 0.01, _("Share of a day's visits that are drawn for a call back."), 0.0, 1.0),
    Number(IDLE_MONTHS, 24, _("Months without any act after which a record loses its name and numbers."), 12, 120),
)

STATEMENT_CLOSE_DAYS = "welfare_card.statement_close_days"
STATEMENT_OBJECT_DAYS = "welfare_card.statement_object_days"
STATEMENT_SECOND_RIALS = "welfare_card.statement_second_rials"

register(
    Number(STATEMENT_CLOSE_DAYS, 3, _("Days after a month until its statements are closed."), 0, 20),
    Number(STATEMENT_OBJECT_DAYS, 14, _("Days within which a venue or a payer may object to a statement."), 1, 60),
    Number(
        STATEMENT_SECOND_RIALS,
        1_000_000_000,
        _("Rials above which a statement is approved by a second person as well."),
        0,
        10**13,
    ),
)

DEVICES_OF_VENUE = "welfare_card.devices_of_venue"

register(Number(DEVICES_OF_VENUE, 12, _("Devices that a venue may have in use at a time."), 1, 100))
