"""Persons for card administrators: search by name or number, a record opened with a reason, look-alikes compared."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from taar.lib import identifiers
from taar.lib.refusals import Refused
from taar.people.models import Person, PersonMerge, Suspicion
from welfare_card.actions import merges
from welfare_card.actions.records import ReadReason, read_record
from welfare_card.admin.pages import ActingAdmin, door_of, moment_of
from welfare_card.models import Member
from welfare_card.permissions import applications as may

MOST_FOUND = 50


class ReadForm(forms.Form):
    """Why a record is opened, and by what it is searched."""

    wanted = forms.CharField(label=gettext_lazy("Name, national ID or foreign resident's number"), max_length=120)
    reason = forms.ChoiceField(label=gettext_lazy("Why?"), choices=ReadReason.choices)


class OpenForm(forms.Form):
    """Why a record is opened."""

    reason = forms.ChoiceField(label=gettext_lazy("Why?"), choices=ReadReason.choices)


class PairList(ChangeList):
    """The queue with the search above it."""

    search = ReadForm()


@admin.register(Suspicion)
class SuspicionAdmin(ActingAdmin):
    """The queue of look-alikes, and the search; every name that is shown is a reading in the log."""

    rule = may.can_read_records
    change_list_template = "welfare_card/admin/suspicion_list.html"
    list_display = ["__str__", moment_of(Suspicion, "found_at"), "compare"]
    actions = None

    def get_queryset(self, request):
        return super().get_queryset(request).waiting().select_related("first", "second")

    def get_urls(self) -> list:
        return [
            path("search/", door_of(self, require_POST(self.search)), name="people_person_search"),
            path("record/<int:pk>/", door_of(self, self.record), name="people_person_record"),
            path("<int:pk>/compare/", door_of(self, self.compare_page), name="people_suspicion_compare"),
            *super().get_urls(),
        ]

    def get_changelist(self, request, **kwargs):
        return PairList

    @admin.display(description=gettext_lazy("side by side"))
    def compare(self, pair: Suspicion) -> str:
        return format_html(
            '<a href="{}">{}</a>', reverse("admin:people_suspicion_compare", args=[pair.pk]), _("compare")
        )

    def search(self, request: HttpRequest) -> HttpResponse:
        """Persons of a name or a number, sent in the body so that no log of addresses holds it."""
        form = ReadForm(request.POST)
        found = []
        if form.is_valid():
            found = list(find_persons(form.cleaned_data["wanted"])[:MOST_FOUND])
            for person in found:
                act = {"by": request.user, "at": timezone.now(), "reason": form.cleaned_data["reason"]}
                read_record(person, **act, how="search")
        context = {"form": form, "found": found, "searched": form.is_valid(), "title": _("Search of records")}
        status = 200 if form.is_valid() else 422
        return render(request, "welfare_card/admin/search.html", self._around(request, context), status=status)

    def record(self, request: HttpRequest, pk: int) -> HttpResponse:
        """A person's record, after a reason was given."""
        person = get_object_or_404(Person, pk=pk)
        form = OpenForm(request.POST or None)
        opened = request.method == "POST" and form.is_valid()
        if opened:
            read_record(person, by=request.user, at=timezone.now(), reason=form.cleaned_data["reason"])
        members = Member.objects.filter(person=person).select_related("application") if opened else []
        context = {"form": form, "person": person if opened else None, "members": members, "title": _("Record")}
        return render(request, "welfare_card/admin/record.html", self._around(request, context))

    def compare_page(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Two look-alikes side by side: two persons, or one whose records become one."""
        pair = get_object_or_404(Suspicion.objects.waiting().select_related("first", "second"), pk=pk)
        now = timezone.now()
        if request.method == "POST" and request.POST.get("act"):
            return self._settle(request, pair, now)
        for person in (pair.first, pair.second):
            read_record(person, by=request.user, at=now, reason=ReadReason.DUPLICATE, how="compare")
        context = {"pair": pair, "persons": [pair.first, pair.second], "title": _("Two records side by side")}
        return render(request, "welfare_card/admin/compare.html", self._around(request, context))

    def _settle(self, request: HttpRequest, pair: Suspicion, now) -> HttpResponse:
        act, said = request.POST["act"], _("Another person confirms the merge now.")
        try:
            if act == "apart":
                merges.dismiss_suspicion(pair, by=request.user, at=now)
                said = _("They are two persons; the pair is not asked about again.")
            else:
                kept, gone = (pair.first, pair.second) if act == "first" else (pair.second, pair.first)
                merges.propose_merge(kept, gone, by=request.user, at=now)
        except Refused as no:
            messages.warning(request, no.sentence)
        else:
            messages.success(request, said)
        return redirect("admin:people_suspicion_changelist")

    def _around(self, request: HttpRequest, context: dict) -> dict:
        return self.admin_site.each_context(request) | {"opts": self.opts} | context


@admin.register(PersonMerge)
class PersonMergeAdmin(ActingAdmin):
    rule = may.can_confirm_merges
    moments = [moment_of(PersonMerge, name) for name in ("proposed_at", "decided_at")]
    list_display = ["__str__", "status", *moments]
    list_filter = ["status"]
    fields = ["kept", "merged", "status", *moments]
    readonly_fields = fields
    actions = ["confirm", "refuse", "reverse"]

    @admin.action(description=gettext_lazy("Confirm as the second person"))
    def confirm(self, request, rows) -> None:
        self._each_by(request, rows, merges.confirm_merge)

    @admin.action(description=gettext_lazy("They are two persons"))
    def refuse(self, request, rows) -> None:
        self._each_by(request, rows, merges.refuse_merge)

    @admin.action(description=gettext_lazy("Take the merge back"))
    def reverse(self, request, rows) -> None:
        self._each_by(request, rows, merges.reverse_merge)

    def _each_by(self, request, rows, verb) -> None:
        act = {"by": request.user, "at": timezone.now()}
        self.each(request, rows, lambda row: verb(row, **act))


def find_persons(wanted: str):
    """Persons of a whole number, or of a name in any spelling."""
    persons = Person.objects.filter(merged_into=None).order_by("pk")
    for check, find in (
        (identifiers.national_id, persons.with_national_id),
        (identifiers.foreign_id, persons.with_foreign_id),
    ):
        try:
            found = find(check(wanted))
        except ValueError:
            continue
        if found.exists():
            return found
    return persons.named(wanted)
