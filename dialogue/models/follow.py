from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dialogue.models.thread import Axis, Thread
from taar.organizations.models import Organization
from taar.places.models import Place

SUBJECTS = ("thread", "place", "axis", "organization")


class Follow(models.Model):
    """A person is told what happens on a thread, or which threads begin at a place, on an axis or for a body."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    thread = models.ForeignKey(Thread, models.CASCADE, null=True, related_name="follows")
    place = models.ForeignKey(Place, models.CASCADE, null=True, related_name="+")
    axis = models.CharField(max_length=20, choices=Axis, null=True)
    organization = models.ForeignKey(Organization, models.CASCADE, null=True, related_name="+")
    at = models.DateTimeField()
    merge = models.ForeignKey(
        "ThreadMerge", models.PROTECT, null=True, related_name="follows", help_text="What brought it over, if any."
    )

    class Meta:
        verbose_name = _("follow")
        verbose_name_plural = _("follows")
        constraints = [
            models.CheckConstraint(
                name="follow_has_one_subject",
                condition=Q(thread__isnull=False, place__isnull=True, axis__isnull=True, organization__isnull=True)
                | Q(thread__isnull=True, place__isnull=False, axis__isnull=True, organization__isnull=True)
                | Q(thread__isnull=True, place__isnull=True, axis__isnull=False, organization__isnull=True)
                | Q(thread__isnull=True, place__isnull=True, axis__isnull=True, organization__isnull=False),
            ),
            models.UniqueConstraint(fields=["person", *SUBJECTS], nulls_distinct=False, name="one_follow_of_a_person"),
        ]
        indexes = [
            models.Index(fields=["axis", "person"], name="follow_of_axis", condition=Q(axis__isnull=False)),
            models.Index(fields=["place", "person"], name="follow_of_place", condition=Q(place__isnull=False)),
            models.Index(
                fields=["organization", "person"],
                name="follow_of_organization",
                condition=Q(organization__isnull=False),
            ),
            models.Index(fields=["person", "-id"], name="follow_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.pk}"

    def get_absolute_url(self) -> str:
        """The thread, or the hall narrowed to what is followed."""
        if self.thread_id:
            return self.thread.get_absolute_url()
        name = next(name for name in ("place", "organization", "axis") if getattr(self, name))
        subject = getattr(self, name)
        return f"{reverse('hall')}?{name}={subject if name == 'axis' else subject.code}"
