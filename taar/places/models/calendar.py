from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from taar.places.models.place import Place


class Holiday(models.Model):
    """A public holiday of the whole country; a lunar one to come may be an estimate. Taken back, it stays as a row."""

    class Kind(models.TextChoices):
        OFFICIAL = "official", _("official")
        EXTRAORDINARY = "extraordinary", _("extraordinary")

    on = models.DateField(_("day"), unique=True)
    name_fa = models.CharField(_("name in Persian"), max_length=200)
    name_ar = models.CharField(_("name in Arabic"), max_length=200, blank=True)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.OFFICIAL)
    estimated = models.BooleanField(_("estimated"), default=False)
    changed_at = models.DateTimeField(_("changed at"), editable=False, db_index=True)
    withdrawn_at = models.DateTimeField(_("taken back at"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("holiday")
        verbose_name_plural = _("holidays")
        ordering = ["on"]

    def __str__(self) -> str:
        return getattr(self, f"name_{get_language()}", "") or self.name_fa


class ClosureQuerySet(models.QuerySet):
    def in_force(self) -> "ClosureQuerySet":
        """Closures that nobody has revoked."""
        return self.filter(revoked_at__isnull=True)

    def on(self, day: date) -> "ClosureQuerySet":
        """Closures in force that cover a day."""
        return self.in_force().filter(from_on__lte=day, until_on__gte=day)


class Closure(models.Model):
    """Days on which offices are closed in some places; both days are closed days. Revoked, it stays as a row."""

    class Cause(models.TextChoices):
        HEAT = "heat", _("heat")
        DUST = "dust", _("dust")
        FLOOD = "flood", _("flood")
        MOURNING = "mourning", _("mourning")
        OTHER = "other", _("other")

    from_on = models.DateField(_("first closed day"))
    until_on = models.DateField(_("last closed day"))
    cause = models.CharField(_("cause"), max_length=20, choices=Cause.choices)
    reason = models.CharField(_("reason told to the public"), max_length=300)
    places = models.ManyToManyField(Place, related_name="closures", verbose_name=_("places"))
    declared_at = models.DateTimeField(_("declared at"))
    declared_by_label = models.CharField(_("declared by"), max_length=120)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    changed_at = models.DateTimeField(_("changed at"), db_index=True)

    objects = ClosureQuerySet.as_manager()

    class Meta:
        verbose_name = _("closure")
        verbose_name_plural = _("closures")
        ordering = ["-from_on", "-pk"]
        constraints = [
            models.CheckConstraint(name="closure_ends_after_it_begins", condition=Q(until_on__gte=F("from_on"))),
            models.CheckConstraint(
                name="closure_is_revoked_after_it_was_declared", condition=Q(revoked_at__gte=F("declared_at"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_cause_display()} {self.from_on} – {self.until_on}"
