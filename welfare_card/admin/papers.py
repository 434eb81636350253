"""Photos and papers of applications: a list without their content; one is opened with a reason that is journalled."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from taar.lib.jalali import format_moment
from welfare_card.actions.papers import read_paper
from welfare_card.admin.pages import ActingAdmin, door_of
from welfare_card.admin.records import OpenForm
from welfare_card.models import Paper
from welfare_card.permissions.applications import can_read_papers

# A picture is shown; whatever else may hold more than it shows is saved, not opened by the browser.
SHOWN = {"image/jpeg": "jpg", "image/png": "png"}
SAVED = {"application/pdf": "pdf"}


@admin.register(Paper)
class PaperAdmin(ActingAdmin):
    rule = can_read_papers
    list_display = ["application", "kind", "media_type", "sent", "opened"]
    list_filter = ["kind"]
    list_select_related = ["application"]
    search_fields = ["application__code"]
    fields = ["application", "kind", "media_type", "sent", "opened"]
    readonly_fields = fields
    ordering = ["-pk"]
    actions = None

    def get_queryset(self, request):
        return super().get_queryset(request).defer("content")

    def get_urls(self) -> list:
        door = door_of(self, self.read)
        return [path("<int:pk>/read/", door, name="welfare_card_paper_read"), *super().get_urls()]

    @admin.display(description=gettext_lazy("sent at"), ordering="at")
    def sent(self, paper: Paper) -> str:
        return format_moment(paper.at)

    @admin.display(description=gettext_lazy("content"))
    def opened(self, paper: Paper) -> str:
        return format_html('<a href="{}">{}</a>', reverse("admin:welfare_card_paper_read", args=[paper.pk]), _("open"))

    def read(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The paper itself, after a reason was given."""
        paper = get_object_or_404(Paper.objects.select_related("application"), pk=pk)
        form = OpenForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            content = read_paper(paper, by=request.user, at=timezone.now(), reason=form.cleaned_data["reason"])
            return _sent(paper, content)
        context = {"form": form, "paper": paper, "title": _("Open a paper"), "opts": self.opts}
        context = self.admin_site.each_context(request) | context
        status = 422 if form.is_bound else 200
        return render(request, "welfare_card/admin/paper.html", context, status=status)


def _sent(paper: Paper, content: bytes) -> HttpResponse:
    shown = paper.media_type in SHOWN
    name = f"paper-{paper.pk}.{(SHOWN | SAVED)[paper.media_type]}"
    headers = {"Content-Disposition": f'{"inline" if shown else "attachment"}; filename="{name}"'}
    headers |= {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type=paper.media_type, headers=headers)
