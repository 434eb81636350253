from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from taar.lib.sealed import SealedTextField
from taar.people.models import Household
from welfare_card.models.plan import Plan

PERSON = settings.AUTH_USER_MODEL


class Reason(models.TextChoices):
    """Why a card is not given, as a sentence for the person."""

    NOT_ELIGIBLE_AGE = "age", _("The plan is for another age.")
    NOT_ELIGIBLE_PLACE = "place", _("The plan is for residents of other places.")
    NOT_ELIGIBLE_SEX = "sex", _("The plan is for women and girls, or for men and boys, only.")
    IDENTITY = "identity", _("The identity could not be confirmed.")
    GUARDIAN = "guardian", _("The proof of guardianship is missing.")
    INFORMATION = "information", _("What we asked for did not come in time.")
    HAS_CARD = "has_card", _("The person already has a card.")
    SEASON = "season", _("The season of the plan is over.")


class ApplicationQuerySet(models.QuerySet):
    """Applications of families."""

    def visible_to(self, person) -> "ApplicationQuerySet":
        """What a person sent or holds by its claim code; nobody else's."""
        if not getattr(person, "pk", None):
            return self.none()
        return self.filter(Q(account_id=person.pk) | Q(entered_by_id=person.pk, channel=Application.Channel.ASSISTED))

    def waiting_for_us(self) -> "ApplicationQuerySet":
        """Those that an office must deal with."""
        return self.filter(status__in=Application.WITH_US)

    def late_on(self, day) -> "ApplicationQuerySet":
        """Those whose answer is overdue on a day."""
        return self.waiting_for_us().filter(due_on__lt=day)


