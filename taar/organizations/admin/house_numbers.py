"""The numbers of the house: each with its sentence, default, dated values and who changed it.

The table lies on the lowest floor, which knows neither offices nor the journal; a change is an act of an office that
everybody may read of. So its page stands here, on the lowest floor that knows both.
"""

from datetime import date

from django import forms
from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from taar.lib import numbers
from taar.lib.jalali import format_day
from taar.lib.models import HouseNumber
from taar.organizations import actions
from taar.organizations.admin.office import OfficeAdmin
from taar.organizations.permissions import can_change_number


class HouseNumberForm(forms.ModelForm):
    """A new dated value of one number, chosen by its sentence."""

    class Meta:
        model = HouseNumber
        fields = ["key", "value", "since"]

    def __init__(self, *args, **options) -> None:
        super().__init__(*args, **options)
        self.fields["key"] = forms.ChoiceField(label=_("number"), choices=_choices, widget=forms.RadioSelect)
        self.fields["value"].help_text = _("A number as 10 or 0.5, a list as [3, 4], a choice as true or false.")


def _choices() -> list[tuple[str, str]]:
    """Every number with its sentence, its default and what holds now."""
    return [
        (
            number.key,
            _("%(sentence)s (default %(default)s, now %(now)s)")
            % {"sentence": number.sentence, "default": number.default, "now": numbers.value(number.key)},
        )
        for number in numbers.registered()
    ]


@admin.register(HouseNumber)
class HouseNumberAdmin(OfficeAdmin):
    rule = can_change_number
    form = HouseNumberForm
    list_display = ["sentence", "value", "default", "since", "jalali_day", "changed_by_label", "changed_at"]
    search_fields = ["key"]

    @admin.display(description=_("in force from (Jalali)"))
    def jalali_day(self, row: HouseNumber) -> str:
        return format_day(row.since)

    def has_change_permission(self, request, obj=None) -> bool:
        # What held is not rewritten: another value is a new row from its day on.
        return False

    def get_changeform_initial_data(self, request) -> dict[str, date]:
        return {"since": timezone.localdate()}

    def save_model(self, request, obj, form, change) -> None:
        about = form.cleaned_data
        written = actions.change_number(
            about["key"], about["value"], by=request.user, at=timezone.now(), since=about["since"]
        )
        self.put(obj, written)
