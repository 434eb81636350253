import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dialogue.models.thread import Thread
from taar.organizations.models import Organization, Post


class Answer(models.Model):
    """The answer of an office, never of a bare account: drafted, checked by a second person, published."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        CHECKED = "checked", _("checked by a second person")
        PUBLISHED = "published", _("published")

    class Decision(models.TextChoices):
        ACCEPTED = "accepted", _("accepted")
        PARTLY = "partly", _("partly accepted")
        DONE = "done", _("already done")
        STUDY = "study", _("under study until a date")
        LAW = "law", _("not possible by law")
        BUDGET = "budget", _("not possible within the budget")
        TECHNICAL = "technical", _("not possible technically")

    once = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    thread = models.ForeignKey(Thread, models.PROTECT, related_name="answers")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    status = models.CharField(max_length=12, choices=Status, default=Status.DRAFT)
    decision = models.CharField(max_length=12, choices=Decision)
    study_until_on = models.DateField(null=True, blank=True)
    summary = models.CharField(max_length=280)
    text = models.CharField(max_length=6000)
    next_step = models.CharField(max_length=280, blank=True)
    next_step_on = models.DateField(null=True, blank=True)
    letter_number = models.CharField(max_length=60, blank=True)
    drafted_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [
            models.CheckConstraint(
                name="answer_state_has_its_moment",
                condition=Q(status="draft", checked_at__isnull=True, published_at__isnull=True)
                | Q(status="checked", checked_at__isnull=False, published_at__isnull=True)
                | Q(status="published", checked_at__isnull=False, published_at__isnull=False),
            ),
            models.CheckConstraint(
                name="answer_is_checked_by_a_second_person",
                condition=Q(checked_by__isnull=True, checked_at__isnull=True)
                | (Q(checked_by__isnull=False, checked_at__isnull=False) & ~Q(checked_by=F("drafted_by"))),
            ),
            models.CheckConstraint(
                name="answer_under_study_has_a_day", condition=~(Q(decision="study") ^ Q(study_until_on__isnull=False))
            ),
            models.UniqueConstraint(
                fields=["thread"], condition=~Q(status="published"), name="one_answer_in_hand_of_a_thread"
            ),
        ]
        indexes = [
            models.Index(fields=["thread", "published_at"], name="answer_of_thread"),
            models.Index(fields=["-published_at", "-id"], name="answer_newest", condition=Q(status="published")),
        ]

    def __str__(self) -> str:
        return f"{self.thread_id}/{self.pk}"


class Extension(models.Model):
    """One longer term for an answer, asked before the due day with a public reason."""

    thread = models.OneToOneField(Thread, models.PROTECT, related_name="extension")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    days = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=500)
    old_due_on = models.DateField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.thread_id} +{self.days}"


class Transfer(models.Model):
    """A thread goes to another body, which accepts or refuses; silence accepts. The clock goes on."""

    class Status(models.TextChoices):
        ASKED = "asked", _("asked")
        ACCEPTED = "accepted", _("accepted")
        REFUSED = "refused", _("refused")

    thread = models.ForeignKey(Thread, models.PROTECT, related_name="transfers")
    sender = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    receiver = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)
    status = models.CharField(max_length=12, choices=Status, default=Status.ASKED)
    asked_at = models.DateTimeField()
    silent_until_on = models.DateField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="transfer_settled_has_a_moment",
                condition=Q(status="asked", settled_at__isnull=True)
                | Q(status__in=("accepted", "refused"), settled_at__isnull=False),
            ),
            models.CheckConstraint(name="transfer_goes_elsewhere", condition=~Q(sender=F("receiver"))),
            models.UniqueConstraint(fields=["thread"], condition=Q(status="asked"), name="one_open_transfer"),
        ]

    def __str__(self) -> str:
        return f"{self.thread_id} {self.status}"


class Rating(models.Model):
    """«Did this answer you?» by the author and supporters, once for each answer; the last word counts."""

    answer = models.ForeignKey(Answer, models.PROTECT, related_name="ratings")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    satisfied = models.BooleanField()
    by_author = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["answer", "person"], name="one_rating_of_a_person")]

    def __str__(self) -> str:
        return f"{self.answer_id} {self.satisfied}"
