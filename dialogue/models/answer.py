import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dialogue.models.thread import Thread
from taar.organizations.models import Organization, Post


class AnswerQuerySet(models.QuerySet):
    def in_hand(self) -> "AnswerQuerySet":
        """Answers that are being written; a thread has one at most."""
        return self.filter(status__in=Answer.IN_HAND)

    def published(self) -> "AnswerQuerySet":
        """Answers that everybody reads."""
        return self.filter(status=Answer.Status.PUBLISHED)


class Answer(models.Model):
    """The answer of an office, never of a bare account: drafted, checked by a second person, published."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        CHECKED = "checked", _("checked by a second person")
        PUBLISHED = "published", _("published")
        SHELVED = "shelved", _("left aside because the thread went to another body")

    class Decision(models.TextChoices):
        ACCEPTED = "accepted", _("accepted")
        PARTLY = "partly", _("partly accepted")
        DONE = "done", _("already done")
        STUDY = "study", _("under study until a date")
        LAW = "law", _("not possible by law")
        BUDGET = "budget", _("not possible within the budget")
        TECHNICAL = "technical", _("not possible technically")

    IN_HAND = (Status.DRAFT, Status.CHECKED)

    once = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    thread = models.ForeignKey(Thread, models.PROTECT, related_name="answers")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    status = models.CharField(max_length=12, choices=Status, default=Status.DRAFT)
    decision = models.CharField(max_length=12, choices=Decision, blank=True)
    study_until_on = models.DateField(null=True, blank=True)
    summary = models.CharField(max_length=280, blank=True)
    text = models.CharField(max_length=6000, blank=True)
    next_step = models.CharField(max_length=280, blank=True)
    next_step_on = models.DateField(null=True, blank=True)
    letter_number = models.CharField(max_length=60, blank=True)
    revision = models.PositiveIntegerField(default=1, help_text="Grows with each change, so nobody checks unseen text.")
    return_note = models.CharField(max_length=500, blank=True)
    working_days = models.PositiveSmallIntegerField(null=True, help_text="Working days it took, when published.")
    term_days = models.PositiveSmallIntegerField(null=True, help_text="Working days that there were for it.")
    drafted_at = models.DateTimeField()
    ready_at = models.DateTimeField(null=True, help_text="When its drafter asked for the check.")
    checked_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [
            models.CheckConstraint(
                name="answer_state_has_its_moment",
                condition=Q(status__in=("draft", "shelved"), checked_at__isnull=True, published_at__isnull=True)
                | Q(status="checked", checked_at__isnull=False, published_at__isnull=True)
                | Q(status="published", checked_at__isnull=False, published_at__isnull=False),
            ),
            models.CheckConstraint(
                name="answer_is_checked_by_a_second_person",
                condition=Q(checked_by__isnull=True, checked_at__isnull=True)
                | (Q(checked_by__isnull=False, checked_at__isnull=False) & ~Q(checked_by=F("drafted_by"))),
            ),
            models.CheckConstraint(
                name="answer_under_study_has_a_day",
                condition=(Q(study_until_on__isnull=True) | Q(decision="study"))
                & ~Q(status__in=("checked", "published"), decision="study", study_until_on__isnull=True),
            ),
            models.CheckConstraint(
                name="answer_checked_is_whole",
                condition=~Q(status__in=("checked", "published")) | ~(Q(decision="") | Q(summary="") | Q(text="")),
            ),
            models.UniqueConstraint(
                fields=["thread"], condition=Q(status__in=("draft", "checked")), name="one_answer_in_hand_of_a_thread"
            ),
        ]
        indexes = [
            models.Index(fields=["thread", "published_at"], name="answer_of_thread"),
            models.Index(fields=["-published_at", "-id"], name="answer_newest", condition=Q(status="published")),
        ]

    def __str__(self) -> str:
        return f"{self.thread_id}/{self.pk}"

    @property
    def is_whole(self) -> bool:
        """Whether nothing is missing that a reader needs."""
        studied = self.decision != self.Decision.STUDY or self.study_until_on is not None
        return bool(self.decision and self.summary and self.text and studied)


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


class TransferQuerySet(models.QuerySet):
    def open(self) -> "TransferQuerySet":
        """Wishes that nobody has decided yet."""
        return self.filter(status=Transfer.Status.ASKED)


class Transfer(models.Model):
    """A thread goes to another body, which accepts or refuses; silence accepts. The clock goes on.

    The first two wishes go to the receiver; every later one is decided by the secretariat, where silence is no word.
    """

    class Status(models.TextChoices):
        ASKED = "asked", _("asked")
        ACCEPTED = "accepted", _("accepted")
        REFUSED = "refused", _("refused")

    thread = models.ForeignKey(Thread, models.PROTECT, related_name="transfers")
    sender = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    receiver = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)
    answer = models.CharField(max_length=500, blank=True, help_text="Why it was refused.")
    status = models.CharField(max_length=12, choices=Status, default=Status.ASKED)
    asked_at = models.DateTimeField()
    silent_until_on = models.DateField(null=True, help_text="Silence up to this day accepts; empty: the secretariat's.")
    settled_at = models.DateTimeField(null=True)

    objects = TransferQuerySet.as_manager()

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


class Reminder(models.Model):
    """One step of an answer clock that was told, once for each thread."""

    thread = models.ForeignKey(Thread, models.PROTECT, related_name="reminders")
    step = models.PositiveSmallIntegerField(help_text="The working day of the clock.")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["thread", "step"], name="one_reminder_of_a_step")]

    def __str__(self) -> str:
        return f"{self.thread_id} {self.step}"


class Alarm(models.Model):
    """A body owes answers and nobody holds its answering post; it ends when somebody does."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization"], condition=Q(ended_at__isnull=True), name="one_open_alarm_of_a_body"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organization_id} {self.began_at}"
