"""Notices: the row is the in-app notice itself; a delivery carries it to a phone or a mailbox."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from taar.notifications import kinds


class NotificationQuerySet(models.QuerySet):
    def visible_to(self, person: object) -> "NotificationQuerySet":
        """A person's own notices, nobody else's."""
        return self.filter(person_id=person.pk) if getattr(person, "pk", None) else self.none()

    def unread(self) -> "NotificationQuerySet":
        """Notices that nobody has opened yet."""
        return self.filter(read_at__isnull=True)


class Notification(models.Model):
    """Something a person is told; `facts` are public words for its sentence, never personal data."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("person"))
    kind = models.CharField(_("kind"), max_length=60)
    url = models.CharField(_("page"), max_length=300)
    facts = models.JSONField(_("facts"), default=dict)
    own = models.BooleanField(_("about one's own thread"), default=False)
    created_at = models.DateTimeField(_("told at"))
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["person", "-id"], name="notice_person"),
            models.Index(fields=["person"], condition=Q(read_at__isnull=True), name="notice_unread"),
        ]
        constraints = [
            models.CheckConstraint(name="notice_leads_to_a_page_of_ours", condition=Q(url__regex=r"^/([^/\\]|$)")),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def title(self) -> str:
        """The sentence in the reader's language."""
        return kinds.title_of(self.kind, self.facts, get_language() or "fa")


class DeliveryQuerySet(models.QuerySet):
    def due(self, at: datetime) -> "DeliveryQuerySet":
        """Waiting and their time has come, or claimed by somebody who did not come back within the lease."""
        waiting = Q(state=Delivery.State.WAITING, not_before__lte=at)
        return self.filter(waiting | Q(state=Delivery.State.SENDING, lease_until__lte=at))


class Delivery(models.Model):
    """One notice on its way to a phone or a mailbox."""

    class Channel(models.TextChoices):
        SMS = "sms", _("message to the phone")
        EMAIL = "email", _("e-mail")

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")
        DROPPED = "dropped", _("not sent")

    notification = models.ForeignKey(Notification, models.CASCADE, related_name="deliveries", verbose_name=_("notice"))
    channel = models.CharField(_("channel"), max_length=10, choices=Channel.choices)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING)
    not_before = models.DateTimeField(_("not before"))
    lease_until = models.DateTimeField(_("claimed until"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["not_before"], condition=Q(state="waiting"), name="delivery_waiting"),
            models.Index(fields=["lease_until"], condition=Q(state="sending"), name="delivery_sending"),
            models.Index(fields=["sent_at"], condition=Q(state="sent"), name="delivery_sent"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["notification", "channel"], name="one_delivery_a_channel"),
            models.CheckConstraint(
                name="a_sent_delivery_has_its_moment", condition=~(Q(state="sent") ^ Q(sent_at__isnull=False))
            ),
            models.CheckConstraint(
                name="a_claimed_delivery_has_its_lease", condition=~(Q(state="sending") ^ Q(lease_until__isnull=False))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.state} {self.pk}"


class Preference(models.Model):
    """By which ways a person wants to be told; without a row, by all that there are."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", primary_key=True)
    sms = models.BooleanField(_("messages to my phone"), default=True)
    email = models.BooleanField(_("e-mail"), default=True)

    class Meta:
        verbose_name = _("way of telling")
        verbose_name_plural = _("ways of telling")

    def __str__(self) -> str:
        return f"{self.person_id}"
