"""Signs to look at and visits to call back about: queues of card administrators and of the second persons."""

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from taar.lib.identifiers import written_mobile
from taar.lib.jalali import format_day, local_day
from taar.lib.refusals import Refused
from taar.people.models import Person
from taar.people.queries import guardians_of
from welfare_card.actions.calls import record_call
from welfare_card.actions.records import ReadReason, read_record
from welfare_card.actions.signs import act_on_sign, dismiss_sign
from welfare_card.admin.pages import ActingAdmin, door_of, moment_of
from welfare_card.models import CallBack, Sign
from welfare_card.permissions.cards import can_issue_cards
from welfare_card.permissions.holders import can_settle_signs


class SettleForm(forms.Form):
    """What becomes of a sign: a reason to dismiss it, or something that is done."""

    settled = forms.ChoiceField(label=gettext_lazy("What becomes of it?"))

    def __init__(self, *args, sign: Sign, **options) -> None:
        super().__init__(*args, **options)
        acts = [
            (act, _("act: %(act)s") % {"act": Sign.Act(act).label})
            for act, thing in ((Sign.Act.SUSPEND_CARD, sign.card), (Sign.Act.BLOCK_DEVICE, sign.device))
            if thing
        ]
        reasons = [(name, _("dismiss: %(reason)s") % {"reason": label}) for name, label in Sign.Reason.choices]
        self.fields["settled"].choices = [("", "—"), *reasons, *acts]


class CallForm(forms.Form):
    """What came of a call."""

    outcome = forms.ChoiceField(label=gettext_lazy("What came of the call?"), choices=CallBack.Outcome.choices)


@admin.register(Sign)
class SignAdmin(ActingAdmin):
    """A sign says nothing of guilt: somebody looks, dismisses it with a reason, or acts by the verb that does so."""

    rule = can_settle_signs
    list_display = ["kind", "day", "venue", "card", "status", moment_of(Sign, "found_at"), "look"]
    list_filter = ["status", "kind"]
    list_select_related = ["venue", "card"]
    ordering = ["-found_at", "-pk"]
    # Words, not links: whoever looks at signs need not keep venues, cards or devices.
    fields = [
        "kind", "day", "venue_name", "card_number", "device_name", "facts", moment_of(Sign, "found_at"), "status",
        "reason", "act", moment_of(Sign, "settled_at"),
    ]  # fmt: skip
    readonly_fields = fields
    actions = None

    @admin.display(description=gettext_lazy("day"), ordering="on")
    def day(self, sign: Sign) -> str:
        return format_day(sign.on, get_language())

    @admin.display(description=gettext_lazy("venue"))
    def venue_name(self, sign: Sign) -> str:
        return str(sign.venue or "–")

    @admin.display(description=gettext_lazy("card"))
    def card_number(self, sign: Sign) -> str:
        return str(sign.card or "–")

    @admin.display(description=gettext_lazy("device"))
    def device_name(self, sign: Sign) -> str:
        return str(sign.device or "–")

    @admin.display(description=gettext_lazy("look"))
    def look(self, sign: Sign) -> str:
        return format_html('<a href="{}">{}</a>', reverse("admin:welfare_card_sign_settle", args=[sign.pk]), _("look"))

    def get_urls(self) -> list:
        settle = path("<int:pk>/settle/", door_of(self, self.settle), name="welfare_card_sign_settle")
        return [settle, *super().get_urls()]

    def settle(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Look at one sign and say what becomes of it."""
        sign = get_object_or_404(Sign.objects.select_related("venue__place", "card__person", "device", "visit"), pk=pk)
        form = SettleForm(request.POST or None, sign=sign)
        if request.method == "POST" and form.is_valid():
            try:
                self._settled(sign, form.cleaned_data["settled"], by=request.user)
            except Refused as refused:
                form.add_error(None, refused.sentence)
            else:
                self.message_user(request, _("It is done."), messages.SUCCESS)
                return redirect("admin:welfare_card_sign_changelist")
        context = self.admin_site.each_context(request) | {"sign": sign, "form": form, "opts": self.opts}
        context |= {"title": sign.get_kind_display(), "facts": sorted(sign.facts.items())}
        context["opens_cards"] = can_issue_cards(request.user, at=timezone.now())
        status = 422 if form.is_bound else 200
        return TemplateResponse(request, "welfare_card/admin/sign.html", context, status=status)

    def _settled(self, sign: Sign, settled: str, *, by: Person) -> None:
        if settled in Sign.Act.values:
            act_on_sign(sign, by=by, at=timezone.now(), act=settled)
        else:
            dismiss_sign(sign, by=by, at=timezone.now(), reason=settled)


@admin.register(CallBack)
class CallBackAdmin(ActingAdmin):
    """The visits that were drawn; a number is shown when somebody says that they call now, and the log knows it."""

    rule = can_settle_signs
    list_display = ["day", "venue", "outcome", "tries", moment_of(CallBack, "called_at"), "make_call"]
    list_filter = ["outcome"]
    list_select_related = ["visit__venue"]
    ordering = ["-draw", "pk"]
    fields = ["day", "venue", "outcome", "tries", moment_of(CallBack, "called_at")]
    readonly_fields = fields
    actions = None

    @admin.display(description=gettext_lazy("day"), ordering="draw")
    def day(self, call: CallBack) -> str:
        return format_day(call.draw_id, get_language())

    @admin.display(description=gettext_lazy("venue"))
    def venue(self, call: CallBack) -> str:
        return call.visit.venue.name

    @admin.display(description=gettext_lazy("call"))
    def make_call(self, call: CallBack) -> str:
        address = reverse("admin:welfare_card_callback_call", args=[call.pk])
        return format_html('<a href="{}">{}</a>', address, _("call"))

    def get_urls(self) -> list:
        call = path("<int:pk>/call/", door_of(self, self.call), name="welfare_card_callback_call")
        return [call, *super().get_urls()]

    def call(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The visit; then, after a reading that the log keeps, whom to ask; then what came of it."""
        rows = CallBack.objects.select_related("visit__venue__place__county", "visit__person")
        call, form = get_object_or_404(rows, pk=pk), CallForm(request.POST if "outcome" in request.POST else None)
        if form.is_bound and form.is_valid():
            try:
                record_call(call, by=request.user, at=timezone.now(), outcome=form.cleaned_data["outcome"])
            except Refused as refused:
                form.add_error(None, refused.sentence)
            else:
                self.message_user(request, _("It is done."), messages.SUCCESS)
                return redirect("admin:welfare_card_callback_changelist")
        whom = self._whom(call, by=request.user) if request.method == "POST" else []
        context = self.admin_site.each_context(request) | {"call": call, "form": form, "whom": whom, "opts": self.opts}
        context |= {"title": _("Call back about a visit"), "opened": request.method == "POST"}
        status = 422 if form.is_bound else 200
        return TemplateResponse(request, "welfare_card/admin/call.html", context, status=status)

    def _whom(self, call: CallBack, *, by: Person) -> list[tuple[str, str]]:
        """Names and numbers of the holder, or of a child's guardians; opening them is a reading of the record."""
        now = timezone.now()
        read_record(call.visit.person, by=by, at=now, reason=ReadReason.CALL, how="call")
        people = guardians_of(call.visit.person, local_day(now)) or [call.visit.person]
        return [(person.full_name, written_mobile(person.phone) if person.phone else "") for person in people]
