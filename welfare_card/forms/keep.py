"""What is typed where the doors of venues are kept: hours, blocks, emergency days."""

from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from taar.lib.fields import JalaliDateField
from taar.lib.persian import ascii_digits
from welfare_card.actions.devices import BlockReason, MendReason
from welfare_card.models import Family, WomensHours


class HourField(forms.TimeField):
    """An hour of a day in any digits, as 16:30."""

    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")

    def to_python(self, value: Any) -> time | None:
        return super().to_python(ascii_digits(value) if isinstance(value, str) else value)


class HoursForm(forms.Form):
    """Women's hours of a weekday: from when to when, for which service, by whose decision and from which day on."""

    weekday = forms.TypedChoiceField(label=_("Day of the week"), choices=WomensHours.Weekday.choices, coerce=int)
    opens_at = HourField(label=_("From the hour"))
    closes_at = HourField(label=_("To the hour"))
    family = forms.ChoiceField(label=_("Service"), required=False)
    owner_label = forms.CharField(label=_("Decided by"), max_length=120, help_text=_("The body, not a person."))
    from_on = JalaliDateField(label=_("From the day"))

    def __init__(self, *args, families: list[str], **options) -> None:
        super().__init__(*args, **options)
        own = [(value, label) for value, label in Family.choices if value in families]
        self.fields["family"].choices = [("", _("all of them")), *own]


class EndHoursForm(forms.Form):
    """The first day on which women's hours no longer hold."""

    until_on = JalaliDateField(label=_("No longer from the day"))


class BlockForm(forms.Form):
    """Why a device is blocked."""

    reason = forms.ChoiceField(label=_("Why?"), choices=[("", "—"), *BlockReason.choices])


class MendForm(forms.Form):
    """Why a broken chain is accepted."""

    reason = forms.ChoiceField(label=_("What was found?"), choices=[("", "—"), *MendReason.choices])


class EmergencyForm(forms.Form):
    """The day on which a device takes emergency visits."""

    on = JalaliDateField(label=_("Day"))
