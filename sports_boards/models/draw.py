from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sports_boards.models.programme import Programme
from taar.lib.sealed import SealedTextField


class ProgrammeDraw(models.Model):
    """The draw of a scarce programme: what was committed to before it opened, and what came out after it closed."""

    programme = models.OneToOneField(Programme, models.PROTECT, related_name="draw", verbose_name=_("programme"))
    commitment = models.CharField(_("SHA-256 of the secret"), max_length=64)
    secret = SealedTextField(verbose_name=_("secret"), editable=False)
    committed_at = models.DateTimeField(_("committed at"))
    # The day whose head of the journal is the public value: nobody can know it while the enrolment is open.
    value_on = models.DateField(_("day of the public value"), null=True, editable=False)
    drawn_at = models.DateTimeField(_("drawn at"), null=True, editable=False)
    # What anybody can run again; it names no person.
    published = models.JSONField(_("published draw"), null=True, editable=False)

    class Meta:
        verbose_name = _("draw of a programme")
        verbose_name_plural = _("draws of programmes")
        constraints = [
            models.CheckConstraint(name="draw_of_a_programme_is_committed", condition=~Q(commitment="")),
            models.CheckConstraint(
                name="draw_of_a_programme_is_whole",
                condition=Q(drawn_at=None, published__isnull=True, value_on=None)
                | Q(drawn_at__isnull=False, published__isnull=False, value_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"draw of {self.programme_id}"
