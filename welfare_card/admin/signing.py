from django.contrib import admin

from taar.organizations.admin.office import OfficeAdmin
from welfare_card.models import KeyList, SigningKey, StatusList
from welfare_card.permissions.cards import can_see_cards


class ShownAdmin(OfficeAdmin):
    """A page that only shows: these rows are written by commands and sweeps."""

    rule = can_see_cards

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False


@admin.register(SigningKey)
class SigningKeyAdmin(ShownAdmin):
    list_display = ["number", "use", "card_count", "made_at", "listed_at", "withdrawn_at"]
    list_filter = ["use"]
    fields = list_display


@admin.register(KeyList)
class KeyListAdmin(ShownAdmin):
    list_display = ["seq", "issued_at"]


@admin.register(StatusList)
class StatusListAdmin(ShownAdmin):
    list_display = ["seq", "key", "issued_at", "next_at", "card_count", "blocked_count"]
    fields = list_display
