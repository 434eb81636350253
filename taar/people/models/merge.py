"""Two records that may be one person: a suspicion, and a merge that takes two people and can be taken back."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from taar.people.models.person import Person


class SuspicionQuerySet(models.QuerySet):
    """Pairs of records that look alike."""

    def waiting(self) -> "SuspicionQuerySet":
        """Pairs that nobody has looked at."""
        return self.filter(settled_at=None)


class Suspicion(models.Model):
    """Two records with a similar name, the same birthday and the same place; the older one is `first`."""

    first = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("first record"))
    second = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("second record"))
    found_at = models.DateTimeField(_("found at"))
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True)

    objects = SuspicionQuerySet.as_manager()

    class Meta:
        verbose_name = _("suspected duplicate")
        verbose_name_plural = _("suspected duplicates")
        ordering = ["found_at", "pk"]
        constraints = [
            models.CheckConstraint(name="suspicion_in_order", condition=Q(first__lt=F("second"))),
            models.UniqueConstraint(fields=["first", "second"], name="suspicion_once"),
        ]

    def __str__(self) -> str:
        return f"#{self.first_id} = #{self.second_id}?"


class PersonMerge(models.Model):
    """`merged` is said to be `kept`: proposed by one, confirmed by another; `moved` names what went over."""

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        CONFIRMED = "confirmed", _("confirmed")
        REFUSED = "refused", _("refused")
        REVERSED = "reversed", _("taken back")

    kept = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("record that stays"))
    merged = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("record that goes"))
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PROPOSED)
    proposed_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("proposed by"))
    proposed_at = models.DateTimeField(_("proposed at"))
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("decided by"))
    decided_at = models.DateTimeField(_("decided at"), null=True)
    moved = models.JSONField(_("what went over"), default=dict)

    class Meta:
        verbose_name = _("merge of two records")
        verbose_name_plural = _("merges of records")
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="merge_of_two", condition=~Q(kept=F("merged"))),
            models.CheckConstraint(
                name="merge_decided_by_another", condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by"))
            ),
            models.CheckConstraint(
                name="merge_decided_has_its_moment",
                condition=Q(status="proposed", decided_at__isnull=True, decided_by__isnull=True)
                | (~Q(status="proposed") & Q(decided_at__isnull=False, decided_by__isnull=False)),
            ),
            models.UniqueConstraint(
                fields=["merged"], condition=Q(status__in=("proposed", "confirmed")), name="merge_of_a_record_once"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.merged_id} → #{self.kept_id}"
