from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

PROVINCE_CODE = "06"
COMMA = {"en": ", "}


class DateRange(Func):
    """Days from the first up to, but without, the second; an empty second never ends."""

    function = "DATERANGE"
    output_field = DateRangeField()


def on_day(day: date, prefix: str = "") -> Q:
    """Rows that hold on a day: begun, and not over (`until_on` is the first day on which they no longer hold)."""
    begun = Q(**{f"{prefix}from_on__lte": day})
    return begun & (Q(**{f"{prefix}until_on__isnull": True}) | Q(**{f"{prefix}until_on__gt": day}))


class PlaceQuerySet(models.QuerySet):
    def within(self, place: "Place") -> "PlaceQuerySet":
        """The place itself and everything that lies in it."""
        return self.filter(ancestors__contains=[place.pk])

    def flagged(self, kind: str, day: date) -> "PlaceQuerySet":
        """Places that bear the flag themselves, or lie in a place that bears it, on a day."""
        flags = PlaceFlag.objects.filter(on_day(day), kind=kind).order_by()
        bearers = list(flags.values_list("place_id", flat=True).distinct())
        return self.filter(ancestors__overlap=bearers) if bearers else self.none()

    def counties(self) -> "PlaceQuerySet":
        """The counties, in the order of the alphabet."""
        return self.filter(kind=Place.Kind.COUNTY).order_by("sort_key", "pk")

    def livable(self) -> "PlaceQuerySet":
        """Places that a person can name as their own: the finest units, neighbourhoods and towns."""
        return self.filter(kind=Place.Kind.NEIGHBOURHOOD)


class Place(models.Model):
    """A part of the province, down to the neighbourhood; `ancestors` are its own key and those of all it lies in."""

    class Kind(models.TextChoices):
        PROVINCE = "province", _("province")
        COUNTY = "county", _("county")
        DISTRICT = "district", _("district")
        REGION = "region", _("municipal region")
        NEIGHBOURHOOD = "neighbourhood", _("neighbourhood or town")

    code = models.CharField(_("code"), max_length=20, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("lies in")
    )
    county = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("county")
    )
    name_fa = models.CharField(_("name in Persian"), max_length=120)
    name_ar = models.CharField(_("name in Arabic"), max_length=120, blank=True)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    population = models.PositiveIntegerField(_("population"), null=True, blank=True)
    lat = models.FloatField(_("latitude"), null=True, blank=True)
    lon = models.FloatField(_("longitude"), null=True, blank=True)
    ancestors = ArrayField(models.BigIntegerField(), default=list, editable=False)
    sort_key = models.CharField(max_length=250, editable=False, default="")

    objects = PlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ["sort_key", "pk"]
        indexes = [GinIndex(fields=["ancestors"], name="place_ancestors")]
        constraints = [
            models.CheckConstraint(
                name="only_the_province_lies_in_nothing", condition=Q(kind="province") ^ Q(parent__isnull=False)
            ),
            models.CheckConstraint(
                name="only_the_province_has_no_county", condition=Q(kind="province") ^ Q(county__isnull=False)
            ),
            models.CheckConstraint(
                name="place_has_a_sensible_point",
                condition=Q(lat__isnull=True, lon__isnull=True) | Q(lat__range=(-90, 90), lon__range=(-180, 180)),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language, Persian where that is missing."""
        return getattr(self, f"name_{get_language()}", "") or self.name_fa

    @property
    def label(self) -> str:
        """The name with its county: «اهواز، ملاشیه». Lists fetch it with `select_related("place__county")`."""
        if self.county_id is None or self.county_id == self.pk:
            return self.name
        return self.county.name + COMMA.get(get_language(), "، ") + self.name

    @property
    def is_livable(self) -> bool:
        """Whether a person can name it as the place they live in."""
        return self.kind == self.Kind.NEIGHBOURHOOD

    def lies_in(self, other: "Place") -> bool:
        """Whether this place is the other one or a part of it."""
        return other.pk in self.ancestors

    def underserved_on(self, day: date) -> bool:
        """Whether the place, or a neighbourhood or district it lies in, bears the flag on a day."""
        flags = PlaceFlag.objects.filter(on_day(day), kind=PlaceFlag.Kind.UNDERSERVED)
        return flags.filter(place_id__in=self.ancestors).exists()

    def pilot_on(self, day: date) -> bool:
        """Whether the place lies in the pilot on a day."""
        flags = PlaceFlag.objects.filter(on_day(day), kind=PlaceFlag.Kind.PILOT)
        return flags.filter(place_id__in=self.ancestors).exists()


class PlaceFlag(models.Model):
    """What is said of a place for some days; `until_on` is the first day on which it no longer holds."""

    class Kind(models.TextChoices):
        PILOT = "pilot", _("pilot")
        UNDERSERVED = "underserved", _("underserved")

    place = models.ForeignKey(Place, models.PROTECT, related_name="flags", verbose_name=_("place"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("no longer from"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300)

    class Meta:
        verbose_name = _("flag of a place")
        verbose_name_plural = _("flags of places")
        ordering = ["-from_on", "pk"]
        constraints = [
            models.CheckConstraint(name="flag_ends_after_it_begins", condition=Q(until_on__gte=F("from_on"))),
            ExclusionConstraint(
                name="one_flag_of_a_kind_at_a_time",
                expressions=[
                    ("place", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    (DateRange("from_on", "until_on"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.place_id}"
