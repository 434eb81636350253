from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dialogue.models.contribution import Contribution
from dialogue.models.publication import Publication
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
        SECOND = "second", _("needs a second moderator")
        EDITED = "edited", _("changed by its author")
        SUPPORTS = "supports", _("many supports at once")

    # What people wait for with a text of their own; an appeal has working days.
    OF_TEXTS = (Cause.HELD, Cause.IDENTIFIER, Cause.REPORTED, Cause.EDITED)

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

    @property
    def text(self) -> "Thread | Contribution":
        """What waits."""
        return self.thread or self.contribution

    @property
    def on_thread(self) -> Thread:
        """The thread to which it belongs."""
        return self.thread or self.contribution.thread


class DecisionQuerySet(models.QuerySet):
    def public(self) -> "DecisionQuerySet":
        """Decisions on what stood in public."""
        return self.exclude(act__in=(*ModerationDecision.UNSEEN, ModerationDecision.Act.PUBLISH))

    def visible_to(self, person) -> "DecisionQuerySet":
        """What everybody sees, and every decision on a person's own texts."""
        own = Q(thread__author=person) | Q(contribution__author=person) if person.is_authenticated else Q(pk__in=())
        seen = ~Q(act__in=(*ModerationDecision.UNSEEN, ModerationDecision.Act.PUBLISH))
        return self.filter(seen | own)


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
        LOCK = "lock", _("closed to new words")
        UNLOCK = "unlock", _("open to new words again")
        ADMIT = "admit", _("held supports counted")
        REMOVE = "remove", _("held supports removed")
        MERGE = "merge", _("united with another")
        UNMERGE = "unmerge", _("no longer united with another")

    # What the author of a text may appeal against, and what the public reads of only by its rule.
    APPEALABLE = (Act.REJECT, Act.HIDE, Act.MASK, Act.LOCK)
    UNSEEN = (Act.RETURN, Act.REJECT)

    thread = models.ForeignKey(Thread, models.PROTECT, null=True, related_name="decisions")
    contribution = models.ForeignKey(Contribution, models.PROTECT, null=True, related_name="decisions")
    act = models.CharField(max_length=12, choices=Act)
    rule = models.CharField(max_length=12, choices=Rule, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    office = models.CharField(max_length=60, help_text="The moderator's number, as everybody sees it.")
    at = models.DateTimeField()
    original = SealedTextField(verbose_name=_("text before masking"))
    before = models.CharField(max_length=12, choices=Publication, blank=True, help_text="What a hidden text was.")
    until_at = models.DateTimeField(null=True, help_text="When a hiding by the weight of reports ends by itself.")
    ended_at = models.DateTimeField(null=True, help_text="When the act was undone or another took its place.")

    objects = DecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            one_subject("decision_has_one_subject"),
            models.CheckConstraint(
                name="taking_away_names_a_rule",
                condition=~Q(act__in=("hide", "reject", "mask", "return", "lock", "remove")) | ~Q(rule=""),
            ),
            models.CheckConstraint(
                name="an_office_decides_or_the_house_for_a_time",
                condition=Q(by__isnull=False) | Q(until_at__isnull=False) | Q(act="restore"),
            ),
            models.UniqueConstraint(
                fields=["thread", "contribution"],
                condition=Q(act="hide", ended_at__isnull=True),
                nulls_distinct=False,
                name="one_standing_hiding_of_a_text",
            ),
        ]
        indexes = [
            models.Index(fields=["-at", "-id"], name="decision_newest"),
            models.Index(
                fields=["until_at"],
                name="hiding_for_a_time",
                condition=Q(until_at__isnull=False, ended_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("decision", args=[self.pk])

    @property
    def text(self) -> "Thread | Contribution":
        """What was decided on."""
        return self.thread or self.contribution

    @property
    def on_thread(self) -> Thread:
        """The thread on which it was decided."""
        return self.thread or self.contribution.thread

    @property
    def number(self) -> str:
        """The moderator's number, which is all that the public learns of who decided; empty for the house itself."""
        return self.office.rpartition(" ")[2]

    @property
    def public_reason(self) -> str:
        """The reason, unless it speaks of a text that never stood in public."""
        return "" if self.act in self.UNSEEN else self.reason


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
