"""Keys that sign cards and lists, and the lists that were published."""

import zlib

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from taar.lib.sealed import SealedTextField
from welfare_card.status_list import StatusBits


class SigningKeyQuerySet(models.QuerySet):
    def signing(self, use: str) -> "SigningKeyQuerySet":
        """Keys of a use that readers know and that may still sign, the oldest first."""
        usable = Q(listed_at__isnull=False, withdrawn_at__isnull=True, card_count__lt=SigningKey.MOST_CARDS)
        return self.filter(usable, use=use).order_by("number")


class SigningKey(models.Model):
    """A key pair; readers know its public half from the list that the offline root key signed."""

    class Use(models.TextChoices):
        CARDS = "cards", _("cards")
        LISTS = "lists", _("status lists")

    MOST_CARDS = 20_000

    number = models.PositiveSmallIntegerField(_("key id"), primary_key=True)
    use = models.CharField(_("signs"), max_length=8, choices=Use)
    public = models.BinaryField(_("public key"), unique=True)
    private = SealedTextField(verbose_name=_("private key"), editable=False)
    card_count = models.PositiveIntegerField(_("cards"), default=0)
    made_at = models.DateTimeField(_("made at"))
    listed_at = models.DateTimeField(_("listed at"), null=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True)

    objects = SigningKeyQuerySet.as_manager()

    class Meta:
        verbose_name = _("signing key")
        verbose_name_plural = _("signing keys")
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(name="key_id_fits_the_card", condition=Q(number__range=(1, 255))),
            models.CheckConstraint(name="key_signs_at_most_20000_cards", condition=Q(card_count__lte=20_000)),
            models.CheckConstraint(name="list_key_signs_no_card", condition=Q(use="cards") | Q(card_count=0)),
            models.CheckConstraint(
                name="key_was_listed_before_it_signed", condition=Q(card_count=0) | Q(listed_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return str(self.number)


class KeyList(models.Model):
    """A published list of public keys, kept as the very text that the root key signed."""

    seq = models.PositiveIntegerField(_("number"), primary_key=True)
    issued_at = models.DateTimeField(_("issued at"))
    text = models.TextField(_("signed list"))

    class Meta:
        verbose_name = _("list of keys")
        verbose_name_plural = _("lists of keys")
        ordering = ["-seq"]

    def __str__(self) -> str:
        return str(self.seq)


class StatusList(models.Model):
    """A published status list; its bits lie packed by zlib."""

    seq = models.PositiveIntegerField(_("number"), primary_key=True)
    key = models.ForeignKey(SigningKey, models.PROTECT, related_name="+", verbose_name=_("signing key"))
    issued_at = models.DateTimeField(_("issued at"))
    next_at = models.DateTimeField(_("next at the latest"))
    card_count = models.PositiveIntegerField(_("cards"))
    blocked_count = models.PositiveIntegerField(_("blocked"))
    # Gone from lists that no reader builds on any more; their numbers and moments stay, for desks name them.
    packed = models.BinaryField(null=True)
    signature = models.BinaryField()

    class Meta:
        verbose_name = _("status list")
        verbose_name_plural = _("status lists")
        ordering = ["-seq"]
        constraints = [
            models.CheckConstraint(name="status_list_has_a_next", condition=Q(next_at__gt=F("issued_at"))),
            models.CheckConstraint(name="blocked_cards_are_cards", condition=Q(blocked_count__lte=F("card_count"))),
        ]

    def __str__(self) -> str:
        return str(self.seq)

    @property
    def status(self) -> StatusBits:
        """The list as readers know it."""
        bits = zlib.decompress(bytes(self.packed))
        return StatusBits(self.key_id, self.seq, self.issued_at, self.next_at, self.card_count, bits)
