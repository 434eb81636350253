from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class FeedItem(models.Model):
    """One item of an open feed: a writer sets `dirty`, one sequencer renders it and numbers it in `modified`."""

    class Kind(models.TextChoices):
        SESSION_SERIES = "session-series", _("series of sessions")
        SCHEDULED_SESSION = "scheduled-sessions", _("session")
        COURSE_INSTANCE = "course-instances", _("course")
        EVENT = "events", _("event")
        FACILITY_USE = "facility-uses", _("use of a venue")
        SLOT = "slots", _("free hours of a venue")

    class State(models.TextChoices):
        UPDATED = "updated", _("there")
        DELETED = "deleted", _("gone")

    kind = models.CharField(_("feed"), max_length=18, choices=Kind)
    item = models.BigIntegerField(_("number in its feed"))
    # Given by the sequencer alone, rising; empty until it has first come by.
    modified = models.BigIntegerField(_("number of the change"), null=True)
    state = models.CharField(_("status"), max_length=7, choices=State, default=State.UPDATED)
    data = models.JSONField(_("data"), null=True, blank=True, encoder=DjangoJSONEncoder)
    dirty = models.BooleanField(_("waits to be rendered"), default=True)

    class Meta:
        verbose_name = _("item of a feed")
        verbose_name_plural = _("items of feeds")
        indexes = [
            models.Index(fields=["kind", "modified", "item"], name="feed_order"),
            models.Index(fields=["id"], condition=Q(dirty=True), name="feed_dirty"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["kind", "item"], name="feed_item_once"),
            models.CheckConstraint(
                name="deleted_feed_item_has_no_data", condition=~Q(state="deleted") | Q(data__isnull=True)
            ),
            models.CheckConstraint(
                name="told_feed_item_has_its_data",
                condition=Q(modified=None) | Q(state="deleted") | Q(data__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.item}"
