from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from welfare_card.models.plan import Family, Plan, Season


class AllowanceRule(models.Model):
    """How many visits in a family a card of a plan opens in a season, with an owner and dates."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="+", verbose_name=_("plan"))
    season = models.ForeignKey(Season, models.PROTECT, related_name="rules", verbose_name=_("season"))
    family = models.CharField(_("service family"), max_length=20, choices=Family)
    visits = models.PositiveIntegerField(_("visits"))
    cap_day = models.PositiveIntegerField(_("at most a day"), null=True, blank=True)
    cap_week = models.PositiveIntegerField(_("at most a week"), null=True, blank=True)
    cap_season = models.PositiveIntegerField(_("at most a season"), null=True, blank=True)
    owner_label = models.CharField(_("owner"), max_length=120)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("no longer from"), null=True, blank=True)

    class Meta:
        verbose_name = _("rule of allowances")
        verbose_name_plural = _("rules of allowances")
        constraints = [
            models.UniqueConstraint(fields=["season", "family", "from_on"], name="one_rule_of_a_family_from_a_day"),
            models.CheckConstraint(name="rule_ends_after_it_begins", condition=Q(until_on__gt=F("from_on"))),
            models.CheckConstraint(name="rule_grants_a_visit", condition=Q(visits__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.get_family_display()} {self.visits}"
