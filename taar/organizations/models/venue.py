from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from taar.organizations.models.organization import Organization


class Family(models.TextChoices):
    """The three service families: what a venue is for; one visit of a card is one visit in one of them."""

    SPORT = "sport", _("sport")
    CULTURE = "culture", _("culture and art")
    LEARNING = "learning", _("education and social")


class Venue(models.Model):
    """A hall, pool, library or workshop of a body, where people come in."""

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="venues", verbose_name=_("organization")
    )
    place = models.ForeignKey("places.Place", models.PROTECT, related_name="+", verbose_name=_("place"))
    name_fa = models.CharField(_("name in Persian"), max_length=160)
    name_ar = models.CharField(_("name in Arabic"), max_length=160, blank=True)
    name_en = models.CharField(_("name in English"), max_length=160, blank=True)
    families = ArrayField(models.CharField(max_length=20, choices=Family), verbose_name=_("service families"))
    opens_at = models.TimeField(_("opens at"), null=True, blank=True)
    closes_at = models.TimeField(_("closes at"), null=True, blank=True)
    active = models.BooleanField(_("takes part"), default=True)

    class Meta:
        verbose_name = _("venue")
        verbose_name_plural = _("venues")
        ordering = ["name_fa", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["organization", "name_fa"], name="one_venue_of_a_name_in_a_body"),
            models.CheckConstraint(
                name="venue_has_known_families",
                condition=Q(families__contained_by=Family.values) & Q(families__len__gte=1),
            ),
            models.CheckConstraint(
                name="venue_hours_are_whole",
                condition=Q(opens_at=None, closes_at=None) | Q(closes_at__gt=F("opens_at")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language, Persian where that is missing."""
        return getattr(self, f"name_{get_language()}", "") or self.name_fa
