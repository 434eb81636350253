from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dialogue.models.answer import Answer
from dialogue.models.thread import Thread
from taar.organizations.models import Organization


class CommitmentQuerySet(models.QuerySet):
    def promised(self) -> "CommitmentQuerySet":
        """Promises that were published; those of a draft are nobody's yet."""
        return self.filter(promised_at__isnull=False)

    def open(self) -> "CommitmentQuerySet":
        """Promises that are still to be kept."""
        return self.promised().filter(status__in=Commitment.OPEN)

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
    CLOSED = (Status.CONFIRMED, Status.DROPPED)

    thread = models.ForeignKey(Thread, models.PROTECT, related_name="commitments")
    answer = models.ForeignKey(Answer, models.PROTECT, related_name="commitments")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    partner = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="+")
    text = models.CharField(max_length=500)
    status = models.CharField(max_length=12, choices=Status, default=Status.PROMISED)
    due_on = models.DateField()
    first_due_on = models.DateField(null=True, help_text="The day that was promised first, if it was moved (once).")
    move_reason = models.CharField(max_length=500, blank=True)
    drop_reason = models.CharField(max_length=500, blank=True)
    claims = models.PositiveSmallIntegerField(default=0, help_text="How often it was said to be done.")
    promised_at = models.DateTimeField(null=True, help_text="Empty until the answer is published.")
    claimed_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True, help_text="When supporters were asked whether it is kept.")
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
            models.CheckConstraint(
                name="commitment_dropped_has_a_reason", condition=~Q(status="dropped") | ~Q(drop_reason="")
            ),
            models.CheckConstraint(
                name="commitment_moved_has_a_reason", condition=Q(first_due_on__isnull=True) | ~Q(move_reason="")
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

    @property
    def asks_now(self) -> bool:
        """Whether the author and supporters are asked if it is kept."""
        return self.status == self.Status.CLAIMED and self.asked_at is not None


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


class CommitmentReply(models.Model):
    """«Was it kept?» by the author and supporters, once for each time it was said to be done; the last word counts."""

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="replies")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    claim = models.PositiveSmallIntegerField()
    kept = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["commitment", "person", "claim"], name="one_reply_of_a_person_to_a_claim")
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.kept}"
