from django.contrib import admin

from taar.places.actions import correct_place
from taar.places.models import Place

CORRECTABLE = ["name_fa", "name_ar", "name_en", "population", "lat", "lon"]


@admin.register(Place)
class PlaceAdmin(admin.ModelAdmin):
    """Places are corrected here; flags, closures and holidays are acts of an office and have pages of their own."""

    list_display = ["code", "name_fa", "kind", "county", "population"]
    list_filter = ["kind"]
    list_select_related = ["county"]
    search_fields = ["code", "name_fa", "name_ar", "name_en"]
    readonly_fields = ["code", "kind", "parent", "county"]

    def has_add_permission(self, request) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False

    def has_view_permission(self, request, obj=None) -> bool:
        # Every page of the back office that names a place searches for it here.
        return request.user.is_active and request.user.is_staff

    def has_module_permission(self, request) -> bool:
        # Whoever may look at a place finds the way back to the list, too.
        return self.has_view_permission(request)

    def save_model(self, request, obj, form, change) -> None:
        corrections = {name: form.cleaned_data[name] for name in form.changed_data if name in CORRECTABLE}
        correct_place(Place.objects.get(pk=obj.pk), **corrections)
