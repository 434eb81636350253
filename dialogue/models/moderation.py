from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dialogue.models.contribution import Contribution
from dialogue.models.thread import Thread
from taar.lib.sealed import SealedTextField


def one_subject(name: str) -> models.CheckConstraint:
    """A row speaks of a thread or of a contribution, never of both or none."""
    return models.CheckConstraint(
        name=name,
        condition=Q(thread__isnull=True, contribution__isnull=False)
        | Q(thread__isnull=False, contribution__isnull=True),
    )


class Rule(models.TextChoices):
    """The rules of the hall, as reports and decisions name them."""

    INSULT = "insult", _("insult or hate")
    PERSONAL = "personal", _("personal information")
    DANGER = "danger", _("danger to a child or person")
    HARASSMENT = "harassment", _("harassment of a woman")
    FALSE_CLAIM = "false_claim", _("false claim on a named person")
    SPAM = "spam", _("advertising or spam")
    MISPLACED = "misplaced", _("wrong place or duplicate")
    ILLEGAL = "illegal", _("illegal")
    OTHER = "other", _("another rule")


# Never restored by silence when an appeal was not decided in time.
GRAVE_RULES = (Rule.PERSONAL, Rule.DANGER, Rule.ILLEGAL)


class ModerationItem(models.Model):
    """One thing that waits for a moderator; taken on lease for some minutes and decided once."""

    class Cause(models.TextChoices):
        HELD = "held", _("new and held")
        IDENTIFIER = "identifier", _("holds a phone, national ID or card number")
        REPORTED = "reported", _("reported")
        APPEAL = "appeal", _("appeal")

    thread = models.ForeignKey(Thread, models.CASCADE, null=True, related_name="moderation_items")
    contribution = models.ForeignKey(Contribution, models.CASCADE, null=True, related_name="moderation_items")
    cause = models.CharField(max_length=12, choices=Cause)
    urgent = models.BooleanField(default=False)
    came_at = models.DateTimeField()
    leased_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    leased_until = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            one_subject("moderation_item_has_one_subject"),
            models.CheckConstraint(
                name="lease_has_both_ends", condition=~(Q(leased_by__isnull=True) ^ Q(leased_until__isnull=True))
            ),
            models.UniqueConstraint(
                fields=["thread", "contribution", "cause"],
                condition=Q(settled_at__isnull=True),
                nulls_distinct=False,
                name="one_open_item_of_a_cause",
            ),
        ]
        indexes = [
            models.Index(
                fields=["-urgent", "came_at", "id"], name="moderation_queue", condition=Q(settled_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.cause} {self.pk}"


class ModerationDecision(models.Model):
    """An act of a moderator: which rule, a public reason, by which office number; masked words stay, sealed."""

    class Act(models.TextChoices):
        PUBLISH = "publish", _("published")
        RETURN = "return", _("returned to be mended")
        REJECT = "reject", _("not published")
        HIDE = "hide", _("hidden")
        MASK = "mask", _("masked in part")
        KEEP = "keep", _("kept as it is")
        RESTORE = "restore", _("restored")

    thread = models.ForeignKey(Thread, models.PROTECT, null=True, related_name="decisions")
    contribution = models.ForeignKey(Contribution, models.PROTECT, null=True, related_name="decisions")
    act = models.CharField(max_length=12, choices=Act)
    rule = models.CharField(max_length=12, choices=Rule, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    office = models.CharField(max_length=60, help_text="The moderator's number, as everybody sees it.")
    at = models.DateTimeField()
    original = SealedTextField(verbose_name=_("text before masking"))

    class Meta:
        constraints = [
            one_subject("decision_has_one_subject"),
            models.CheckConstraint(
                name="taking_away_names_a_rule",
                condition=~Q(act__in=("hide", "reject", "mask", "return")) | ~Q(rule=""),
            ),
        ]
        indexes = [models.Index(fields=["-at", "-id"], name="decision_newest")]

    def __str__(self) -> str:
        return f"{self.act} {self.pk}"


class Report(models.Model):
    """A reader says that a text breaks a rule; nobody but moderators learns who."""

    thread = models.ForeignKey(Thread, models.CASCADE, null=True, related_name="reports")
    contribution = models.ForeignKey(Contribution, models.CASCADE, null=True, related_name="reports")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    rule = models.CharField(max_length=12, choices=Rule)
    words = SealedTextField(verbose_name=_("what is wrong"))
    weight = models.SmallIntegerField()
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    upheld = models.BooleanField(null=True)

    class Meta:
        constraints = [
            one_subject("report_has_one_subject"),
            models.UniqueConstraint(
                fields=["thread", "contribution", "person"], nulls_distinct=False, name="one_report_of_a_person"
            ),
            models.CheckConstraint(
                name="report_settled_has_an_outcome", condition=~(Q(settled_at__isnull=True) ^ Q(upheld__isnull=True))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.pk}"


class Appeal(models.Model):
    """The author asks another moderator to look again; once for each decision."""

    class Status(models.TextChoices):
        OPEN = "open", _("open")
        UPHELD = "upheld", _("decision stands")
        OVERTURNED = "overturned", _("decision overturned")
        LAPSED = "lapsed", _("restored because nobody decided in time")

    decision = models.OneToOneField(ModerationDecision, models.PROTECT, related_name="appeal")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    words = models.CharField(max_length=1000)
    status = models.CharField(max_length=12, choices=Status, default=Status.OPEN)
    appealed_at = models.DateTimeField()
    due_on = models.DateField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=500, blank=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="appeal_settled_has_a_moment",
                condition=Q(status="open", settled_at__isnull=True) | (~Q(status="open") & Q(settled_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="appeal_is_decided_by_another", condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("by"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.status} {self.pk}"
