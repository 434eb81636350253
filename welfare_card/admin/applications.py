"""Queues of applications, persons to decide, batches for the second person, objections."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.contrib.admin.views.main import ChangeList
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from taar.lib.jalali import format_day, local_day
from taar.lib.refusals import Refused
from taar.people.models import Person
from taar.places.models import Place
from welfare_card.actions import decisions
from welfare_card.actions.issuing import card_approved
from welfare_card.actions.objections import answer_objection
from welfare_card.actions.records import read_record
from welfare_card.admin.pages import ActingAdmin, moment_of, tell_refusals
from welfare_card.models import Application, ApprovalBatch, Member, Objection, Reason
from welfare_card.permissions import applications as may


class WordsActionForm(ActionForm):
    """What an action needs besides the rows: a reason of the list, or words for the family."""

    reason = forms.ChoiceField(label=gettext_lazy("Reason"), choices=[("", "—"), *Reason.choices], required=False)
    words = forms.CharField(label=gettext_lazy("Words for the family"), required=False, max_length=1000)


class LateFilter(admin.SimpleListFilter):
    title = gettext_lazy("answer is late")
    parameter_name = "late"

    def lookups(self, request, model_admin):
        return [("1", _("late"))]

    def queryset(self, request, queryset):
        return queryset.late_on(local_day(timezone.now())) if self.value() else queryset


class CountyFilter(admin.SimpleListFilter):
    title = gettext_lazy("county")
    parameter_name = "county"
    path = "county"

    def lookups(self, request, model_admin):
        return [(county.pk, county.name) for county in Place.objects.counties()]

    def queryset(self, request, queryset):
        key = str(self.value() or "")
        return queryset.filter(**{self.path: key}) if key.isdecimal() else queryset


class MemberCountyFilter(CountyFilter):
    path = "application__county"


class Queues(ChangeList):
    """The list with how many wait in each state above it."""

    @property
    def queues(self) -> list[tuple[str, str, int]]:
        """State, its word and how many applications are in it."""
        counts = dict(Application.objects.order_by().values_list("status").annotate(n=Count("pk")))
        return [(state, state.label, counts.get(state, 0)) for state in Application.Status if state != "draft"]

    @property
    def late(self) -> int:
        """How many answers are overdue."""
        return Application.objects.late_on(local_day(timezone.now())).count()


@admin.register(Application)
class ApplicationAdmin(ActingAdmin):
    rule = may.can_decide_applications
    change_list_template = "welfare_card/admin/application_list.html"
    action_form = WordsActionForm
    list_display = ["code", "status", "place", "persons", "channel", "due_shown"]
    list_filter = ["status", LateFilter, "underserved", "channel", "plan", CountyFilter]
    list_select_related = ["place__county"]
    search_fields = ["code"]
    search_help_text = gettext_lazy("The code of an application; persons are found on the page of records.")
    ordering = ["due_on", "pk"]
    fields = ["code", "plan", "status", "channel", "place", "underserved"]
    fields += [moment_of(Application, "submitted_at"), "due_shown", "entered_by_label"]
    readonly_fields = fields
    actions = ["take", "ask"]

    def get_queryset(self, request):
        return super().get_queryset(request).exclude(status=Application.Status.DRAFT).annotate(size=Count("members"))

    def get_changelist(self, request, **kwargs):
        return Queues

    @admin.display(description=gettext_lazy("persons"))
    def persons(self, application: Application) -> int:
        return application.size

    @admin.display(description=gettext_lazy("answer due on"), ordering="due_on")
    def due_shown(self, application: Application) -> str:
        return format_day(application.due_on) if application.due_on else ""

    @admin.action(description=gettext_lazy("Take into review"))
    def take(self, request, rows) -> None:
        act = {"by": request.user, "at": timezone.now()}
        self.each(request, rows, lambda row: decisions.take_application(row, **act))

    @admin.action(description=gettext_lazy("Ask the family (write the words)"))
    def ask(self, request, rows) -> None:
        act = {"by": request.user, "at": timezone.now(), "words": request.POST.get("words", "")}
        self.each(request, rows, lambda row: decisions.ask_information(row, **act))


@admin.register(Member)
class MemberAdmin(ActingAdmin):
    """Persons to decide; names stand here only after the record was opened with a reason."""

    rule = may.can_decide_applications
    action_form = WordsActionForm
    list_display = ["application", "person", "record", "age", "sex", "place", "status", "reason"]
    list_filter = ["status", "application__status", "application__underserved", "plan", MemberCountyFilter]
    list_select_related = ["application__place__county", "person"]
    search_fields = ["application__code"]
    ordering = ["rank", "application__submitted_at", "pk"]
    fields = ["application", "plan", "status", "reason"]
    fields += [moment_of(Member, "decided_at"), moment_of(Member, "confirmed_at"), "batch_shown"]
    actions = ["approve", "reject", "duplicate", "card"]
    list_max_show_all = 2000

    def get_queryset(self, request):
        return super().get_queryset(request).exclude(application__status=Application.Status.DRAFT)

    @admin.display(description=gettext_lazy("record"))
    def record(self, member: Member) -> str:
        return link_to_record(member)

    @admin.display(description=gettext_lazy("batch"))
    def batch_shown(self, member: Member) -> str:
        """Its number without a link: batches are the second person's page."""
        return f"#{member.batch_id}" if member.batch_id else "–"

    @admin.display(description=gettext_lazy("age"))
    def age(self, member: Member) -> int | None:
        return member.person.age_on(local_day(timezone.now()))

    @admin.display(description=gettext_lazy("sex"))
    def sex(self, member: Member) -> str:
        return member.person.get_sex_display()

    @admin.display(description=gettext_lazy("neighbourhood"))
    def place(self, member: Member) -> str:
        return member.application.place.label

    @admin.action(description=gettext_lazy("Approve as the first person (makes a batch)"))
    def approve(self, request, rows) -> None:
        try:
            batch, refused = decisions.make_batch(rows, by=request.user, at=timezone.now())
        except Refused as no:
            messages.warning(request, no.sentence)
            return
        reasons: dict[str, list[str]] = {}
        for member, why in refused:
            reasons.setdefault(why, []).append(str(member))
        tell_refusals(request, reasons)
        said = _("Batch %(batch)s of %(count)s persons waits for the second person.")
        messages.success(request, said % {"batch": batch.pk, "count": batch.size})

    @admin.action(description=gettext_lazy("Reject (choose the reason)"))
    def reject(self, request, rows) -> None:
        act = {"by": request.user, "at": timezone.now(), "reason": request.POST.get("reason", "")}
        self.each(request, rows, lambda row: decisions.reject_member(row, **act))

    @admin.action(description=gettext_lazy("Mark as applied for twice"))
    def duplicate(self, request, rows) -> None:
        act = {"by": request.user, "at": timezone.now()}
        self.each(request, rows, lambda row: decisions.mark_duplicate(row, **act))

    @admin.action(description=gettext_lazy("Ask for cards of approved persons (makes a batch of cards)"))
    def card(self, request, rows) -> None:
        now = timezone.now()
        title = _("Approved persons, %(day)s") % {"day": format_day(local_day(now))}
        try:
            batch = card_approved(rows, title=title, by=request.user, at=now)
        except Refused as no:
            messages.warning(request, no.sentence)
            return
        said = _("A batch of %(count)s cards waits for its check.")
        messages.success(request, said % {"count": batch.card_count})


