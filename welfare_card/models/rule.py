from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from taar.people.models import Person
from taar.places.models.place import on_day
from welfare_card import eligibility
from welfare_card.models.plan import Family, Plan, Season


class EligibilityRuleQuerySet(models.QuerySet):
    """Rules of plans."""

    def on(self, day) -> "EligibilityRuleQuerySet":
        """Rules in force on a day."""
        return self.filter(on_day(day))


class EligibilityRule(models.Model):
    """One group that a plan is for; whoever fits one rule in force may have a card. Owner and days stand on the row."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="rules", verbose_name=_("plan"))
    least_age = models.PositiveSmallIntegerField(_("youngest age, full years"), null=True, blank=True)
    most_age = models.PositiveSmallIntegerField(_("oldest age, full years"), null=True, blank=True)
    sex = models.CharField(_("only"), max_length=5, choices=Person.Sex, blank=True)
    only_underserved = models.BooleanField(_("only underserved places"), default=False)
    place = models.ForeignKey(
        "places.Place", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("residents of")
    )
    owner_label = models.CharField(_("owner"), max_length=120)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("no longer from"), null=True, blank=True)

    objects = EligibilityRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("rule of eligibility")
        verbose_name_plural = _("rules of eligibility")
        ordering = ["plan", "from_on", "pk"]
        constraints = [
            models.CheckConstraint(name="rule_ages_in_order", condition=Q(most_age__gte=F("least_age"))),
            models.CheckConstraint(name="rule_ends_after_it_begins", condition=Q(until_on__gt=F("from_on"))),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id}: {self.least_age or 0}–{self.most_age or '…'}"

    def as_rule(self) -> eligibility.Rule:
        """The row for the pure module."""
        return eligibility.Rule(
            self.from_on,
            self.until_on,
            self.least_age,
            self.most_age,
            self.sex,
            self.only_underserved,
            self.place_id,
        )


class Quota(models.Model):
    """How many cards a plan has for a county; `taken` only grows by a conditional UPDATE. No row: no limit."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="quotas", verbose_name=_("plan"))
    county = models.ForeignKey("places.Place", models.PROTECT, related_name="+", verbose_name=_("county"))
    places = models.PositiveIntegerField(_("cards in all"))
    taken = models.PositiveIntegerField(_("given"), default=0, editable=False)

    class Meta:
        verbose_name = _("quota of a county")
        verbose_name_plural = _("quotas of counties")
        constraints = [
            models.UniqueConstraint(fields=["plan", "county"], name="quota_of_a_plan_and_county_once"),
            models.CheckConstraint(name="quota_is_never_overdrawn", condition=Q(taken__lte=F("places"))),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.county_id}: {self.taken}/{self.places}"


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
            models.CheckConstraint(name="allowance_rule_ends_after_it_begins", condition=Q(until_on__gt=F("from_on"))),
            models.CheckConstraint(name="rule_grants_a_visit", condition=Q(visits__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.get_family_display()} {self.visits}"
