from django.contrib import admin

from taar.notifications.models import Delivery


@admin.register(Delivery)
class DeliveryAdmin(admin.ModelAdmin):
    """Which deliveries failed and why; whom they were for and what they said stays closed."""

    list_display = ["pk", "channel", "state", "attempts", "not_before", "sent_at", "reason"]
    list_filter = ["state", "channel"]
    exclude = ["notification"]
    show_full_result_count = False

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False
