from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sports_boards.models.application import Seat
from sports_boards.models.programme import Programme
from sports_boards.models.session import Session
from welfare_card.models import Visit

PERSON = settings.AUTH_USER_MODEL


class Attendance(models.Model):
    """Whether somebody came to a session; by the card or the keypad it is a visit of the card as well, once."""

    class Mark(models.TextChoices):
        PRESENT = "present", _("present")
        LATE = "late", _("came late")
        EXCUSED = "excused", _("excused")
        NO_SHOW = "no_show", _("did not come")

    class Way(models.TextChoices):
        COACH = "coach", _("by the coach")
        CARD = "card", _("by the card")
        KEYPAD = "keypad", _("by the number of the card")

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+", verbose_name=_("programme"))
    session = models.ForeignKey(Session, models.PROTECT, related_name="attendances", verbose_name=_("session"))
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="attendances", verbose_name=_("seat"))
    mark = models.CharField(_("came"), max_length=7, choices=Mark)
    way = models.CharField(_("by what"), max_length=6, choices=Way)
    visit = models.OneToOneField(Visit, models.PROTECT, null=True, blank=True, related_name="+")
    marked_at = models.DateTimeField(_("marked at"))
    marked_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+", verbose_name=_("marked by"))
    corrected_at = models.DateTimeField(_("corrected at"), null=True, blank=True)
    corrected_by = models.ForeignKey(
        PERSON, models.PROTECT, null=True, related_name="+", verbose_name=_("corrected by")
    )
    reason = models.CharField(_("reason of a late correction"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        constraints = [
            models.UniqueConstraint(fields=["session", "seat"], name="attendance_of_a_seat_once"),
            models.CheckConstraint(
                name="attendance_by_card_is_a_visit", condition=Q(way="coach", visit=None)
                | ~Q(way="coach") & Q(visit__isnull=False),
            ),
            models.CheckConstraint(
                name="attendance_corrected_has_both",
                condition=Q(corrected_at=None, corrected_by=None, reason="")
                | Q(corrected_at__isnull=False, corrected_by__isnull=False),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.session_id} {self.seat_id}"
