from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from welfare_card.models.visit import Visit


class Reversal(models.Model):
    """A reversal that one person has asked for and that waits for a second one; it goes when that one confirms."""

    visit = models.OneToOneField(Visit, models.PROTECT, primary_key=True, related_name="+", verbose_name=_("visit"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked at"))

    class Meta:
        verbose_name = _("reversal that waits")
        verbose_name_plural = _("reversals that wait")

    def __str__(self) -> str:
        return str(self.visit_id)