class Application(models.Model):
    """A family's wish for cards; each member is decided on its own."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("submitted")
        NEEDS_INFORMATION = "needs_information", _("needs information")
        UNDER_REVIEW = "under_review", _("under review")
        DECIDED = "decided", _("decided")
        WITHDRAWN = "withdrawn", _("withdrawn")

    class Channel(models.TextChoices):
        ONLINE = "online", _("online")
        ASSISTED = "assisted", _("at a facilitation office")
        IMPORT = "import", _("from an agency's list")

    WITH_US = (Status.SUBMITTED, Status.UNDER_REVIEW)
    OPEN = (Status.DRAFT, Status.SUBMITTED, Status.NEEDS_INFORMATION, Status.UNDER_REVIEW)

    code = models.CharField(_("code"), max_length=20, unique=True)
    once = models.UUIDField(unique=True, editable=False)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="+", verbose_name=_("plan"))
    place = models.ForeignKey("places.Place", models.PROTECT, related_name="+", verbose_name=_("neighbourhood"))
    county = models.ForeignKey("places.Place", models.PROTECT, related_name="+", verbose_name=_("county"))
    underserved = models.BooleanField(_("underserved place"), default=False)
    household = models.ForeignKey(Household, models.PROTECT, related_name="+", verbose_name=_("household"))
    applicant = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name=_("applicant"))
    account = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+", verbose_name=_("account"))
    entered_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name=_("entered by"))
    entered_by_label = models.CharField(_("office"), max_length=120, blank=True)
    channel = models.CharField(_("way"), max_length=10, choices=Channel)
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.DRAFT)
    consent_at = models.DateTimeField(_("consent given at"), null=True)
    submitted_at = models.DateTimeField(_("submitted at"), null=True)
    due_on = models.DateField(_("answer due on"), null=True)
    decided_at = models.DateTimeField(_("decided at"), null=True)
    asked = SealedTextField(verbose_name=_("what we ask for"))
    answered = SealedTextField(verbose_name=_("what was answered"))
    claim_index = models.BinaryField(null=True, unique=True, editable=False)
    reviewer = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+", verbose_name=_("reviewer"))

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        ordering = ["-submitted_at", "-pk"]
        indexes = [
            models.Index(fields=["status", "due_on", "id"], name="application_queue"),
            models.Index(fields=["account"], name="application_account"),
            models.Index(fields=["county", "status"], name="application_county"),
        ]
        constraints = [
            models.CheckConstraint(
                name="application_sent_has_its_moment",
                condition=Q(status__in=("draft", "withdrawn"))
                | Q(submitted_at__isnull=False, due_on__isnull=False, consent_at__isnull=False),
            ),
            models.CheckConstraint(
                name="application_decided_has_its_moment",
                condition=Q(status="decided", decided_at__isnull=False)
                | (~Q(status="decided") & Q(decided_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="application_not_reviewed_by_who_entered_it",
                condition=Q(reviewer__isnull=True) | ~Q(reviewer=F("entered_by")),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("application", args=[self.code])

    @property
    def subject(self) -> str:
        """How the journal names it."""
        return f"application:{self.code}"


class MemberQuerySet(models.QuerySet):
    """People on applications."""

    def undecided(self) -> "MemberQuerySet":
        """Those without a decision of two people yet."""
        return self.filter(status__in=Member.UNDECIDED)

    def in_order(self) -> "MemberQuerySet":
        """The published order of the waiting list."""
        return self.order_by("rank", "application__submitted_at", "pk")


class Member(models.Model):
    """One person of an application and the decision on them; who entered or proposed it is never who decides."""

    class Status(models.TextChoices):
        OPEN = "open", _("not decided yet")
        PROPOSED = "proposed", _("approved by the first person")
        APPROVED = "approved", _("approved")
        WAITING = "waiting", _("on the waiting list")
        REJECTED = "rejected", _("rejected")
        DUPLICATE = "duplicate", _("applied for twice")
        WITHDRAWN = "withdrawn", _("withdrawn")
        CARDED = "carded", _("card made")

    UNDECIDED = (Status.OPEN, Status.PROPOSED)
    LIVE = (Status.OPEN, Status.PROPOSED, Status.APPROVED, Status.WAITING)

    application = models.ForeignKey(Application, models.PROTECT, related_name="members", verbose_name=_("application"))
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="+", verbose_name=_("plan"))
    person = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name=_("person"))
    entered_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name=_("entered by"))
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.OPEN)
    reason = models.CharField(_("reason"), max_length=12, choices=Reason, blank=True)
    rank = models.PositiveSmallIntegerField(_("rank in the waiting list"), default=7)
    decided_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+", verbose_name=_("decided by"))
    decided_at = models.DateTimeField(_("decided at"), null=True)
    confirmed_by = models.ForeignKey(
        PERSON, models.PROTECT, null=True, related_name="+", verbose_name=_("confirmed by")
    )
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True)
    batch = models.ForeignKey(
        "welfare_card.ApprovalBatch", models.PROTECT, null=True, related_name="members", verbose_name=_("batch")
    )
    card = models.ForeignKey("welfare_card.Card", models.PROTECT, null=True, related_name="+", verbose_name=_("card"))

    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("person of an application")
        verbose_name_plural = _("persons of applications")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["plan", "status", "rank"], name="member_waiting_list"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["application", "person"], name="person_once_on_an_application"),
            models.UniqueConstraint(
                fields=["person", "plan"],
                condition=Q(status__in=("open", "proposed", "approved", "waiting")),
                name="one_live_application_of_a_person_and_plan",
            ),
            models.CheckConstraint(
                name="member_decided_by_another_than_who_entered",
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("entered_by")),
            ),
            models.CheckConstraint(
                name="member_confirmed_by_a_second_person",
                condition=Q(confirmed_by__isnull=True)
                | (~Q(confirmed_by=F("decided_by")) & ~Q(confirmed_by=F("entered_by"))),
            ),
            models.CheckConstraint(
                name="member_approved_by_two",
                condition=~Q(status__in=("approved", "waiting", "carded"))
                | Q(decided_by__isnull=False, confirmed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="member_rejected_with_a_reason",
                condition=Q(status="rejected", decided_at__isnull=False) & ~Q(reason="")
                | (~Q(status="rejected") & Q(reason="")),
            ),
            models.CheckConstraint(
                name="member_carded_has_a_card",
                condition=Q(status="carded", card__isnull=False) | (~Q(status="carded") & Q(card__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} #{self.person_id}"

    @property
    def reason_sentence(self) -> str:
        """Why not, for the person."""
        return str(Reason(self.reason).label) if self.reason else ""
