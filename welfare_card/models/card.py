from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from welfare_card.models.plan import Plan


class CardQuerySet(models.QuerySet):
    def live(self) -> "CardQuerySet":
        """Cards on their way or in use; a person has one at most."""
        return self.filter(status__in=Card.LIVE)


class Card(models.Model):
    """A person's card: allowances belong to the person and never move with it."""

    class Status(models.TextChoices):
        REQUESTED = "requested", _("requested")
        PRODUCED = "produced", _("produced")
        PRINTED = "printed", _("printed")
        DELIVERED = "delivered", _("delivered")
        ACTIVE = "active", _("active")
        SUSPENDED = "suspended", _("suspended")
        REPLACED = "replaced", _("replaced")
        REVOKED = "revoked", _("revoked")
        EXPIRED = "expired", _("expired")

    LIVE = (Status.REQUESTED, Status.PRODUCED, Status.PRINTED, Status.DELIVERED, Status.ACTIVE, Status.SUSPENDED)

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("person"))
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="+", verbose_name=_("plan"))
    number = models.CharField(_("number"), max_length=12, unique=True)
    index = models.PositiveIntegerField(_("bit in the status list"), unique=True)
    generation = models.PositiveSmallIntegerField(_("generation"), default=1)
    status = models.CharField(_("state"), max_length=12, choices=Status, default=Status.REQUESTED)
    valid_from_on = models.DateField(_("valid from"))
    valid_until_on = models.DateField(_("no longer valid from"))
    requested_at = models.DateTimeField(_("requested at"))
    code = models.BinaryField(
        _("signed code"), null=True, editable=False, help_text="100 bytes: RK1 header, signature."
    )

    objects = CardQuerySet.as_manager()

    class Meta:
        verbose_name = _("card")
        verbose_name_plural = _("cards")
        constraints = [
            models.CheckConstraint(
                name="card_is_valid_for_some_days", condition=Q(valid_until_on__gt=F("valid_from_on"))
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(status__in=("requested", "produced", "printed", "delivered", "active", "suspended")),
                name="one_live_card_of_a_person",
            ),
        ]

    def __str__(self) -> str:
        return self.number
