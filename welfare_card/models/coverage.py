from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from taar.places.models import Place

# Fewer than so many persons are not told, here or by subtraction.
LEAST_TOLD = 5


def _told_or_nothing(*names: str) -> Q:
    """Each count is absent, or large enough to be told."""
    every = Q()
    for name in names:
        every &= Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__gte": LEAST_TOLD})
    return every


class Counts(models.Model):
    """The three counts of the document; empty where they may not be told."""

    registered = models.PositiveIntegerField(_("registered"), null=True)
    active = models.PositiveIntegerField(_("active card"), null=True)
    reached = models.PositiveIntegerField(_("reached in any way"), null=True)

    class Meta:
        abstract = True


class CoverageDay(Counts):
    """How far the plan had come on a day, in the whole province, beside its target line."""

    on = models.DateField(_("day"), primary_key=True)
    target = models.PositiveIntegerField(_("target"))
    expected = models.PositiveIntegerField(_("expected on this day"))
    measured_at = models.DateTimeField(_("measured at"))

    class Meta:
        verbose_name = _("coverage of a day")
        verbose_name_plural = _("coverage of days")
        ordering = ["-on"]
        constraints = [
            models.CheckConstraint(
                name="coverage_day_tells_no_few", condition=_told_or_nothing("registered", "active", "reached")
            ),
        ]

    def __str__(self) -> str:
        return str(self.on)


class CoverageRow(Counts):
    """The same for one county, neighbourhood, sex or age band; a county without a place: home not known."""

    class Table(models.TextChoices):
        COUNTY = "county", _("by county")
        NEIGHBOURHOOD = "neighbourhood", _("by neighbourhood")
        SEX = "sex", _("by sex")
        AGE = "age", _("by age band")

    day = models.ForeignKey(CoverageDay, models.CASCADE, related_name="rows", db_index=False)
    table = models.CharField(_("table"), max_length=13, choices=Table)
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+", db_index=False)
    value = models.CharField(_("group"), max_length=10, blank=True)
    underserved = models.BooleanField(_("underserved"), default=False)
    # Under the share of the mean that a number of the house names; only counties of the list are looked at.
    is_behind = models.BooleanField(_("behind the mean"), default=False)

    class Meta:
        verbose_name = _("row of coverage")
        verbose_name_plural = _("rows of coverage")
        constraints = [
            models.UniqueConstraint(
                fields=["day", "table", "place", "value"], nulls_distinct=False, name="coverage_row_once"
            ),
            models.CheckConstraint(
                name="coverage_row_tells_no_few", condition=_told_or_nothing("registered", "active", "reached")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day_id} {self.table} {self.place_id or self.value}"
