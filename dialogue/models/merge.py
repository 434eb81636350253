from django.conf import settings
from django.db import models
from django.db.models import F, Q

from dialogue.models.thread import Thread


class ThreadMergeQuerySet(models.QuerySet):
    def standing(self) -> "ThreadMergeQuerySet":
        """Those that nobody has undone."""
        return self.filter(undone_at__isnull=True)


class ThreadMerge(models.Model):
    """A thread was united with another; what that brought over there names this row, so that it can be undone.

    The `own_` moments are the clock that the other thread had without those that are united with it.
    """

    MOMENTS = ("clock_from_on", "threshold_at", "second_threshold_at", "third_threshold_at")

    thread = models.ForeignKey(Thread, models.PROTECT, related_name="merges")
    into = models.ForeignKey(Thread, models.PROTECT, related_name="united")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=500)
    own_clock_from_on = models.DateField(null=True)
    own_threshold_at = models.DateTimeField(null=True)
    own_second_threshold_at = models.DateTimeField(null=True)
    own_third_threshold_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    objects = ThreadMergeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="thread_is_united_with_another", condition=~Q(thread=F("into"))),
            models.CheckConstraint(
                name="merge_undone_by_somebody", condition=~(Q(undone_at__isnull=True) ^ Q(undone_by__isnull=True))
            ),
            models.UniqueConstraint(
                fields=["thread"], condition=Q(undone_at__isnull=True), name="one_standing_merge_of_a_thread"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.thread_id} → {self.into_id}"
