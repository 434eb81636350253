from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class FeedThing(models.TextChoices):
    """What items of feeds are made from."""

    PROGRAMME = "programme", _("programme")
    PART = "part", _("bookable part")


class FeedMark(models.Model):
    """That a thing has changed: written by triggers with the change itself, taken away by the one sequencer.

    Rows are only ever added by writers, so they wait for nobody: no mark is shared.
    """

    thing = models.CharField(_("what changed"), max_length=9, choices=FeedThing)
    key = models.BigIntegerField(_("its number"))

    class Meta:
        verbose_name = _("mark of a change")
        verbose_name_plural = _("marks of changes")

    def __str__(self) -> str:
        return f"{self.thing} {self.key}"


class FeedItem(models.Model):
    """One item of an open feed as it was last told; the sequencer alone writes it and numbers it in `modified`."""

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
    thing = models.CharField(_("made from"), max_length=9, choices=FeedThing)
    key = models.BigIntegerField(_("number of that"))
    # From one sequence for all feeds: it rises with every change and never goes back.
    modified = models.BigIntegerField(_("number of the change"), unique=True)
    state = models.CharField(_("status"), max_length=7, choices=State, default=State.UPDATED)
    data = models.JSONField(_("data"), null=True, blank=True, encoder=DjangoJSONEncoder)
    # When it is rendered again even if nobody has written anything: a session has ended, a day has passed.
    stale_at = models.DateTimeField(_("holds until"), null=True, blank=True)
    gone_at = models.DateTimeField(_("gone since"), null=True, blank=True)

    class Meta:
        verbose_name = _("item of a feed")
        verbose_name_plural = _("items of feeds")
        indexes = [
            models.Index(fields=["kind", "modified", "item"], name="feed_order"),
            models.Index(fields=["thing", "key"], name="feed_items_of_a_thing"),
            models.Index(fields=["stale_at"], condition=Q(stale_at__isnull=False), name="feed_stale"),
            models.Index(fields=["gone_at"], condition=Q(gone_at__isnull=False), name="feed_gone"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["kind", "item"], name="feed_item_once"),
            models.CheckConstraint(
                name="feed_item_has_data_until_it_is_gone",
                condition=Q(state="deleted", data__isnull=True, stale_at=None, gone_at__isnull=False)
                | Q(state="updated", data__isnull=False, gone_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.item}"
