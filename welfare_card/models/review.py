from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from taar.lib.sealed import SealedTextField
from welfare_card.models.application import Application, Member

PERSON = settings.AUTH_USER_MODEL


class ApprovalBatch(models.Model):
    """Persons that one administrator approves; a second one confirms or returns them all."""

    class Status(models.TextChoices):
        MADE = "made", _("waits for the second person")
        CONFIRMING = "confirming", _("being confirmed")
        CONFIRMED = "confirmed", _("confirmed")
        RETURNED = "returned", _("returned")

    made_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name=_("made by"))
    made_at = models.DateTimeField(_("made at"))
    made_by_label = models.CharField(_("office"), max_length=120, blank=True)
    size = models.PositiveIntegerField(_("persons"), default=0)
    settled = models.PositiveIntegerField(_("persons settled"), default=0)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.MADE)
    decided_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+", verbose_name=_("decided by"))
    decided_at = models.DateTimeField(_("decided at"), null=True)

    class Meta:
        verbose_name = _("batch of approvals")
        verbose_name_plural = _("batches of approvals")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="batch_decided_by_another", condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("made_by"))
            ),
            models.CheckConstraint(
                name="batch_decided_has_its_moment",
                condition=Q(status="made", decided_at__isnull=True, decided_by__isnull=True)
                | (~Q(status="made") & Q(decided_at__isnull=False, decided_by__isnull=False)),
            ),
            models.CheckConstraint(name="batch_settles_no_more_than_it_holds", condition=Q(settled__lte=F("size"))),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Objection(models.Model):
    """Words against a decision within its days; somebody else than who decided answers them."""

    class Outcome(models.TextChoices):
        REOPENED = "reopened", _("looked at again")
        UPHELD = "upheld", _("the decision stays")

    member = models.ForeignKey(Member, models.PROTECT, related_name="objections", verbose_name=_("person"))
    words = SealedTextField(verbose_name=_("objection"))
    at = models.DateTimeField(_("objected at"))
    due_on = models.DateField(_("answer due on"))
    against = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name=_("who decided"))
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, blank=True)
    answer = SealedTextField(verbose_name=_("answer"))
    answered_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+", verbose_name=_("answered by"))
    answered_at = models.DateTimeField(_("answered at"), null=True)

    class Meta:
        verbose_name = _("objection")
        verbose_name_plural = _("objections")
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["member"], condition=Q(answered_at__isnull=True), name="one_open_objection_of_a_member"
            ),
            models.CheckConstraint(
                name="objection_answered_by_another",
                condition=Q(answered_by__isnull=True) | ~Q(answered_by=F("against")),
            ),
            models.CheckConstraint(
                name="objection_answered_has_its_outcome",
                condition=Q(outcome="", answered_at__isnull=True)
                | (~Q(outcome="") & Q(answered_at__isnull=False, answered_by__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.member_id}"


class Paper(models.Model):
    """A photo or a proof that came with an application; its bytes lie sealed in the row and go with it."""

    class Kind(models.TextChoices):
        PHOTO = "photo", _("photo of the person")
        PROOF = "proof", _("proof of guardianship")
        IDENTITY = "identity", _("identity paper")

    application = models.ForeignKey(Application, models.CASCADE, related_name="papers", verbose_name=_("application"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    media_type = models.CharField(max_length=20)
    content = SealedTextField(verbose_name=_("content"))
    at = models.DateTimeField(_("sent at"))

    class Meta:
        verbose_name = _("paper")
        verbose_name_plural = _("papers")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.application_id} {self.kind}"
