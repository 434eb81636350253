from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dialogue.models.answer import Answer
from dialogue.models.thread import Thread
from taar.organizations.models import Organization


class CommitmentQuerySet(models.QuerySet):
    def open(self) -> "CommitmentQuerySet":
        """Promises that are still to be kept."""
        return self.filter(status__in=Commitment.OPEN)

    def late(self, day) -> "CommitmentQuerySet":
        """Promises whose day has passed and that nobody has claimed done."""
        return self.open().filter(due_on__lt=day)


class Commitment(models.Model):
    """What a body promised in an answer, until when, and whether it was kept."""

    class Status(models.TextChoices):
        PROMISED = "promised", _("promised")
        IN_PROGRESS = "in_progress", _("in progress")
        CLAIMED = "claimed", _("said to be done")
        CONFIRMED = "confirmed", _("kept")
        DISPUTED = "disputed", _("disputed")
        DROPPED = "dropped", _("dropped with a reason")

    OPEN = (Status.PROMISED, Status.IN_PROGRESS, Status.DISPUTED)

    thread = models.ForeignKey(Thread, models.PROTECT, related_name="commitments")
    answer = models.ForeignKey(Answer, models.PROTECT, related_name="commitments")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    partner = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="+")
    text = models.CharField(max_length=500)
    status = models.CharField(max_length=12, choices=Status, default=Status.PROMISED)
    due_on = models.DateField()
    first_due_on = models.DateField(null=True, help_text="The day that was promised first, if it was moved (once).")
    promised_at = models.DateTimeField(null=True, help_text="Empty until the answer is published.")
    claimed_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        constraints = [
            models.CheckConstraint(
                name="commitment_state_has_its_moment",
                condition=Q(status__in=("promised", "in_progress"), settled_at__isnull=True)
                | Q(status="claimed", claimed_at__isnull=False, settled_at__isnull=True)
                | Q(status__in=("confirmed", "disputed"), claimed_at__isnull=False, settled_at__isnull=False)
                | Q(status="dropped", settled_at__isnull=False),
            ),
            models.CheckConstraint(name="commitment_moves_later", condition=Q(due_on__gt=F("first_due_on"))),
        ]
        indexes = [
            models.Index(fields=["organization", "due_on"], name="commitment_of_organization"),
            models.Index(fields=["thread", "id"], name="commitment_of_thread"),
            models.Index(fields=["-due_on", "-id"], name="commitment_due"),
        ]

    def __str__(self) -> str:
        return f"{self.thread_id}/{self.pk}"

    def is_late(self, day) -> bool:
        """Whether its day has passed while it is still to be kept."""
        return self.status in self.OPEN and self.due_on < day


class CommitmentNote(models.Model):
    """Progress on a commitment, or the proof that it was kept; written by the owner's office."""

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="notes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    text = models.CharField(max_length=1000)
    is_proof = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.commitment_id}/{self.pk}"
