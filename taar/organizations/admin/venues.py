from django import forms
from django.contrib import admin
from django.utils import timezone

from taar.organizations import actions
from taar.organizations.actions.venues import VENUE_CHANGEABLE
from taar.organizations.admin.office import OfficeAdmin
from taar.organizations.models import Family, Venue
from taar.organizations.permissions import can_keep_organizations, can_look_up_bodies


class VenueForm(forms.ModelForm):
    """A venue with its families as boxes to tick."""

    families = forms.MultipleChoiceField(
        label=Venue._meta.get_field("families").verbose_name,
        choices=Family.choices,
        widget=forms.CheckboxSelectMultiple,
    )


@admin.register(Venue)
class VenueAdmin(OfficeAdmin):
    rule, reading_rule = can_keep_organizations, can_look_up_bodies
    form = VenueForm
    list_display = ["name", "organization", "place", "active"]
    list_filter = ["active"]
    list_select_related = ["organization", "place"]
    search_fields = ["name_fa", "name_en", "organization__name_fa"]
    autocomplete_fields = ["organization", "place"]

    def get_fields(self, request, obj=None):
        """The families once: as boxes for who may tick them, by their names for who only reads."""
        other = "family_names" if self.has_change_permission(request, obj) else "families"
        return [field for field in super().get_fields(request, obj) if field != other]

    def get_readonly_fields(self, request, obj=None):
        return ["organization", "family_names"] if obj else []

    @admin.display(description=Venue._meta.get_field("families").verbose_name)
    def family_names(self, venue) -> str:
        return "، ".join(str(Family(family).label) for family in venue.families)

    def save_model(self, request, obj, form, change) -> None:
        act = {"by": request.user, "at": timezone.now()}
        if change:
            changes = {name: form.cleaned_data[name] for name in form.changed_data if name in VENUE_CHANGEABLE}
            written = actions.change_venue(Venue.objects.get(pk=obj.pk), **act, **changes)
        else:
            about = dict(form.cleaned_data)
            written = actions.add_venue(about.pop("organization"), **act, **about)
        self.put(obj, written)
