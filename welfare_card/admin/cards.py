from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from taar.lib.jalali import format_day
from taar.lib.refusals import Refused
from taar.organizations.admin.office import OfficeAdmin
from welfare_card.actions import cards as verbs
from welfare_card.admin.pages import door_of
from welfare_card.models import Card
from welfare_card.permissions.cards import can_issue_cards, can_see_cards
from welfare_card.print import card_pdf
from welfare_card.queries.printing import printed_cards


class ReplaceForm(forms.Form):
    """Why a card is replaced, and whether the new one is handed over now."""

    reason = forms.ChoiceField(label=_("reason"), choices=Card.Reason.choices, initial=Card.Reason.LOST)
    handed_over = forms.BooleanField(
        label=_("the new card is printed and handed over here and now"), required=False, initial=True
    )


@admin.register(Card)
class CardAdmin(OfficeAdmin):
    rule = can_see_cards
    list_display = ["number_shown", "short_name", "status", "valid_until", "generation", "batch"]
    list_filter = ["status"]
    list_select_related = ["batch"]
    search_fields = ["number"]
    search_help_text = _("The number of the card, in any digits and groups.")
    fields = [
        "number_shown", "short_name", "status", "reason", "generation", "index", "valid_from_on", "valid_until",
        "plan", "batch", "key", "replaced_by",
    ]  # fmt: skip
    readonly_fields = fields
    change_form_template = "welfare_card/card_admin.html"
    show_full_result_count = False
    ordering = ["-pk"]

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        # Checkers look; the steps of a card are its administrators'.
        return self.may(request) and can_issue_cards(request.user, at=timezone.now())

    @admin.display(description=_("number"))
    def number_shown(self, card: Card) -> str:
        return str(card)

    @admin.display(description=_("valid from"))
    def valid_from(self, card: Card) -> str:
        return format_day(card.valid_from_on)

    @admin.display(description=_("no longer valid from"), ordering="valid_until_on")
    def valid_until(self, card: Card) -> str:
        return format_day(card.valid_until_on)

    def get_search_results(self, request, queryset, search_term):
        return (queryset.filter(pk__in=Card.objects.with_number(search_term)) if search_term else queryset), False

    def get_urls(self) -> list:
        step = door_of(self, require_POST(self.step), can_issue_cards)
        return [
            path("<int:pk>/replace/", door_of(self, self.replace, can_issue_cards), name="welfare_card_card_replace"),
            path("<int:pk>/print/", door_of(self, self.print, can_issue_cards), name="welfare_card_card_print"),
            path("<int:pk>/step/", step, name="welfare_card_card_step"),
            *super().get_urls(),
        ]

    def replace(self, request: HttpRequest, pk: int) -> HttpResponse:
        """One form: why, and the new card is there to be printed."""
        card = self._card(pk)
        form = ReplaceForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                fresh = self._replaced(request, card, **form.cleaned_data)
            except Refused as refused:
                form.add_error(refused.field or None, refused.sentence)
            else:
                self.message_user(request, _("The card is replaced; the old one is blocked."), messages.SUCCESS)
                return redirect("admin:welfare_card_card_change", fresh.pk)
        context = self.admin_site.each_context(request) | {"card": card, "form": form, "title": _("Replace a card")}
        status = 422 if form.is_bound else 200
        return TemplateResponse(request, "welfare_card/card_replace_admin.html", context, status=status)

    def _replaced(self, request: HttpRequest, card: Card, *, reason: str, handed_over: bool) -> Card:
        now = timezone.now()
        fresh = verbs.replace_card(card, by=request.user, at=now, reason=reason)
        if handed_over:
            verbs.hand_over_card(fresh, by=request.user, at=now)
        return fresh

    def print(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The card's two sides as PDF."""
        card = self._card(pk)
        if not card.code or card.status in Card.BLOCKED:
            raise Refused(_("This card is not to be printed."))
        verbs.note_print(f"card:{card.index}", 1, by=request.user, at=timezone.now())
        pdf = card_pdf(printed_cards([card]), site=urlsplit(settings.SITE_URL).hostname or "")
        return HttpResponse(pdf, content_type="application/pdf")

    def step(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Hand over, suspend, resume or revoke."""
        card, act = self._card(pk), {"by": request.user, "at": timezone.now()}
        steps = {
            "hand_over": lambda: verbs.hand_over_card(card, **act),
            "suspend": lambda: verbs.suspend_card(card, reason=request.POST.get("reason", ""), **act),
            "resume": lambda: verbs.resume_card(card, **act),
            "revoke": lambda: verbs.revoke_card(card, reason=request.POST.get("reason", ""), **act),
        }
        if request.POST.get("act") in steps:
            steps[request.POST["act"]]()
            self.message_user(request, _("It is done."), messages.SUCCESS)
        return redirect(reverse("admin:welfare_card_card_change", args=[pk]))

    def change_view(self, request, object_id, form_url="", extra_context=None):
        shown = {"reasons": Card.Reason.choices, "show_save": False, "show_save_and_continue": False}
        return super().change_view(request, object_id, form_url, (extra_context or {}) | shown)

    def _card(self, pk: int) -> Card:
        return get_object_or_404(Card.objects.select_related("plan"), pk=pk)
