from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class VisitCode(models.Model):
    """A code on paper from an office that saw somebody; whoever enters it becomes a verified resident, once."""

    code_index = models.BinaryField(unique=True, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    office = models.CharField(_("office"), max_length=120)
    made_at = models.DateTimeField(_("made at"))
    until_at = models.DateTimeField(_("good until"))
    used_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    used_at = models.DateTimeField(_("used at"), null=True)

    class Meta:
        verbose_name = _("visit code")
        verbose_name_plural = _("visit codes")
        constraints = [
            models.CheckConstraint(
                name="used_visit_code_has_both", condition=~(Q(used_by__isnull=True) ^ Q(used_at__isnull=True))
            ),
            models.CheckConstraint(
                name="visit_code_is_for_somebody_else",
                condition=Q(used_by__isnull=True) | ~Q(used_by=F("made_by")),
            ),
        ]
        indexes = [models.Index(fields=["made_by", "-made_at"], name="visit_code_of_maker")]

    def __str__(self) -> str:
        return f"{self.office} {self.pk}"
