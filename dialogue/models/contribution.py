import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dialogue.models.publication import OPEN, STANDING, Publication, published_has_a_moment
from dialogue.models.thread import Kind, Thread
from taar.places.models import Place


class ContributionQuerySet(models.QuerySet):
    def standing(self) -> "ContributionQuerySet":
        """What everybody sees in its place, as text or as a stub."""
        return self.filter(publication__in=STANDING)

    def visible_to(self, person) -> "ContributionQuerySet":
        """What stands in public on a thread that does, and a person's own."""
        seen = Q(publication__in=STANDING, thread__publication__in=STANDING)
        return self.filter(seen | Q(author=person)) if person.is_authenticated else self.filter(seen)


class Contribution(models.Model):
    """What somebody adds to a thread, or answers to another contribution of it (one level of replies)."""

    once = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    thread = models.ForeignKey(Thread, models.PROTECT, related_name="contributions")
    reply_to = models.ForeignKey("self", models.PROTECT, null=True, related_name="replies")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    author_name = models.CharField(max_length=120)
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default="fa")
    body = models.CharField(max_length=1000)
    publication = models.CharField(max_length=12, choices=Publication, default=Publication.PENDING)
    written_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    edited_at = models.DateTimeField(null=True)

    objects = ContributionQuerySet.as_manager()

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        constraints = [
            published_has_a_moment("contribution_published_has_a_moment"),
            models.CheckConstraint(
                name="contribution_is_not_united", condition=~Q(publication__in=("locked", "merged", "draft"))
            ),
        ]
        indexes = [
            models.Index(
                fields=["thread", "published_at", "id"],
                name="contribution_of_thread",
                condition=Q(published_at__isnull=False),
            ),
            models.Index(fields=["author", "-written_at"], name="contribution_of_author"),
        ]

    def __str__(self) -> str:
        return f"{self.thread_id}-{self.pk}"

    def get_absolute_url(self) -> str:
        return f"{self.thread.get_absolute_url()}#contribution-{self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether everybody reads its text."""
        return self.publication in OPEN


class ContributionVersion(models.Model):
    """A text as it stood before a change made later than the minutes in which a slip may be mended."""

    contribution = models.ForeignKey(Contribution, models.CASCADE, related_name="versions")
    body = models.CharField(max_length=1000)
    until_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.contribution_id}/{self.pk}"
