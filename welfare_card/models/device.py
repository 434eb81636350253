from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from taar.organizations.models import Venue


class Device(models.Model):
    """A desk of a venue with its own Ed25519 key; its journal is read in order, up to the first gap."""

    venue = models.ForeignKey(Venue, models.PROTECT, related_name="+", verbose_name=_("venue"))
    name = models.CharField(_("name"), max_length=80)
    public_key = models.BinaryField(max_length=32, unique=True)
    registered_at = models.DateTimeField(_("registered at"))
    blocked_at = models.DateTimeField(_("blocked at"), null=True, blank=True)
    gapless_seq = models.BigIntegerField(_("received without a gap up to"), default=0)
    last_hash = models.CharField(max_length=64, default="0" * 64, editable=False)
    # The moment of the newest record that was judged: a lease that ended before it can be closed.
    synced_at = models.DateTimeField(_("synced up to"), null=True, blank=True)
    broken_at = models.DateTimeField(_("chain broken at"), null=True, blank=True)
    alarmed_at = models.DateTimeField(_("gap told at"), null=True, blank=True)

    class Meta:
        verbose_name = _("device of a venue")
        verbose_name_plural = _("devices of venues")

    def __str__(self) -> str:
        return self.name


class DeviceRecord(models.Model):
    """One line of a device's journal as it was signed: stored first, judged when nothing before it is missing."""

    device = models.ForeignKey(Device, models.PROTECT, related_name="records", verbose_name=_("device"), db_index=False)
    seq = models.BigIntegerField(_("number"))
    uuid = models.UUIDField(unique=True)
    prev = models.CharField(max_length=64)
    body = models.JSONField(default=dict)
    message_hash = models.CharField(max_length=64)
    signature = models.BinaryField(max_length=64)
    received_at = models.DateTimeField(_("received at"))
    judged_at = models.DateTimeField(_("judged at"), null=True, blank=True)
    # Something else stood under this id already; that stays, and this record counts for nothing.
    conflict = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("record of a device")
        verbose_name_plural = _("records of devices")
        constraints = [
            models.UniqueConstraint(fields=["device", "seq"], name="one_record_of_a_number"),
            models.CheckConstraint(name="record_numbers_begin_at_one", condition=Q(seq__gte=1)),
        ]
        indexes = [
            models.Index(fields=["received_at"], condition=Q(judged_at=None), name="record_unjudged"),
        ]

    def __str__(self) -> str:
        return f"{self.device_id}/{self.seq}"


class Emergency(models.Model):
    """A day on which a manager lets one device of a venue take visits without roster or lease (T3)."""

    venue = models.ForeignKey(Venue, models.PROTECT, related_name="+", verbose_name=_("venue"))
    device = models.ForeignKey(Device, models.PROTECT, related_name="+", verbose_name=_("device"))
    on = models.DateField(_("day"))
    visits = models.PositiveIntegerField(_("visits"))
    used = models.PositiveIntegerField(_("used"), default=0)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(_("opened at"))

    class Meta:
        verbose_name = _("emergency day")
        verbose_name_plural = _("emergency days")
        constraints = [
            models.UniqueConstraint(fields=["venue", "on"], name="one_emergency_of_a_venue_and_day"),
            models.CheckConstraint(name="emergency_within_its_visits", condition=Q(used__lte=F("visits"))),
        ]

    def __str__(self) -> str:
        return f"{self.venue_id} {self.on}"
