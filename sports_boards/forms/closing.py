"""A closure on one form."""

from django import forms
from django.utils.translation import gettext_lazy as _

from dialogue.forms.hall import PlainSelect
from sports_boards.forms.days import DAY_EXAMPLE, DayField
from taar.places.models import Closure, Place


class ClosingForm(forms.Form):
    """Which counties, which days, and why."""

    cause = forms.ChoiceField(label=_("Cause"), choices=Closure.Cause.choices, widget=PlainSelect)
    from_on = DayField(label=_("First closed day"), help_text=DAY_EXAMPLE)
    until_on = DayField(label=_("Last closed day"))
    reason = forms.CharField(label=_("Reason, as the people read it"), max_length=300)
    counties = forms.ModelMultipleChoiceField(
        label=_("Counties"), queryset=None, widget=forms.CheckboxSelectMultiple(attrs={"class": "choices"}),
        error_messages={"required": _("Choose at least one county.")},
    )  # fmt: skip

    def __init__(self, *args, **options) -> None:
        super().__init__(*args, **options)
        counties = Place.objects.counties()
        self.fields["counties"].queryset = counties
        self.fields["counties"].choices = [(row.pk, row.name) for row in counties]

    def clean(self) -> dict:
        data = super().clean()
        if data.get("from_on") and data.get("until_on") and data["until_on"] < data["from_on"]:
            self.add_error("until_on", _("The last day cannot be before the first one."))
        return data
