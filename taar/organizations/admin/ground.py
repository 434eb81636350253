"""Back-office pages for rows of the floors beneath, whose changes are acts of an office and enter the journal."""

from django.contrib import admin, messages
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from taar.lib.jalali import format_day, local_day
from taar.organizations import actions as verbs
from taar.organizations.admin.office import OfficeAdmin
from taar.organizations.permissions import can_declare_closure
from taar.places.models import Closure, Holiday, PlaceFlag


@admin.register(Closure)
class ClosureAdmin(OfficeAdmin):
    rule = can_declare_closure
    list_display = ["from_on", "until_on", "cause", "reason", "declared_by_label", "revoked_at"]
    list_filter = ["cause"]
    fields = ["from_on", "until_on", "cause", "reason", "places"]
    autocomplete_fields = ["places"]
    actions = ["revoke"]

    def has_change_permission(self, request, obj=None) -> bool:
        # A closure is revoked and declared anew, never rewritten; the list still offers to revoke.
        return obj is None and self.may(request)

    def save_model(self, request, obj, form, change) -> None:
        self.put(obj, verbs.declare_closure(by=request.user, at=timezone.now(), **form.cleaned_data))

    @admin.action(description=_("Revoke the chosen closures"))
    def revoke(self, request, closures) -> None:
        for closure in closures.filter(revoked_at=None):
            verbs.revoke_closure(closure, by=request.user, at=timezone.now())
        self.message_user(request, _("The closures are revoked; due dates follow."), messages.SUCCESS)


@admin.register(PlaceFlag)
class PlaceFlagAdmin(OfficeAdmin):
    rule = can_declare_closure
    list_display = ["place", "kind", "from_on", "until_on", "source"]
    list_filter = ["kind"]
    list_select_related = ["place"]
    search_fields = ["place__name_fa", "place__code"]
    autocomplete_fields = ["place"]

    def get_readonly_fields(self, request, obj=None):
        return ["place", "kind", "from_on", "source"] if obj else []

    def save_model(self, request, obj, form, change) -> None:
        act = {"by": request.user, "at": timezone.now()}
        until_on = form.cleaned_data["until_on"]
        if not change:
            self.put(obj, verbs.flag_place(**act, **form.cleaned_data))
        elif "until_on" in form.changed_data and until_on:
            self.put(obj, verbs.unflag_place(PlaceFlag.objects.get(pk=obj.pk), until_on=until_on, **act))


@admin.register(Holiday)
class HolidayAdmin(OfficeAdmin):
    rule = can_declare_closure
    list_display = ["on", "jalali_day", "name_fa", "kind", "estimated", "withdrawn_at"]
    list_filter = ["kind", "estimated"]
    actions = ["withdraw"]

    @admin.display(description=_("Jalali day"))
    def jalali_day(self, holiday: Holiday) -> str:
        return format_day(holiday.on)

    def get_readonly_fields(self, request, obj=None):
        return ["on"] if obj else []

    def save_model(self, request, obj, form, change) -> None:
        about = {name: value for name, value in form.cleaned_data.items() if name != "on"}
        self.put(obj, verbs.set_holiday(obj.on, by=request.user, at=timezone.now(), **about))

    @admin.action(description=_("Take the chosen holidays back"))
    def withdraw(self, request, holidays) -> None:
        now = timezone.now()
        for holiday in holidays.filter(withdrawn_at=None, on__gte=local_day(now)):
            verbs.withdraw_holiday(holiday, by=request.user, at=now)
        self.message_user(request, _("The holidays to come are taken back; due dates follow."), messages.SUCCESS)
