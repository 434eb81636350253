from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from welfare_card.models.plan import Family, Season
from welfare_card.models.rule import AllowanceRule


class Account(models.Model):
    """One side of transfers, in visits of one family; guarded ones keep a balance that the database moves.

    Only a transfer moves a balance; accounts that many people share keep none, so that no scan waits for another.
    """

    class Kind(models.TextChoices):
        ALLOWANCE = "allowance", _("allowance of a person")
        HELD = "held", _("held for a lease or a booked visit")
        SOURCE = "source", _("issued by the plan")
        VENUE = "venue", _("taken at a venue")
        LOSS = "loss", _("loss of emergency visits")
        EXPIRED = "expired", _("expired")

    GUARDED = (Kind.ALLOWANCE, Kind.HELD)

    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    family = models.CharField(_("service family"), max_length=20, choices=Family)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False, verbose_name=_("person")
    )
    season = models.ForeignKey(
        Season, models.PROTECT, null=True, related_name="+", db_index=False, verbose_name=_("season")
    )
    venue = models.ForeignKey(
        "organizations.Venue", models.PROTECT, null=True, related_name="+", db_index=False, verbose_name=_("venue")
    )
    rule = models.ForeignKey(
        AllowanceRule, models.PROTECT, null=True, related_name="+", db_index=False, verbose_name=_("rule")
    )
    balance = models.IntegerField(_("visits left"), default=0)

    class Meta:
        verbose_name = _("account of visits")
        verbose_name_plural = _("accounts of visits")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "family", "season", "kind", "venue"],
                name="one_account_of_a_kind",
                nulls_distinct=False,
            ),
            # The till of a venue, found at each visit.
            models.UniqueConstraint(fields=["venue", "family"], condition=Q(kind="venue"), name="one_till_of_a_family"),
            # Only an allowance and what is held of it have a balance; that of all others stays at nothing.
            models.CheckConstraint(name="no_overdraft", condition=Q(balance__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.get_family_display()}"


class Transfer(models.Model):
    """Visits that go from one account to another; `id` is the client's, a row is written once and never changed."""

    class Kind(models.TextChoices):
        GRANT = "grant", _("granted")
        VISIT = "visit", _("visit")
        EMERGENCY = "emergency", _("emergency visit")
        HOLD = "hold", _("held")
        RELEASE = "release", _("released")
        REVERSAL = "reversal", _("reversed")
        GIVE_BACK = "give_back", _("given back")
        EXPIRY = "expiry", _("expired")

    id = models.UUIDField(primary_key=True)
    body_hash = models.BinaryField(max_length=32)
    debit = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    credit = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    unit = models.CharField(_("unit"), max_length=20, choices=Family)
    amount = models.IntegerField(_("visits"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    reverses = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="+", db_index=False, verbose_name=_("reverses")
    )
    at = models.DateTimeField(_("at"))
    posted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
    )

    class Meta:
        verbose_name = _("transfer")
        verbose_name_plural = _("transfers")
        constraints = [
            # Most transfers reverse nothing, and cost this index nothing.
            models.UniqueConstraint(
                fields=["reverses"], condition=Q(reverses__isnull=False), name="transfer_is_reversed_once"
            ),
            models.CheckConstraint(name="transfer_moves_something", condition=Q(amount__gt=0)),
            models.CheckConstraint(name="transfer_has_two_sides", condition=~Q(debit=models.F("credit"))),
        ]

    def __str__(self) -> str:
        return str(self.id)
