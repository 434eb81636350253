from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from welfare_card.models.plan import Plan
from welfare_card.models.signing import SigningKey


class Batch(models.Model):
    """Cards that are made together; whoever made or checked it does not approve it, and its counts agree."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        CHECKED = "checked", _("checked")
        APPROVED = "approved", _("approved")
        SIGNING = "signing", _("being signed")
        PRODUCED = "produced", _("produced")
        PRINTED = "printed", _("printed")
        DELIVERED = "delivered", _("delivered")
        CLOSED = "closed", _("closed")

    title = models.CharField(_("title"), max_length=120)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="+", verbose_name=_("plan"))
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    valid_from_on = models.DateField(_("valid from"))
    valid_until_on = models.DateField(_("no longer valid from"))
    card_count = models.PositiveIntegerField(_("cards"), default=0)
    signed_count = models.PositiveIntegerField(_("signed"), default=0)
    delivered_count = models.PositiveIntegerField(_("delivered"), default=0)
    returned_count = models.PositiveIntegerField(_("not handed over"), default=0)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("made by")
    )
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("checked by")
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("approved by")
    )
    made_at = models.DateTimeField(_("made at"))
    checked_at = models.DateTimeField(_("checked at"), null=True)
    approved_at = models.DateTimeField(_("approved at"), null=True)
    produced_at = models.DateTimeField(_("produced at"), null=True)
    printed_at = models.DateTimeField(_("printed at"), null=True)
    delivered_at = models.DateTimeField(_("delivered at"), null=True)
    closed_at = models.DateTimeField(_("closed at"), null=True)

    class Meta:
        verbose_name = _("batch of cards")
        verbose_name_plural = _("batches of cards")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="batch_is_valid_for_some_days", condition=Q(valid_until_on__gt=F("valid_from_on"))
            ),
            models.CheckConstraint(
                name="batch_maker_does_not_approve",
                condition=~Q(approved_by=F("made_by")) & ~Q(approved_by=F("checked_by")),
            ),
            models.CheckConstraint(name="batch_signs_its_cards", condition=Q(signed_count__lte=F("card_count"))),
            models.CheckConstraint(
                name="batch_is_produced_whole",
                condition=Q(status__in=("draft", "checked", "approved", "signing"), produced_at__isnull=True)
                | Q(produced_at__isnull=False, signed_count=F("card_count")),
            ),
            models.CheckConstraint(
                name="batch_accounts_for_every_card",
                condition=Q(delivered_at__isnull=True) | Q(card_count=F("delivered_count") + F("returned_count")),
            ),
            models.CheckConstraint(
                name="batch_dates_follow_its_state",
                condition=(
                    Q(status="draft", checked_at__isnull=True) | ~Q(status="draft") & Q(checked_at__isnull=False)
                )
                & (
                    Q(status__in=("draft", "checked"), approved_at__isnull=True)
                    | ~Q(status__in=("draft", "checked")) & Q(approved_at__isnull=False)
                )
                & (~Q(status__in=("printed", "delivered", "closed")) | Q(printed_at__isnull=False))
                & (~Q(status__in=("delivered", "closed")) | Q(delivered_at__isnull=False))
                & (Q(status="closed", closed_at__isnull=False) | ~Q(status="closed") & Q(closed_at__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.title}"

    @property
    def progress(self) -> int:
        """How many of a hundred cards are signed."""
        return self.signed_count * 100 // self.card_count if self.card_count else 0


class SigningShare(models.Model):
    """A run of a batch's cards that one key signs; the plan is laid before the first signature, so a resumed batch
    comes out as one that was never broken off.
    """

    MOST_CARDS = 5_000

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="shares")
    key = models.ForeignKey(SigningKey, models.PROTECT, related_name="+")
    first_index = models.PositiveIntegerField()
    last_index = models.PositiveIntegerField()
    card_count = models.PositiveIntegerField()
    signed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("share of a batch")
        verbose_name_plural = _("shares of a batch")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "first_index"], name="share_begins_once"),
            models.CheckConstraint(
                name="share_has_cards",
                condition=Q(last_index__gte=F("first_index"), card_count__gte=1, card_count__lte=5_000),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}: {self.first_index}–{self.last_index}"
