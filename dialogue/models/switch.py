from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dialogue.models.thread import Axis, Thread
from taar.places.models import Place


class SwitchQuerySet(models.QuerySet):
    def in_force(self, at) -> "SwitchQuerySet":
        """Switches that hold at a moment."""
        return self.filter(Q(until_at__isnull=True) | Q(until_at__gt=at), since_at__lte=at, ended_at__isnull=True)


class Switch(models.Model):
    """Staff slow the hall down for a time: everybody reads that, why and until when."""

    class Kind(models.TextChoices):
        READ_ONLY = "read_only", _("the hall can only be read")
        PAUSE_ROOM = "pause_room", _("one room takes no new words")
        PAUSE_SUPPORTS = "pause_supports", _("no supports are taken")
        HOLD_ALL = "hold_all", _("every new text waits for a moderator")

    kind = models.CharField(_("what is switched"), max_length=16, choices=Kind)
    axis = models.CharField(_("axis"), max_length=20, choices=Axis, blank=True)
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("place"))
    thread = models.ForeignKey(Thread, models.PROTECT, null=True, blank=True, related_name="switches")
    reason = models.CharField(_("public reason"), max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    office = models.CharField(max_length=60)
    since_at = models.DateTimeField()
    until_at = models.DateTimeField(_("until"), null=True, blank=True)
    ended_at = models.DateTimeField(null=True)

    objects = SwitchQuerySet.as_manager()

    class Meta:
        verbose_name = _("switch")
        verbose_name_plural = _("switches")
        constraints = [
            models.CheckConstraint(
                name="a_paused_room_is_one_room",
                condition=Q(kind="pause_room")
                & (
                    (~Q(axis="") & Q(place__isnull=True, thread__isnull=True))
                    | Q(axis="", place__isnull=False, thread__isnull=True)
                    | Q(axis="", place__isnull=True, thread__isnull=False)
                )
                | ~Q(kind="pause_room") & Q(axis="", place__isnull=True, thread__isnull=True),
            ),
            models.CheckConstraint(
                name="switch_ends_after_it_begins", condition=Q(until_at__isnull=True) | Q(until_at__gt=F("since_at"))
            ),
            models.UniqueConstraint(
                fields=["kind", "axis", "place", "thread"],
                condition=Q(ended_at__isnull=True),
                nulls_distinct=False,
                name="one_switch_of_a_kind_and_room",
            ),
        ]
        indexes = [models.Index(fields=["-since_at", "-id"], name="switch_newest")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    def holds(self, at) -> bool:
        """Whether it is in force at a moment."""
        return self.ended_at is None and self.since_at <= at and (self.until_at is None or self.until_at > at)
