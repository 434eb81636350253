from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from taar.organizations.models import Venue
from welfare_card.models.card import Card
from welfare_card.models.device import Device
from welfare_card.models.ledger import Account
from welfare_card.models.plan import Family


class Tier(models.TextChoices):
    """How a visit was let in."""

    ONLINE = "online", _("online")
    T1 = "T1", _("booked, offline")
    T2 = "T2", _("leased, offline")
    T3 = "T3", _("emergency, offline")


class Outcome(models.TextChoices):
    """What the door says; the label is the sentence."""

    OK = "ok", _("Welcome.")
    ALREADY_USED = "already_used", _("The visits of this day are used already.")
    NO_VISITS_LEFT = "no_visits_left", _("No visits are left.")
    BLOCKED = "blocked", _("This card is blocked.")
    EXPIRED = "expired", _("This card is not valid on this day.")
    OTHER_FAMILY = "other_family", _("This card or this venue is not for this service.")
    WOMENS_SESSION = "womens_session", _("This is a women's session.")
    GUARDIAN_NEEDED = "guardian_needed", _("A guardian must be with this child.")
    LIST_TOO_OLD = "list_too_old", _("The list of this device is too old.")
    CLOCK_WRONG = "clock_wrong", _("The clock of this device is wrong.")
    UNKNOWN_KEY = "unknown_key", _("The key of this card is not known.")
    UNKNOWN_CARD = "unknown_card", _("This card is not known.")
    NOT_BOOKED = "not_booked", _("There is no booked visit for this card here on this day.")
    NO_LEASE = "no_lease", _("This device holds no visit of this card.")
    NO_EMERGENCY = "no_emergency", _("Emergency visits are not open here on this day, or are used up.")


class Visit(models.Model):
    """What was asked at a door and what was said; an accepted one has the transfer of the same id."""

    id = models.UUIDField(primary_key=True)
    body_hash = models.BinaryField(max_length=32)
    # What the door has looked up in this very statement needs no second look by a foreign key, which would write a
    # lock into the row of a venue at each of its visits; the transfer beside a taken visit has its keys.
    card = models.ForeignKey(Card, models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_constraint=False, db_index=False
    )
    allowance = models.ForeignKey(
        Account, models.PROTECT, null=True, related_name="+", db_constraint=False, db_index=False
    )
    venue = models.ForeignKey(Venue, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    family = models.CharField(_("service family"), max_length=20, choices=Family)
    at = models.DateTimeField(_("at"))
    on = models.DateField(_("day"))
    tier = models.CharField(_("tier"), max_length=6, choices=Tier)
    device = models.ForeignKey(Device, models.PROTECT, null=True, related_name="+", db_index=False)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome)
    posted_at = models.DateTimeField(_("posted at"))
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_constraint=False, db_index=False
    )
    reversed_at = models.DateTimeField(_("reversed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        indexes = [
            # What caps are counted by, under the lock of the allowance.
            models.Index(
                fields=["allowance", "on"],
                condition=Q(outcome="ok", reversed_at=None) & ~Q(tier="T3"),
                name="visit_counts",
            ),
            models.Index(fields=["venue", "posted_at"], name="visit_of_a_venue"),
            # What a holder reads of their own visits; what a door refused is not theirs to page through.
            models.Index(fields=["person", "-at", "-id"], condition=Q(outcome="ok"), name="visit_of_a_person"),
            models.Index(fields=["venue", "reversed_at"], condition=~Q(reversed_at=None), name="visit_reversed"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "on"],
                condition=Q(outcome="ok", tier="T3", reversed_at=None),
                name="one_emergency_visit_a_day",
            ),
            models.CheckConstraint(
                name="visit_taken_has_an_allowance",
                condition=~Q(outcome="ok") | Q(allowance__isnull=False, person__isnull=False, card__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
