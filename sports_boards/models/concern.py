from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sports_boards.models.board import Board
from taar.organizations.models import Organization

PERSON = settings.AUTH_USER_MODEL


class ConcernQuerySet(models.QuerySet):
    """What boards brought to the governor's office."""

    def late_on(self, day) -> "ConcernQuerySet":
        """Those in hand whose answer is overdue on a day."""
        return self.filter(status=Concern.Status.IN_HAND, due_on__lt=day)


class Concern(models.Model):
    """A concern, suggestion or point of a board to the governor's office, until it is answered and closed."""

    class Kind(models.TextChoices):
        CONCERN = "concern", _("concern")
        SUGGESTION = "suggestion", _("suggestion")
        POINT = "point", _("point")

    class Status(models.TextChoices):
        SENT = "sent", _("sent")
        SEEN = "seen", _("seen")
        IN_HAND = "in_hand", _("in hand")
        ANSWERED = "answered", _("answered")
        ACCEPTED = "accepted", _("answer accepted")
        REOPENED = "reopened", _("reopened")
        CLOSED = "closed", _("closed")

    # The office has the next step.
    OWED = (Status.SENT, Status.SEEN, Status.IN_HAND, Status.REOPENED)

    board = models.ForeignKey(Board, models.PROTECT, related_name="concerns", verbose_name=_("sports board"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    title = models.CharField(_("title"), max_length=160)
    text = models.TextField(_("text"), max_length=4000)
    place = models.ForeignKey(
        "places.Place", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("about the place")
    )
    status = models.CharField(_("status"), max_length=8, choices=Status, default=Status.SENT)
    sent_at = models.DateTimeField(_("sent at"))
    sent_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    seen_at = models.DateTimeField(_("seen at"), null=True)
    unit = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit that deals with it")
    )
    due_on = models.DateField(_("answer due on"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True)
    settled_at = models.DateTimeField(_("the board replied at"), null=True)
    reason = models.CharField(_("why it was reopened"), max_length=500, blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True)

    objects = ConcernQuerySet.as_manager()

    class Meta:
        verbose_name = _("concern of a board")
        verbose_name_plural = _("concerns of boards")
        ordering = ["-sent_at", "-pk"]
        indexes = [
            models.Index(fields=["status", "due_on", "id"], name="concern_queue"),
            models.Index(fields=["board", "-sent_at"], name="concern_of_a_board"),
        ]
        constraints = [
            models.CheckConstraint(name="concern_says_something", condition=~Q(title="") & ~Q(text="")),
            models.CheckConstraint(
                name="concern_seen_has_its_moment",
                condition=Q(status="sent", seen_at=None) | ~Q(status="sent") & Q(seen_at__isnull=False),
            ),
            models.CheckConstraint(
                name="concern_in_hand_has_unit_and_day",
                condition=Q(status__in=("sent", "seen"), unit=None, due_on=None)
                | ~Q(status__in=("sent", "seen")) & Q(unit__isnull=False, due_on__isnull=False),
            ),
            models.CheckConstraint(
                name="concern_answered_has_its_moment",
                condition=~Q(status__in=("answered", "accepted", "reopened", "closed")) | Q(answered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="concern_reply_has_its_moment",
                condition=Q(status__in=("sent", "seen", "answered"), settled_at=None)
                | Q(status__in=("in_hand",))
                | Q(status__in=("accepted", "reopened", "closed"), settled_at__isnull=False),
            ),
            models.CheckConstraint(
                name="concern_reopened_has_its_reason", condition=~Q(status="reopened") | ~Q(reason="")
            ),
            models.CheckConstraint(
                name="concern_closed_has_its_moment",
                condition=Q(status="closed", closed_at__isnull=False) | ~Q(status="closed") & Q(closed_at=None),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def subject(self) -> str:
        """How the journal names it."""
        return f"concern:{self.pk}"


class ConcernAnswer(models.Model):
    """One answer to a concern; after a reopening there is another."""

    concern = models.ForeignKey(Concern, models.PROTECT, related_name="answers", verbose_name=_("concern"))
    text = models.TextField(_("text"), max_length=4000)
    letter_number = models.CharField(_("number of the letter"), max_length=60, blank=True)
    answered_at = models.DateTimeField(_("answered at"))
    answered_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("answer to a concern")
        verbose_name_plural = _("answers to concerns")
        ordering = ["pk"]
        constraints = [models.CheckConstraint(name="concern_answer_says_something", condition=~Q(text=""))]

    def __str__(self) -> str:
        return f"{self.concern_id} {self.answered_at}"


class SupportRequest(models.Model):
    """What a board asks for: equipment, coaches, money in kind; reviewed by one person, decided by another."""

    class Status(models.TextChoices):
        SUBMITTED = "submitted", _("submitted")
        TECHNICAL_REVIEW = "technical_review", _("technical review")
        COMMITTEE = "committee", _("before the committee")
        APPROVED = "approved", _("approved as a whole")
        APPROVED_IN_PART = "approved_in_part", _("approved in part")
        REFUSED = "refused", _("refused")
        ALLOCATED = "allocated", _("allocated")
        DELIVERED = "delivered", _("delivered")
        PROVED = "proved", _("use proved")
        CLOSED = "closed", _("closed")

    UNDECIDED = (Status.SUBMITTED, Status.TECHNICAL_REVIEW, Status.COMMITTEE)

    board = models.ForeignKey(Board, models.PROTECT, related_name="support_requests", verbose_name=_("sports board"))
    title = models.CharField(_("title"), max_length=160)
    status = models.CharField(_("status"), max_length=16, choices=Status, default=Status.SUBMITTED)
    submitted_at = models.DateTimeField(_("submitted at"))
    submitted_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(_("reviewed at"), null=True)
    reviewed_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    opinion = models.TextField(_("technical opinion"), max_length=2000, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decided_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(_("reason of the decision"), max_length=500, blank=True)
    allocated_at = models.DateTimeField(_("allocated at"), null=True)
    letter_number = models.CharField(_("number of the letter"), max_length=60, blank=True)
    delivered_at = models.DateTimeField(_("delivered at"), null=True)
    proved_at = models.DateTimeField(_("proved at"), null=True)
    proof = models.TextField(_("how it was used"), max_length=2000, blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True)

    class Meta:
        verbose_name = _("support request")
        verbose_name_plural = _("support requests")
        ordering = ["-submitted_at", "-pk"]
        indexes = [models.Index(fields=["status", "submitted_at", "id"], name="support_queue")]
        constraints = [
            models.CheckConstraint(name="support_request_says_something", condition=~Q(title="")),
            models.CheckConstraint(
                name="support_reviewed_has_its_opinion",
                condition=Q(status__in=("submitted", "technical_review"), reviewed_at=None, reviewed_by=None)
                | ~Q(status__in=("submitted", "technical_review"))
                & Q(reviewed_at__isnull=False, reviewed_by__isnull=False)
                & ~Q(opinion=""),
            ),
            models.CheckConstraint(
                name="support_decided_has_its_reason",
                condition=Q(status__in=("submitted", "technical_review", "committee"), decided_at=None, decided_by=None)
                | ~Q(status__in=("submitted", "technical_review", "committee"))
                & Q(decided_at__isnull=False, decided_by__isnull=False)
                & ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="support_decided_by_another_person",
                condition=Q(decided_by=None) | ~Q(decided_by=F("reviewed_by")) & ~Q(decided_by=F("submitted_by")),
            ),
            models.CheckConstraint(
                name="support_reviewed_by_another_person",
                condition=Q(reviewed_by=None) | ~Q(reviewed_by=F("submitted_by")),
            ),
            models.CheckConstraint(
                name="support_allocated_has_its_letter",
                condition=~Q(status__in=("allocated", "delivered", "proved"))
                | Q(allocated_at__isnull=False) & ~Q(letter_number=""),
            ),
            models.CheckConstraint(
                name="support_delivered_has_its_moment",
                condition=~Q(status__in=("delivered", "proved")) | Q(delivered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="support_proved_has_its_proof",
                condition=~Q(status="proved") | Q(proved_at__isnull=False) & ~Q(proof=""),
            ),
            models.CheckConstraint(
                name="support_closed_has_its_moment",
                condition=Q(status="closed", closed_at__isnull=False) | ~Q(status="closed") & Q(closed_at=None),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def subject(self) -> str:
        """How the journal names it."""
        return f"support:{self.pk}"


class SupportLine(models.Model):
    """One thing of a support request; what is given of it is never more than was asked for."""

    request = models.ForeignKey(SupportRequest, models.PROTECT, related_name="lines", verbose_name=_("request"))
    position = models.PositiveSmallIntegerField(_("line"))
    item = models.CharField(_("what"), max_length=160)
    quantity = models.PositiveIntegerField(_("how many"))
    value_rials = models.PositiveBigIntegerField(_("rials each"), default=0)
    reason = models.CharField(_("reason"), max_length=500)
    approved = models.PositiveIntegerField(_("approved"), null=True, blank=True)

    class Meta:
        verbose_name = _("line of a support request")
        verbose_name_plural = _("lines of support requests")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["request", "position"], name="support_line_once"),
            models.CheckConstraint(name="support_line_is_whole", condition=Q(quantity__gte=1) & ~Q(item="")),
            models.CheckConstraint(name="support_line_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="no_more_is_given_than_asked", condition=Q(approved=None) | Q(approved__lte=F("quantity"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request_id} {self.position}"
