from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from taar.lib.sealed import SealedTextField
from welfare_card.models.plan import Plan

PERSON = settings.AUTH_USER_MODEL


class ImportRun(models.Model):
    """An agency's list on its way in: read and checked first, written only after somebody has looked at the faults."""

    class Status(models.TextChoices):
        RECEIVED = "received", _("waits to be read")
        CHECKED = "checked", _("checked, nothing written yet")
        WRITING = "writing", _("being written")
        DONE = "done", _("done")
        STOPPED = "stopped", _("stopped")

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="+", verbose_name=_("plan"))
    agency_label = models.CharField(_("agency"), max_length=120)
    file_name = models.CharField(_("file"), max_length=120)
    digest = models.BinaryField(editable=False)
    content = SealedTextField(verbose_name=_("content"))
    made_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name=_("brought by"))
    made_at = models.DateTimeField(_("brought at"))
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.RECEIVED)
    stop = models.CharField(_("why it stopped"), max_length=20, blank=True)
    columns = models.JSONField(default=list, editable=False)
    rows = models.PositiveIntegerField(_("rows read"), default=0)
    good = models.PositiveIntegerField(_("good rows"), default=0)
    faulty = models.PositiveIntegerField(_("rows with a fault"), default=0)
    duplicates = models.PositiveIntegerField(_("duplicates"), default=0)
    written = models.PositiveIntegerField(_("rows written"), default=0)
    finished_at = models.DateTimeField(_("finished at"), null=True)

    class Meta:
        verbose_name = _("import of a list")
        verbose_name_plural = _("imports of lists")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["digest", "plan"], condition=~Q(status="stopped"), name="one_import_of_a_file_and_plan"
            ),
            models.CheckConstraint(name="import_writes_no_more_than_is_good", condition=Q(written__lte=F("good"))),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.file_name}"


class ImportLine(models.Model):
    """One row of a list: sealed as it came, with what is wrong with it."""

    class Status(models.TextChoices):
        GOOD = "good", _("good")
        FAULTY = "faulty", _("faulty")
        DUPLICATE = "duplicate", _("duplicate")
        WRITTEN = "written", _("written")

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="lines", verbose_name=_("import"))
    number = models.PositiveIntegerField(_("row"))
    cells = SealedTextField(verbose_name=_("cells"))
    identity = models.BinaryField(null=True, editable=False)
    guardian = models.BinaryField(null=True, editable=False)
    status = models.CharField(_("status"), max_length=10, choices=Status)
    faults = models.JSONField(_("faults"), default=list)

    class Meta:
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of imports")
        ordering = ["number"]
        indexes = [models.Index(fields=["run", "identity"], name="import_line_identity")]
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="import_line_once")]

    def __str__(self) -> str:
        return f"{self.run_id}:{self.number}"
