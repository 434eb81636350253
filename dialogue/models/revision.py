"""Words that stood before, and words that wait to stand."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dialogue.models.contribution import Contribution
from dialogue.models.moderation import one_subject
from dialogue.models.thread import Thread


class ThreadVersion(models.Model):
    """A thread's words as they stood before a change made later than the minutes in which a slip may be mended."""

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="versions")
    title = models.CharField(max_length=100)
    body = models.CharField(max_length=1500)
    until_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.thread_id}/{self.pk}"


class Revision(models.Model):
    """New words of an author for a text that stands or is hidden; a moderator reads them before they take its place."""

    thread = models.ForeignKey(Thread, models.CASCADE, null=True, related_name="revisions")
    contribution = models.ForeignKey(Contribution, models.CASCADE, null=True, related_name="revisions")
    title = models.CharField(max_length=100, blank=True)
    body = models.CharField(max_length=1500)
    written_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    accepted = models.BooleanField(null=True)

    class Meta:
        verbose_name = _("changed words")
        verbose_name_plural = _("changed words")
        constraints = [
            one_subject("revision_has_one_subject"),
            models.UniqueConstraint(
                fields=["thread", "contribution"],
                condition=Q(settled_at__isnull=True),
                nulls_distinct=False,
                name="one_waiting_revision_of_a_text",
            ),
            models.CheckConstraint(
                name="revision_settled_has_an_outcome",
                condition=~(Q(settled_at__isnull=True) ^ Q(accepted__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.thread_id or self.contribution_id} {self.pk}"
