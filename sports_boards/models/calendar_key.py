from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class CalendarKey(models.Model):
    """The secret in the address of a calendar file; its blind index alone is kept, and one is good at a time."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("person"))
    key_index = models.BinaryField(unique=True, editable=False)
    made_at = models.DateTimeField(_("made at"))
    ended_at = models.DateTimeField(_("no longer good since"), null=True, blank=True)

    class Meta:
        verbose_name = _("key of a calendar")
        verbose_name_plural = _("keys of calendars")
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(ended_at=None), name="one_good_calendar_key_of_a_person"
            ),
            models.CheckConstraint(name="calendar_key_ends_later", condition=Q(ended_at__gte=F("made_at"))),
        ]

    def __str__(self) -> str:
        return f"#{self.person_id} {self.made_at}"