@admin.register(ApprovalBatch)
class ApprovalBatchAdmin(ActingAdmin):
    rule = may.can_confirm_batches
    list_display = ["__str__", "status", "size", "progress", "made_by_label", moment_of(ApprovalBatch, "made_at")]
    list_filter = ["status"]
    fields = ["status", "size", "settled", "made_by_label"]
    fields += [moment_of(ApprovalBatch, name) for name in ("made_at", "decided_at")]
    readonly_fields = fields
    actions = ["confirm", "send_back"]

    @admin.display(description=gettext_lazy("settled"))
    def progress(self, batch: ApprovalBatch) -> str:
        bar = '<progress max="{}" value="{}" aria-label="{}"></progress> {}/{}'
        return format_html(bar, batch.size or 1, batch.settled, _("settled"), batch.settled, batch.size)

    @admin.action(description=gettext_lazy("Confirm as the second person"))
    def confirm(self, request, rows) -> None:
        act = {"by": request.user, "at": timezone.now()}
        self.each(request, rows, lambda row: decisions.confirm_batch(row, **act))

    @admin.action(description=gettext_lazy("Return to the first person"))
    def send_back(self, request, rows) -> None:
        act = {"by": request.user, "at": timezone.now()}
        self.each(request, rows, lambda row: decisions.return_batch(row, **act))


class ObjectionForm(forms.ModelForm):
    """The answer to an objection."""

    outcome = forms.ChoiceField(label=gettext_lazy("Outcome"), choices=Objection.Outcome.choices)
    answer = forms.CharField(label=gettext_lazy("Answer"), widget=forms.Textarea(attrs={"rows": 4}), max_length=1500)

    class Meta:
        model = Objection
        fields = ["outcome", "answer"]


@admin.register(Objection)
class ObjectionAdmin(ActingAdmin):
    rule = may.can_read_records
    form = ObjectionForm
    list_display = ["member", "at", "due_on", "outcome"]
    list_filter = ["outcome"]
    list_select_related = ["member"]
    fields = ["record", "words", "at", "due_on", "outcome", "answer"]
    readonly_fields = ["record", "words", "at", "due_on"]

    def has_change_permission(self, request, obj=None) -> bool:
        return self.may(request) and (obj is None or obj.answered_at is None)

    @admin.display(description=gettext_lazy("record"))
    def record(self, objection: Objection) -> str:
        """The way to the person that is open to both who may answer: a record, with a reason."""
        return link_to_record(objection.member)

    def save_model(self, request, obj, form, change) -> None:
        act = {"by": request.user, "at": timezone.now(), **form.cleaned_data}
        read_record(Person(pk=obj.member.person_id), by=request.user, at=act["at"], reason="objection", how="objection")
        self.put(obj, answer_objection(Objection.objects.get(pk=obj.pk), **act))


def link_to_record(member: Member) -> str:
    """Where a reason is asked for before a member's record opens."""
    url = reverse("admin:people_person_record", args=[member.person_id])
    return format_html('<a href="{}">{}</a>', url, _("Open the record"))
