from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from taar.organizations.models import Family
from taar.places.models.place import DateRange

# The bit of a family in the code of a card.
FAMILY_BITS = {Family.SPORT: 1, Family.CULTURE: 2, Family.LEARNING: 4}


class Plan(models.Model):
    """What a card opens, as data with an owner and dates; `number` is what the code of a card carries."""

    number = models.PositiveSmallIntegerField(_("number on the card"), unique=True)
    name_fa = models.CharField(_("name in Persian"), max_length=120)
    name_ar = models.CharField(_("name in Arabic"), max_length=120, blank=True)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    families = ArrayField(models.CharField(max_length=20, choices=Family), verbose_name=_("service families"))
    owner_label = models.CharField(_("owner"), max_length=120)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("no longer from"), null=True, blank=True)

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(name="plan_number_fits_the_card", condition=Q(number__range=(1, 255))),
            models.CheckConstraint(name="plan_ends_after_it_begins", condition=Q(until_on__gt=F("from_on"))),
            models.CheckConstraint(
                name="plan_has_known_families",
                condition=Q(families__contained_by=Family.values) & Q(families__len__gte=1),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language, Persian where that is missing."""
        return getattr(self, f"name_{get_language()}", "") or self.name_fa


class Season(models.Model):
    """A span of a plan in which allowances are counted; `until_on` is the first day after it."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="seasons", verbose_name=_("plan"))
    name_fa = models.CharField(_("name in Persian"), max_length=120)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("no longer from"))

    class Meta:
        verbose_name = _("season")
        verbose_name_plural = _("seasons")
        ordering = ["from_on", "pk"]
        constraints = [
            models.CheckConstraint(name="season_ends_after_it_begins", condition=Q(until_on__gt=F("from_on"))),
            ExclusionConstraint(
                name="one_season_of_a_plan_at_a_time",
                expressions=[
                    ("plan", RangeOperators.EQUAL),
                    (DateRange("from_on", "until_on"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return self.name_fa
