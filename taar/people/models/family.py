"""Who lives with whom, and who speaks for a child: both dated."""

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from taar.lib.sealed import SealedTextField
from taar.people.models.person import Person
from taar.places.models.place import DateRange, on_day

MOST_GUARDIANS = 3


class DatedQuerySet(models.QuerySet):
    """Rows that hold for some days."""

    def on(self, day: date) -> "DatedQuerySet":
        """Rows that hold on a day; `until_on` is the first day on which they no longer do."""
        return self.filter(on_day(day))

    def open(self) -> "DatedQuerySet":
        """Rows that nobody has ended."""
        return self.filter(until_on=None)


class Household(models.Model):
    """People under one roof: a neighbourhood from the list and, sealed, how to find the door."""

    place = models.ForeignKey("places.Place", models.PROTECT, related_name="+", verbose_name=_("neighbourhood"))
    address = SealedTextField(verbose_name=_("address in own words"))
    opened_on = models.DateField(_("since"))

    class Meta:
        verbose_name = _("household")
        verbose_name_plural = _("households")

    def __str__(self) -> str:
        return f"#{self.pk}"


class HouseholdMember(models.Model):
    """A person in a household for some days; in one at a time."""

    household = models.ForeignKey(Household, models.PROTECT, related_name="members", verbose_name=_("household"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="household_rows", verbose_name=_("person"))
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("no longer from"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("member of a household")
        verbose_name_plural = _("members of households")
        constraints = [
            models.CheckConstraint(name="household_member_ends_later", condition=Q(until_on__gte=F("from_on"))),
            ExclusionConstraint(
                name="one_household_of_a_person_at_a_time",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    (DateRange("from_on", "until_on"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.person_id}"


class Guardianship(models.Model):
    """Somebody who applies, carries and consents for a child; open ones stand on the places 1 to 3 of the child."""

    class Proof(models.TextChoices):
        BIRTH_CERTIFICATE = "birth_certificate", _("birth certificate")
        COURT = "court", _("court order")
        WELFARE = "welfare", _("letter of the welfare organization")
        DECLARED = "declared", _("declared by the guardian")

    child = models.ForeignKey(Person, models.PROTECT, related_name="guardianships", verbose_name=_("child"))
    guardian = models.ForeignKey(Person, models.PROTECT, related_name="wards", verbose_name=_("guardian"))
    place_of_three = models.PositiveSmallIntegerField(editable=False)
    proof = models.CharField(_("proof"), max_length=20, choices=Proof)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("no longer from"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("guardianship")
        verbose_name_plural = _("guardianships")
        constraints = [
            models.CheckConstraint(name="nobody_is_their_own_guardian", condition=~Q(child=F("guardian"))),
            models.CheckConstraint(
                name="guardian_on_one_of_three_places", condition=Q(place_of_three__range=(1, MOST_GUARDIANS))
            ),
            models.CheckConstraint(name="guardianship_ends_later", condition=Q(until_on__gte=F("from_on"))),
            models.UniqueConstraint(
                fields=["child", "place_of_three"],
                condition=Q(until_on__isnull=True),
                name="three_open_guardians_of_a_child",
            ),
            models.UniqueConstraint(
                fields=["child", "guardian"], condition=Q(until_on__isnull=True), name="guardian_of_a_child_once"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.guardian_id} → #{self.child_id}"
