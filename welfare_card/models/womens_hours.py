from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from taar.organizations.models import Venue
from welfare_card.models.plan import Family


class WomensHoursQuerySet(models.QuerySet):
    def on(self, day: date) -> "WomensHoursQuerySet":
        """Hours that are in force on a day, whatever its weekday."""
        return self.filter(Q(until_on=None) | Q(until_on__gt=day), from_on__lte=day)


class WomensHours(models.Model):
    """Hours of a weekday at which a venue, or one service family of it, is for women only."""

    class Weekday(models.IntegerChoices):
        SATURDAY = 0, _("Saturday")
        SUNDAY = 1, _("Sunday")
        MONDAY = 2, _("Monday")
        TUESDAY = 3, _("Tuesday")
        WEDNESDAY = 4, _("Wednesday")
        THURSDAY = 5, _("Thursday")
        FRIDAY = 6, _("Friday")

    venue = models.ForeignKey(Venue, models.PROTECT, related_name="+", verbose_name=_("venue"), db_index=False)
    weekday = models.PositiveSmallIntegerField(_("day of the week"), choices=Weekday)
    opens_at = models.TimeField(_("from the hour"))
    closes_at = models.TimeField(_("to the hour"))
    family = models.CharField(
        _("service family"), max_length=20, choices=Family, blank=True, default="", help_text=_("Empty: all of them.")
    )
    owner_label = models.CharField(_("owner"), max_length=120)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("no longer from"), null=True, blank=True)

    objects = WomensHoursQuerySet.as_manager()

    class Meta:
        verbose_name = _("women's hours")
        verbose_name_plural = _("women's hours")
        ordering = ["venue", "weekday", "opens_at", "pk"]
        indexes = [models.Index(fields=["venue", "weekday"], name="womens_hours_of_a_venue")]
        constraints = [
            models.CheckConstraint(name="womens_hours_on_a_weekday", condition=Q(weekday__lte=6)),
            models.CheckConstraint(name="womens_hours_end_after_they_begin", condition=Q(closes_at__gt=F("opens_at"))),
            models.CheckConstraint(
                name="womens_hours_have_their_days", condition=Q(until_on=None) | Q(until_on__gte=F("from_on"))
            ),
            models.CheckConstraint(
                name="womens_hours_of_a_known_family", condition=Q(family__in=("", "sport", "culture", "learning"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens_at:%H:%M}–{self.closes_at:%H:%M}"
