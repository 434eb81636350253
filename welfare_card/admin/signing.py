from django.contrib import admin

from taar.organizations.admin.office import OfficeAdmin
from welfare_card.admin.pages import moment_of
from welfare_card.models import KeyList, SigningKey, StatusList
from welfare_card.permissions.cards import can_see_cards


class ShownAdmin(OfficeAdmin):
    """A page that only shows: these rows are written by commands and sweeps."""

    rule = can_see_cards

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False


MOMENTS = [moment_of(SigningKey, name) for name in ("made_at", "listed_at", "withdrawn_at")]


@admin.register(SigningKey)
class SigningKeyAdmin(ShownAdmin):
    list_display = ["number", "use", "card_count", *MOMENTS]
    list_filter = ["use"]
    fields = readonly_fields = list_display


@admin.register(KeyList)
class KeyListAdmin(ShownAdmin):
    list_display = ["seq", moment_of(KeyList, "issued_at")]


@admin.register(StatusList)
class StatusListAdmin(ShownAdmin):
    list_display = ["seq", "key", *(moment_of(StatusList, name) for name in ("issued_at", "next_at")), "card_count"]
    list_display += ["blocked_count"]
    fields = readonly_fields = list_display
