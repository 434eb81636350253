from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from taar.organizations.models import Venue
from welfare_card.models.card import Card
from welfare_card.models.device import Device
from welfare_card.models.visit import Visit


class Sign(models.Model):
    """Something about visits that somebody should look at; it is noted once and says nothing of guilt."""

    class Kind(models.TextChoices):
        VELOCITY = "velocity", _("many visits of one card in a short time")
        TRAVEL = "travel", _("visits in two counties closer in time than the way between them")
        HOURS = "hours", _("a visit outside the opening hours")
        BURST = "burst", _("many visits from one desk within minutes")
        CONCENTRATION = "concentration", _("a few cards make most visits of a venue")
        NOT_MINE = "not_mine", _("the holder says: I was not there")
        NOT_THERE = "not_there", _("at the call back: was not there")

    class Status(models.TextChoices):
        OPEN = "open", _("to be looked at")
        DISMISSED = "dismissed", _("dismissed with a reason")
        ACTED = "acted", _("acted on")

    class Reason(models.TextChoices):
        EXPLAINED = "explained", _("the venue or the holder has explained it")
        MISTAKE = "mistake", _("a slip at the desk, put right")
        KNOWN = "known", _("a known event, such as a tournament")
        WRONG = "wrong", _("the sign was wrong")

    class Act(models.TextChoices):
        SUSPEND_CARD = "suspend_card", _("the card was suspended")
        BLOCK_DEVICE = "block_device", _("the device was blocked")

    kind = models.CharField(_("sign"), max_length=13, choices=Kind)
    # What it is about, in words of the house: the same thing is noted once, however often it is looked for.
    about = models.CharField(_("about"), max_length=80)
    on = models.DateField(_("day"))
    found_at = models.DateTimeField(_("found at"))
    card = models.ForeignKey(Card, models.PROTECT, null=True, related_name="+", verbose_name=_("card"))
    venue = models.ForeignKey(Venue, models.PROTECT, null=True, related_name="+", verbose_name=_("venue"))
    device = models.ForeignKey(Device, models.PROTECT, null=True, related_name="+", verbose_name=_("device"))
    visit = models.ForeignKey(
        Visit, models.PROTECT, null=True, related_name="+", db_index=False, verbose_name=_("visit")
    )
    facts = models.JSONField(_("facts"), default=dict)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.OPEN)
    reason = models.CharField(_("reason"), max_length=10, choices=Reason, blank=True)
    act = models.CharField(_("act"), max_length=13, choices=Act, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("settled by")
    )
    settled_at = models.DateTimeField(_("settled at"), null=True)

    class Meta:
        verbose_name = _("sign to look at")
        verbose_name_plural = _("signs to look at")
        ordering = ["-found_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "about"], name="sign_is_noted_once"),
            models.CheckConstraint(
                name="sign_settled_says_how",
                condition=Q(status="open", settled_at=None, settled_by=None, reason="", act="")
                | (Q(status="dismissed", settled_at__isnull=False, settled_by__isnull=False, act="") & ~Q(reason=""))
                | (Q(status="acted", settled_at__isnull=False, settled_by__isnull=False, reason="") & ~Q(act="")),
            ),
        ]
        indexes = [models.Index(fields=["-found_at"], condition=Q(status="open"), name="sign_open")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} #{self.pk}"
