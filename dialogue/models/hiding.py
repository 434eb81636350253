from django.conf import settings
from django.db import models
from django.db.models import F, Q

from dialogue.models.contribution import Contribution
from dialogue.models.moderation import Rule, one_subject
from dialogue.models.thread import Thread


class HidingProposal(models.Model):
    """A first moderator wants to hide what only two may hide together; a second one, another person, decides."""

    thread = models.ForeignKey(Thread, models.PROTECT, null=True, related_name="hiding_proposals")
    contribution = models.ForeignKey(Contribution, models.PROTECT, null=True, related_name="hiding_proposals")
    rule = models.CharField(max_length=12, choices=Rule)
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    office = models.CharField(max_length=60)
    at = models.DateTimeField()
    second = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    agreed = models.BooleanField(null=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            one_subject("hiding_proposal_has_one_subject"),
            models.UniqueConstraint(
                fields=["thread", "contribution"],
                condition=Q(settled_at__isnull=True),
                nulls_distinct=False,
                name="one_open_hiding_proposal_of_a_text",
            ),
            models.CheckConstraint(
                name="two_persons_hide_together", condition=Q(second__isnull=True) | ~Q(second=F("by"))
            ),
            models.CheckConstraint(
                name="hiding_proposal_settled_has_an_outcome",
                condition=Q(settled_at__isnull=True, agreed__isnull=True)
                | Q(settled_at__isnull=False, agreed__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.pk}"

    @property
    def number(self) -> str:
        """The first moderator's number."""
        return self.office.rpartition(" ")[2]
