from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from taar.lib.sealed import SealedTextField
from welfare_card.models.visit import Visit


class CallDraw(models.Model):
    """The draw of a day's visits for a call back: what was committed to before, and what came out after."""

    on = models.DateField(_("day"), primary_key=True)
    commitment = models.CharField(_("SHA-256 of the secret"), max_length=64)
    secret = SealedTextField(verbose_name=_("secret"), editable=False)
    committed_at = models.DateTimeField(_("committed at"))
    value = models.CharField(_("public value"), max_length=64, blank=True)
    entries_hash = models.CharField(_("SHA-256 of the entries"), max_length=64, blank=True)
    visit_count = models.PositiveIntegerField(_("visits"), default=0)
    drawn_count = models.PositiveIntegerField(_("drawn"), default=0)
    drawn_at = models.DateTimeField(_("drawn at"), null=True)

    class Meta:
        verbose_name = _("draw of visits to call back")
        verbose_name_plural = _("draws of visits to call back")
        ordering = ["-on"]
        constraints = [
            models.CheckConstraint(name="drawn_calls_are_visits", condition=Q(drawn_count__lte=F("visit_count"))),
            models.CheckConstraint(
                name="draw_of_calls_is_whole",
                condition=Q(drawn_at=None, value="", entries_hash="", drawn_count=0)
                | (Q(drawn_at__isnull=False) & ~Q(value="") & ~Q(entries_hash="")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.on)


class CallBack(models.Model):
    """A visit that was drawn: somebody asks its holder whether they were there."""

    class Outcome(models.TextChoices):
        WAS_THERE = "was_there", _("was there")
        WAS_NOT = "was_not", _("was not there")
        NOT_REACHED = "not_reached", _("not reached")

    draw = models.ForeignKey(CallDraw, models.PROTECT, related_name="calls", verbose_name=_("draw"))
    visit = models.OneToOneField(Visit, models.PROTECT, related_name="+", verbose_name=_("visit"))
    outcome = models.CharField(_("outcome"), max_length=11, choices=Outcome, blank=True)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    called_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("called by")
    )
    called_at = models.DateTimeField(_("called at"), null=True)

    class Meta:
        verbose_name = _("call back")
        verbose_name_plural = _("call backs")
        ordering = ["-draw", "pk"]
        constraints = [
            models.CheckConstraint(
                name="call_has_its_moment",
                condition=Q(outcome="", called_at=None, called_by=None)
                | (~Q(outcome="") & Q(called_at__isnull=False, called_by__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.draw_id} #{self.pk}"
