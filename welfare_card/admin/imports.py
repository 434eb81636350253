"""Lists of agencies in the back office: bring, look at the faults, let in; a bar shows how far it is."""

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from taar.lib.jalali import format_moment
from taar.lib.refusals import Refused
from welfare_card.actions.imports import LARGEST, begin_writing, export_faults, receive_import, stop_import
from welfare_card.admin.pages import ActingAdmin, door_of
from welfare_card.models import ImportRun
from welfare_card.permissions.applications import can_import_lists
from welfare_card.queries.imports import STOPS


class ImportForm(forms.ModelForm):
    """A list with its agency; nothing is written before somebody has looked at what was found."""

    file = forms.FileField(
        label=gettext_lazy("CSV or Excel file, at most 100,000 rows"),
        help_text=gettext_lazy(
            "Columns: national ID or foreign resident's number, given name, family name, birthday (1368/04/27), sex, "
            "place code, address, guardian's national ID."
        ),
    )
    consent = forms.BooleanField(label=gettext_lazy("The agency holds the consent of everybody on the list."))

    class Meta:
        model = ImportRun
        fields = ["plan", "agency_label"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        # What the way in has thrown away was not left out by the person.
        if "file" in self.too_large:
            self.fields["file"].error_messages["required"] = _("The file is empty or larger than 30 MB.")

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("The file is empty or larger than 30 MB."))
        return file

    def clean(self) -> dict:
        about = super().clean()
        if not self.errors:
            act = {"by": self.person, "at": timezone.now(), "plan": about["plan"], "file_name": about["file"].name}
            try:
                self.run = receive_import(about["file"].read(), agency_label=about["agency_label"], **act)
            except Refused as no:
                self.add_error(no.field if no.field in self.fields else None, no.sentence)
        return about


@admin.register(ImportRun)
class ImportRunAdmin(ActingAdmin):
    rule = can_import_lists
    change_form_template = "welfare_card/admin/import_page.html"
    list_display = ["__str__", "agency_label", "status", "progress", "faulty", "duplicates", "brought"]
    list_filter = ["status", "plan"]
    list_select_related = ["plan"]
    shown = ["plan", "agency_label", "file_name", "status", "stopped_why", "progress", "rows", "good", "faulty"]
    shown += ["duplicates", "written", "faults_to_send_back", "brought", "ended"]
    actions = ["let_in", "stop"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.may(request)

    def get_fields(self, request, obj=None):
        return self.shown if obj else ["plan", "agency_label", "file", "consent"]

    def get_form(self, request, obj=None, change=False, **kwargs):
        if obj:
            return super().get_form(request, obj, change=change, **kwargs)
        return type(
            "ImportFormOfPerson",
            (ImportForm,),
            {"person": request.user, "too_large": getattr(request, "too_large", ())},
        )

    def get_urls(self) -> list:
        faults = door_of(self, self.faults)
        return [path("<int:pk>/faults/", faults, name="welfare_card_importrun_faults"), *super().get_urls()]

    def save_model(self, request, obj, form, change) -> None:
        self.put(obj, form.run)

    @admin.display(description=gettext_lazy("progress"))
    def progress(self, run: ImportRun) -> str:
        bar = '<progress max="{}" value="{}" aria-label="{}"></progress> {}/{}'
        return format_html(bar, run.good or 1, run.written, _("rows written"), run.written, run.good)

    @admin.display(description=gettext_lazy("brought at"), ordering="made_at")
    def brought(self, run: ImportRun) -> str:
        return format_moment(run.made_at)

    @admin.display(description=gettext_lazy("finished at"))
    def ended(self, run: ImportRun) -> str:
        return format_moment(run.finished_at) if run.finished_at else "–"

    @admin.display(description=gettext_lazy("why it stopped"))
    def stopped_why(self, run: ImportRun) -> str:
        return str(STOPS.get(run.stop, ""))

    @admin.display(description=gettext_lazy("rows to send back"))
    def faults_to_send_back(self, run: ImportRun) -> str:
        if not run.faulty + run.duplicates:
            return "–"
        url = reverse("admin:welfare_card_importrun_faults", args=[run.pk])
        return format_html('<a href="{}">{}</a>', url, _("Download as CSV"))

    def faults(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The faulty rows as a file; that it left the house is journalled."""
        run = get_object_or_404(ImportRun, pk=pk)
        content = export_faults(run, by=request.user, at=timezone.now())
        headers = {"Content-Disposition": f'attachment; filename="faults-{run.pk}.csv"', "Cache-Control": "no-store"}
        return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=headers)

    @admin.action(description=gettext_lazy("Let the good rows in"))
    def let_in(self, request, rows) -> None:
        act = {"by": request.user, "at": timezone.now()}
        self.each(request, rows, lambda row: begin_writing(row, **act))

    @admin.action(description=gettext_lazy("Stop"))
    def stop(self, request, rows) -> None:
        act = {"by": request.user, "at": timezone.now()}
        self.each(request, rows, lambda row: stop_import(row, **act))
