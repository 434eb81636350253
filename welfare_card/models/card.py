from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from taar.lib.persian import ascii_digits
from taar.lib.sealed import blind_index
from welfare_card import card_code, card_number
from welfare_card.models.batch import Batch
from welfare_card.models.plan import Plan
from welfare_card.models.signing import SigningKey


def number_key() -> bytes:
    """The secret under which indexes become numbers; it hangs on the field key that stays for good."""
    return blind_index("numbers", "welfare_card.card_number")


class CardQuerySet(models.QuerySet):
    def live(self) -> "CardQuerySet":
        """Cards on their way or in use; a person has one at most."""
        return self.filter(status__in=Card.LIVE)

    def blocked(self) -> "CardQuerySet":
        """Cards whose bit is set in the status list."""
        return self.filter(status__in=Card.BLOCKED)

    def with_number(self, text: str) -> "CardQuerySet":
        """The card of a number as people type it, in any digits and groups; none for what is no number of a card."""
        number = "".join(ascii_digits(text).split()).replace("-", "")
        return self.filter(number=number) if card_number.is_number(number) else self.none()


class Card(models.Model):
    """A person's card: allowances belong to the person and never move with it.

    What the code says of the holder is kept as it was when the card was asked for: what is printed stays printed.
    """

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

    class Reason(models.TextChoices):
        LOST = "lost", _("lost")
        STOLEN = "stolen", _("stolen")
        DAMAGED = "damaged", _("damaged")
        WRONG = "wrong", _("printed wrongly")
        MISUSED = "misused", _("used by somebody else")
        UNCLAIMED = "unclaimed", _("not handed over")
        WISH = "wish", _("the holder's wish")
        ENDED = "ended", _("no longer entitled")

    LIVE = (Status.REQUESTED, Status.PRODUCED, Status.PRINTED, Status.DELIVERED, Status.ACTIVE, Status.SUSPENDED)
    BLOCKED = (Status.SUSPENDED, Status.REPLACED, Status.REVOKED)

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("person"))
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="+", db_index=False, verbose_name=_("plan"))
    batch = models.ForeignKey(
        Batch, models.PROTECT, null=True, blank=True, related_name="cards", verbose_name=_("batch of cards")
    )
    number = models.CharField(_("number"), max_length=12)
    index = models.PositiveIntegerField(_("bit in the status list"), unique=True)
    generation = models.PositiveSmallIntegerField(_("generation"), default=1)
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.REQUESTED)
    reason = models.CharField(_("reason"), max_length=10, choices=Reason, blank=True, default="")
    # Since when its bit is set; a desk that held an older status list could not know.
    blocked_at = models.DateTimeField(_("blocked at"), null=True, blank=True, editable=False)
    valid_from_on = models.DateField(_("valid from"))
    valid_until_on = models.DateField(_("no longer valid from"))
    requested_at = models.DateTimeField(_("requested at"))
    short_name = models.CharField(_("short name"), max_length=21, blank=True, default="")
    county_code = models.PositiveSmallIntegerField(_("county"), default=0)
    flags = models.PositiveSmallIntegerField(_("flags"), default=0)
    birth_year = models.PositiveSmallIntegerField(_("year of birth"), default=0, help_text=_("Jalali; 0 is not told."))
    key = models.ForeignKey(
        SigningKey, models.PROTECT, null=True, blank=True, related_name="+", db_index=False, verbose_name=_("key id")
    )
    code = models.BinaryField(
        _("signed code"), null=True, editable=False, help_text="100 bytes: RK1 header, signature."
    )
    replaced_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", db_index=False, verbose_name=_("replaced by")
    )

    objects = CardQuerySet.as_manager()

    class Meta:
        verbose_name = _("card")
        verbose_name_plural = _("cards")
        constraints = [
            models.UniqueConstraint(fields=["number"], name="card_number_is_given_once"),
            models.CheckConstraint(
                name="card_is_valid_for_some_days", condition=Q(valid_until_on__gt=F("valid_from_on"))
            ),
            models.CheckConstraint(name="card_generation_fits_the_code", condition=Q(generation__lte=255)),
            models.CheckConstraint(name="card_index_has_a_number", condition=Q(index__lt=card_number.CARDS)),
            models.CheckConstraint(name="card_flags_are_known", condition=Q(flags__lte=63)),
            models.CheckConstraint(
                name="card_birth_year_fits_the_code", condition=Q(birth_year=0) | Q(birth_year__range=(1281, 1535))
            ),
            models.CheckConstraint(
                name="only_a_replaced_card_has_a_follower", condition=Q(replaced_by=None) | Q(status="replaced")
            ),
            models.CheckConstraint(
                name="blocked_card_has_its_moment",
                condition=Q(status__in=("suspended", "replaced", "revoked"), blocked_at__isnull=False)
                | Q(status="expired")
                | Q(status__in=("requested", "produced", "printed", "delivered", "active"), blocked_at=None),
            ),
            models.UniqueConstraint(
                fields=["replaced_by"], condition=Q(replaced_by__isnull=False), name="card_follows_one_card"
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(status__in=("requested", "produced", "printed", "delivered", "active", "suspended")),
                name="one_live_card_of_a_person",
            ),
        ]
        indexes = [
            models.Index(
                fields=["index"], condition=Q(status__in=("suspended", "replaced", "revoked")), name="card_blocked"
            ),
        ]

    def __str__(self) -> str:
        # Isolated, so that its groups keep their order within words that run from right to left.
        return f"\u2066{self.grouped_number}\u2069"

    @property
    def grouped_number(self) -> str:
        """The number as it is printed and read aloud."""
        return card_number.grouped(self.number)

    @property
    def code_text(self) -> str:
        """The text of the QR; empty until the card is signed."""
        return card_code.write_code(bytes(self.code)) if self.code else ""
