from django.contrib import admin

from taar.journal.models import DailyHead, Entry, Link


class ReadOnlyAdmin(admin.ModelAdmin):
    """The journal is read in the back office, never written there."""

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False

    def has_view_permission(self, request, obj=None) -> bool:
        return request.user.is_active and request.user.is_staff

    def has_module_permission(self, request) -> bool:
        return self.has_view_permission(request)


@admin.register(Entry)
class EntryAdmin(ReadOnlyAdmin):
    list_display = ["at", "verb", "subject", "post"]
    list_filter = ["verb"]
    search_fields = ["subject", "post"]
    # Who acted stays sealed behind the office, also here.
    exclude = ["actor"]
    show_full_result_count = False


@admin.register(Link)
class LinkAdmin(ReadOnlyAdmin):
    list_display = ["seq", "hash"]
    show_full_result_count = False


@admin.register(DailyHead)
class DailyHeadAdmin(ReadOnlyAdmin):
    list_display = ["on", "seq", "hash", "written_at"]
