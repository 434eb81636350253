import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dialogue.models.publication import READABLE
from dialogue.models.thread import Thread

PLACES = (1, 2, 3)


def file_path(attachment: "Attachment", name: str) -> str:
    """Where a file lies: under its own drawn key, never under a name that somebody gave it."""
    return f"attachments/{attachment.key.hex[:2]}/{attachment.key.hex}.{name.rpartition('.')[2]}"


class AttachmentQuerySet(models.QuerySet):
    def visible_to(self, person) -> "AttachmentQuerySet":
        """The files of threads that everybody reads, and of a person's own threads."""
        seen = Q(thread__publication__in=READABLE)
        return self.filter(seen | Q(thread__author=person)) if person.is_authenticated else self.filter(seen)

    def unattached(self) -> "AttachmentQuerySet":
        """Files of forms that have not become a thread."""
        return self.filter(thread__isnull=True)


class Attachment(models.Model):
    """A picture, sound or PDF of a thread; it hangs on a form's `once` until the form has become a thread."""

    class Kind(models.TextChoices):
        PICTURE = "picture", _("picture")
        SOUND = "sound", _("sound")
        PDF = "pdf", _("PDF")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    thread = models.ForeignKey(Thread, models.PROTECT, null=True, related_name="attachments")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    form = models.UUIDField(help_text="The key of the form with which it came.")
    place = models.PositiveSmallIntegerField(help_text="Its place among the three of a form.")
    kind = models.CharField(max_length=12, choices=Kind)
    content_type = models.CharField(max_length=40)
    file = models.FileField(upload_to=file_path, max_length=120)
    about = models.CharField(max_length=200, blank=True, help_text="What it shows, for those who do not see it.")
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    width = models.PositiveSmallIntegerField(null=True)
    height = models.PositiveSmallIntegerField(null=True)
    at = models.DateTimeField()

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["place"]
        constraints = [
            models.CheckConstraint(name="attachment_has_one_of_three_places", condition=Q(place__range=(1, 3))),
            models.UniqueConstraint(fields=["person", "form", "place"], name="one_attachment_of_a_place"),
            models.CheckConstraint(
                name="a_picture_knows_its_size",
                condition=Q(kind="picture", width__isnull=False, height__isnull=False)
                | (~Q(kind="picture") & Q(width__isnull=True, height__isnull=True)),
            ),
            models.CheckConstraint(name="attachment_is_not_empty", condition=Q(size__gt=0)),
        ]
        indexes = [
            models.Index(F("at"), condition=Q(thread__isnull=True), name="attachment_unattached"),
            models.Index(fields=["person", "-at"], name="attachment_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("attachment", args=[self.thread.code, self.key])
