from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from taar.lib.jalali import format_month
from taar.lib.sealed import SealedTextField
from taar.organizations.models import Organization, Venue
from taar.places.models.place import DateRange, on_day
from welfare_card.models.plan import Family
from welfare_card.models.visit import Visit

PERSON = settings.AUTH_USER_MODEL
DIGEST_LETTERS = 64


class AgreementQuerySet(models.QuerySet):
    """Agreements with venues."""

    def on(self, day) -> "AgreementQuerySet":
        """Agreements in force on a day."""
        return self.filter(on_day(day))


class Agreement(models.Model):
    """What an organization owes a venue for one visit of a family, for some days; no amount: nothing is paid."""

    payer = models.ForeignKey(Organization, models.PROTECT, related_name="+", verbose_name=_("who pays"))
    venue = models.ForeignKey(Venue, models.PROTECT, related_name="+", verbose_name=_("venue"))
    family = models.CharField(_("service family"), max_length=20, choices=Family)
    amount = models.PositiveBigIntegerField(_("rials a visit"), null=True, blank=True)
    owner_label = models.CharField(_("owner"), max_length=120)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("no longer from"), null=True, blank=True)
    made_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+", editable=False)
    made_at = models.DateTimeField(_("made at"), editable=False)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("agreement with a venue")
        verbose_name_plural = _("agreements with venues")
        ordering = ["-from_on", "-pk"]
        constraints = [
            models.CheckConstraint(name="agreement_ends_after_it_begins", condition=Q(until_on__gt=F("from_on"))),
            # A visit of a family at a venue has one payer and one amount on every day.
            ExclusionConstraint(
                name="one_agreement_of_a_family_and_venue_at_a_time",
                expressions=[
                    ("venue", RangeOperators.EQUAL),
                    ("family", RangeOperators.EQUAL),
                    (DateRange("from_on", "until_on"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.venue_id} {self.get_family_display()}"


class Statement(models.Model):
    """The Jalali month of a venue for one payer: counted when it is closed, and never counted again after that."""

    class Status(models.TextChoices):
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")
        OBJECTED = "objected", _("objected to")
        ANSWERED = "answered", _("objection answered")
        APPROVED = "approved", _("approved")
        APPROVED_AGAIN = "approved_again", _("approved by two")
        EXPORTED = "exported", _("sent to be paid")
        SETTLED = "settled", _("settled")

    # What may still be objected to, and what two people have not let go yet.
    DISPUTABLE = (Status.CLOSED, Status.OBJECTED, Status.ANSWERED)
    APPROVABLE = (Status.CLOSED, Status.ANSWERED)
    LET_GO = (Status.APPROVED, Status.APPROVED_AGAIN, Status.EXPORTED, Status.SETTLED)

    venue = models.ForeignKey(Venue, models.PROTECT, related_name="+", verbose_name=_("venue"))
    payer = models.ForeignKey(Organization, models.PROTECT, related_name="+", verbose_name=_("who pays"))
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("no longer from"))
    status = models.CharField(_("status"), max_length=14, choices=Status, default=Status.OPEN)
    line_count = models.PositiveIntegerField(_("lines"), default=0)
    visits = models.IntegerField(_("visits"), default=0)
    late_count = models.PositiveIntegerField(_("late records"), default=0)
    returned_count = models.PositiveIntegerField(_("visits given back"), default=0)
    rials = models.BigIntegerField(_("rials"), default=0)
    digest = models.CharField(max_length=DIGEST_LETTERS, blank=True, editable=False)
    opened_at = models.DateTimeField(_("opened at"))
    closed_at = models.DateTimeField(_("closed at"), null=True)
    closed_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+", db_index=False)
    object_until_on = models.DateField(_("objections until"), null=True)
    answered_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+", db_index=False)
    approved_at = models.DateTimeField(_("approved at"), null=True)
    approved_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+", db_index=False)
    needs_second = models.BooleanField(_("needs a second approval"), default=False)
    second_at = models.DateTimeField(_("approved again at"), null=True)
    second_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+", db_index=False)
    exported_at = models.DateTimeField(_("sent to be paid at"), null=True)
    exported_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+", db_index=False)
    settled_at = models.DateTimeField(_("settled at"), null=True)
    settled_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+", db_index=False)
    reference = models.CharField(_("number of the payment"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ["-from_on", "-pk"]
        indexes = [
            models.Index(fields=["-from_on", "-id"], name="statement_list"),
            models.Index(fields=["until_on"], condition=Q(status="open"), name="statement_open"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["venue", "payer", "from_on"], name="one_statement_of_a_month"),
            models.CheckConstraint(name="statement_ends_after_it_begins", condition=Q(until_on__gt=F("from_on"))),
            models.CheckConstraint(
                name="statement_closed_has_its_moment",
                condition=Q(status="open", closed_at=None, object_until_on=None, digest="")
                | ~Q(status="open") & Q(closed_at__isnull=False, object_until_on__isnull=False) & ~Q(digest=""),
            ),
            models.CheckConstraint(
                name="statement_counts_agree", condition=Q(visits=F("line_count") - 2 * F("returned_count"))
            ),
            models.CheckConstraint(
                name="statement_approved_has_its_moment",
                condition=Q(status__in=("open", "closed", "objected", "answered"), approved_at=None, approved_by=None)
                | Q(
                    status__in=("approved", "approved_again", "exported", "settled"),
                    approved_at__isnull=False,
                    approved_by__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="statement_second_has_its_moment",
                condition=Q(second_at=None, second_by=None)
                & (Q(status__in=("open", "closed", "objected", "answered", "approved")) | Q(needs_second=False))
                | Q(
                    status__in=("approved_again", "exported", "settled"),
                    needs_second=True,
                    second_at__isnull=False,
                    second_by__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="statement_closer_does_not_approve",
                condition=~Q(approved_by=F("closed_by")) & ~Q(approved_by=F("answered_by")),
            ),
            models.CheckConstraint(
                name="statement_second_is_another",
                condition=~Q(second_by=F("approved_by"))
                & ~Q(second_by=F("closed_by"))
                & ~Q(second_by=F("answered_by")),
            ),
            models.CheckConstraint(
                name="statement_exported_has_its_moment",
                condition=Q(status__in=("exported", "settled"), exported_at__isnull=False, exported_by__isnull=False)
                | ~Q(status__in=("exported", "settled")) & Q(exported_at=None, exported_by=None),
            ),
            models.CheckConstraint(
                name="statement_settled_has_its_payment",
                condition=Q(status="settled", settled_at__isnull=False, settled_by__isnull=False)
                & (~Q(reference="") | Q(rials__lte=0))
                | ~Q(status="settled") & Q(settled_at=None, settled_by=None, reference=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.venue_id} {self.from_on}"

    def get_absolute_url(self) -> str:
        return reverse("statement", args=[self.pk])

    @property
    def subject(self) -> str:
        """How the journal names it."""
        return f"statement:{self.pk}"

    @property
    def month(self) -> str:
        """The Jalali month in the reader's language."""
        return format_month(self.from_on, get_language() or "fa")


class StatementLine(models.Model):
    """One visit in a statement, or one given back after it was counted (`count` is −1); lines are never changed."""

    statement = models.ForeignKey(Statement, models.PROTECT, related_name="lines", db_index=False)
    position = models.PositiveIntegerField(_("line"))
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="+", db_index=False)
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="+", db_index=False)
    count = models.SmallIntegerField(_("visits"))
    amount = models.PositiveBigIntegerField(_("rials a visit"))
    late = models.BooleanField(_("late record"))
    # The line that this one takes back; the database holds that both are of one visit and one amount.
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("line of a statement")
        verbose_name_plural = _("lines of statements")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["statement", "position"], name="one_line_of_a_position"),
            # Each visit once, and given back at most once, over all statements there will ever be.
            models.UniqueConstraint(fields=["visit", "count"], name="each_visit_once_in_statements"),
            models.UniqueConstraint(fields=["id", "visit", "amount"], name="line_says_its_visit_and_amount"),
            models.CheckConstraint(
                name="line_counts_or_takes_back",
                condition=Q(count=1, reverses=None) | Q(count=-1, reverses__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.statement_id}/{self.position}"

    @property
    def rials(self) -> int:
        """What the line adds to the sum."""
        return self.count * self.amount


class StatementObjection(models.Model):
    """Words of the venue or of the payer against a statement, once for each side; another person answers them."""

    class Side(models.TextChoices):
        VENUE = "venue", _("venue")
        PAYER = "payer", _("who pays")

    statement = models.ForeignKey(Statement, models.PROTECT, related_name="objections")
    side = models.CharField(_("side"), max_length=5, choices=Side)
    words = SealedTextField(verbose_name=_("objection"))
    at = models.DateTimeField(_("objected at"))
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", db_index=False)
    answer = SealedTextField(verbose_name=_("answer"))
    answered_at = models.DateTimeField(_("answered at"), null=True)
    answered_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        verbose_name = _("objection to a statement")
        verbose_name_plural = _("objections to statements")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["statement", "side"], name="one_objection_of_a_side"),
            models.UniqueConstraint(
                fields=["statement"], condition=Q(answered_at=None), name="one_open_objection_of_a_statement"
            ),
            models.CheckConstraint(name="statement_objection_answered_by_another", condition=~Q(answered_by=F("by"))),
            models.CheckConstraint(
                name="statement_objection_answered_has_its_moment",
                condition=Q(answered_at=None, answered_by=None)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.statement_id} {self.side}"
