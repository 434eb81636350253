from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from taar.lib.jalali import format_day, format_moment
from taar.lib.refusals import Refused
from taar.organizations.admin.office import OfficeAdmin
from welfare_card.actions import batches as verbs
from welfare_card.actions.cards import note_print
from welfare_card.admin.pages import door_of
from welfare_card.models import Batch
from welfare_card.permissions.cards import can_check_cards, can_issue_cards, can_see_cards
from welfare_card.print import sheet_pdf
from welfare_card.queries.printing import FILE_CARDS, printable, printed_cards

STEP_DATES = ("made_at", "checked_at", "approved_at", "produced_at", "printed_at", "delivered_at", "closed_at")


@admin.register(Batch)
class BatchAdmin(OfficeAdmin):
    rule = can_see_cards
    list_display = ["id", "title", "status", "card_count", "progress_shown", "made_on"]
    list_filter = ["status"]
    fields = [
        "title", "plan", "status", "progress_shown", "card_count", "signed_count", "delivered_count",
        "returned_count", "valid_days", "steps", "sheets",
    ]  # fmt: skip
    readonly_fields = fields
    actions = ["check_drafts", "approve", "begin_signing", "mark_printed", "deliver", "close"]

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        # A batch changes by its steps alone; the list offers them.
        return obj is None and self.may(request)

    def get_fields(self, request, obj=None) -> list[str]:
        """Sheets are offered to those who may print them."""
        prints = can_issue_cards(request.user, at=timezone.now())
        return [name for name in self.fields if prints or name != "sheets"]

    def get_actions(self, request) -> dict:
        """Steps by duty: administrators make, checkers approve."""
        now, found = timezone.now(), super().get_actions(request)
        mine = set() if can_issue_cards(request.user, at=now) else {*self.actions} - {"approve"}
        mine |= set() if can_check_cards(request.user, at=now) else {"approve"}
        return {name: action for name, action in found.items() if name not in mine}

    @admin.display(description=gettext_lazy("signed"))
    def progress_shown(self, batch: Batch) -> str:
        return format_html('<progress max="100" value="{}"></progress> {} %', batch.progress, batch.progress)

    @admin.display(description=gettext_lazy("made at"), ordering="made_at")
    def made_on(self, batch: Batch) -> str:
        return format_moment(batch.made_at, get_language())

    @admin.display(description=gettext_lazy("valid from"))
    def valid_days(self, batch: Batch) -> str:
        """The first day, and the first on which the cards no longer hold."""
        return " – ".join(format_day(day, get_language()) for day in (batch.valid_from_on, batch.valid_until_on))

    @admin.display(description=gettext_lazy("steps"))
    def steps(self, batch: Batch) -> str:
        """When each step was taken."""
        dates = [(batch._meta.get_field(name).verbose_name, getattr(batch, name)) for name in STEP_DATES]
        taken = ((name, format_moment(moment, get_language())) for name, moment in dates if moment)
        return format_html_join("", "<div>{}: {}</div>", taken)

    @admin.display(description=gettext_lazy("sheets to print"))
    def sheets(self, batch: Batch) -> str:
        """A link for each file of so many cards."""
        count = printable(batch).count()
        address = reverse("admin:welfare_card_batch_sheets", args=[batch.pk])
        files = range((count + FILE_CARDS - 1) // FILE_CARDS)
        links = ((f"{address}?file={number + 1}", number + 1) for number in files[:100])
        return format_html_join(" ", '<a href="{}">{}</a>', links) or _("nothing to print yet")

    def get_urls(self) -> list:
        sheets = door_of(self, self.print_sheets, can_issue_cards)
        return [path("<int:pk>/sheets/", sheets, name="welfare_card_batch_sheets"), *super().get_urls()]

    def print_sheets(self, request: HttpRequest, pk: int) -> HttpResponse:
        """A4 sheets of ten, two hundred cards a file."""
        batch, number = get_object_or_404(Batch, pk=pk), request.GET.get("file", "1")
        place = int(number) - 1 if number.isascii() and number.isdecimal() and len(number) < 6 else -1
        cards = printable(batch)[place * FILE_CARDS : (place + 1) * FILE_CARDS] if place >= 0 else []
        if not cards:
            raise Refused(_("There is nothing to print in this file."))
        note_print(f"card_batch:{batch.pk}", len(cards), by=request.user, at=timezone.now())
        pdf = sheet_pdf(printed_cards(cards), site=urlsplit(settings.SITE_URL).hostname or "")
        return HttpResponse(pdf, content_type="application/pdf")

    @admin.action(description=gettext_lazy("Check: close the draft to more cards"))
    def check_drafts(self, request, batches: QuerySet) -> None:
        self._each(request, batches, verbs.check_batch)

    @admin.action(description=gettext_lazy("Approve as the second person"))
    def approve(self, request, batches: QuerySet) -> None:
        self._each(request, batches, verbs.approve_batch)

    @admin.action(description=gettext_lazy("Begin to sign"))
    def begin_signing(self, request, batches: QuerySet) -> None:
        self._each(request, batches, verbs.begin_signing)

    @admin.action(description=gettext_lazy("Mark as printed"))
    def mark_printed(self, request, batches: QuerySet) -> None:
        self._each(request, batches, verbs.print_batch)

    @admin.action(description=gettext_lazy("Mark as delivered"))
    def deliver(self, request, batches: QuerySet) -> None:
        self._each(request, batches, verbs.deliver_batch)

    @admin.action(description=gettext_lazy("Close"))
    def close(self, request, batches: QuerySet) -> None:
        self._each(request, batches, verbs.close_batch)

    def _each(self, request, batches: QuerySet, verb) -> None:
        """Take the step with each batch and tell of each what came of it."""
        for batch in batches.order_by("pk"):
            try:
                verb(batch, by=request.user, at=timezone.now())
            except Refused as refused:
                self.message_user(request, f"{batch}: {refused.sentence}", messages.WARNING)
            else:
                self.message_user(request, f"{batch}: {batch.get_status_display()}", messages.SUCCESS)
