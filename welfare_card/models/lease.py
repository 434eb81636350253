from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from taar.organizations.models import Venue
from welfare_card.models.device import Device
from welfare_card.models.ledger import Account


class Lease(models.Model):
    """Up to so many visits of a person that one device may take offline (T2); held until the device has synced."""

    allowance = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("allowance"))
    device = models.ForeignKey(Device, models.PROTECT, related_name="+", verbose_name=_("device"))
    visits = models.PositiveIntegerField(_("visits"))
    used = models.PositiveIntegerField(_("used"), default=0)
    opened_at = models.DateTimeField(_("opened at"))
    until_at = models.DateTimeField(_("ends at"))
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("lease of visits")
        verbose_name_plural = _("leases of visits")
        constraints = [
            models.UniqueConstraint(
                fields=["allowance"], condition=Q(closed_at=None), name="one_active_lease_of_an_allowance"
            ),
            models.CheckConstraint(name="lease_within_its_visits", condition=Q(used__lte=F("visits"))),
            models.CheckConstraint(name="lease_ends_after_it_begins", condition=Q(until_at__gt=F("opened_at"))),
        ]

    def __str__(self) -> str:
        return f"{self.allowance_id} {self.used}/{self.visits}"


class RosterEntry(models.Model):
    """A visit booked for a day at a venue (T1): held when booked, only posted at the door."""

    class State(models.TextChoices):
        HELD = "held", _("booked")
        POSTED = "posted", _("taken")
        RELEASED = "released", _("released")

    allowance = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("allowance"))
    venue = models.ForeignKey(Venue, models.PROTECT, related_name="+", verbose_name=_("venue"))
    on = models.DateField(_("day"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.HELD)
    booked_at = models.DateTimeField(_("booked at"))

    class Meta:
        verbose_name = _("booked visit")
        verbose_name_plural = _("booked visits")
        indexes = [models.Index(fields=["allowance", "on"], condition=Q(state="held"), name="roster_held")]
        constraints = [
            models.UniqueConstraint(
                fields=["allowance", "venue", "on"], condition=Q(state="held"), name="one_booking_of_a_day_at_a_venue"
            )
        ]

    def __str__(self) -> str:
        return f"{self.allowance_id} {self.on}"
