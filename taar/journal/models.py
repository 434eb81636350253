"""The journal: what was done, by which office, when. The database refuses to change a row (migration 0002)."""

import uuid

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _


class Entry(models.Model):
    """One act. `body` is its one canonical spelling, which is hashed; `actor` is kept beside it and is not public."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField(_("at"))
    verb = models.CharField(_("act"), max_length=60)
    subject = models.CharField(_("about"), max_length=120)
    post = models.CharField(_("office"), max_length=120, blank=True)
    facts = models.JSONField(_("facts"), default=dict, encoder=DjangoJSONEncoder)
    body = models.TextField(_("hashed text"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("person")
    )

    class Meta:
        verbose_name = _("entry of the journal")
        verbose_name_plural = _("entries of the journal")
        indexes = [
            models.Index(fields=["subject", "-id"], name="entry_subject"),
            models.Index(fields=["verb", "-id"], name="entry_verb"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject}"


class Link(models.Model):
    """The place of an entry in the chain; written by a trigger at commit, so that it follows the order of commits."""

    seq = models.BigIntegerField(_("number"), primary_key=True)
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="link", verbose_name=_("entry"))
    prev = models.CharField(_("hash before"), max_length=64)
    hash = models.CharField(_("hash"), max_length=64, unique=True)

    class Meta:
        verbose_name = _("link of the chain")
        verbose_name_plural = _("links of the chain")
        ordering = ["seq"]

    def __str__(self) -> str:
        return f"{self.seq} {self.hash[:12]}"


class DailyHead(models.Model):
    """The last link there was when a day was closed; published, so that others can hold us to it."""

    on = models.DateField(_("day"), primary_key=True)
    seq = models.BigIntegerField(_("number"))
    hash = models.CharField(_("hash"), max_length=64)
    written_at = models.DateTimeField(_("written at"))

    class Meta:
        verbose_name = _("head of a day")
        verbose_name_plural = _("heads of days")
        ordering = ["-on"]

    def __str__(self) -> str:
        return f"{self.on} {self.seq}"
