"""Form fields of the house."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from taar.lib.jalali import from_jalali, to_jalali


class JalaliDateField(forms.Field):
    """A day typed in the Jalali calendar as 1405/10/01, in any digits, with / or -; cleaned to a `date`."""

    widget = forms.TextInput
    default_error_messages = {"invalid": _("Please write a day of the Jalali calendar, as 1405/10/01.")}

    def __init__(self, **options) -> None:
        options.setdefault("help_text", _("As 1405/10/01."))
        super().__init__(**options)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, str]:
        return {"inputmode": "numeric", "dir": "ltr", "maxlength": "10", "autocomplete": "off"}

    def prepare_value(self, value: object) -> object:
        return str(to_jalali(value)).replace("-", "/") if isinstance(value, date) else value

    def to_python(self, value: object) -> date | None:
        if value in self.empty_values or not str(value).strip():
            return None
        if isinstance(value, date):
            return value
        try:
            return from_jalali(str(value))
        except ValueError as wrong:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from wrong
