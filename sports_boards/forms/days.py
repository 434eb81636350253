"""Days and hours as people write them: Jalali, in any digits."""

from datetime import date, datetime, time

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from taar.lib.jalali import TEHRAN, from_jalali, to_jalali
from taar.lib.persian import ascii_digits, local_digits

LTR = {"dir": "ltr", "autocomplete": "off", "inputmode": "numeric"}
DAY_EXAMPLE = gettext_lazy("Year, month and day, for example 1405/09/21.")


class DayField(forms.CharField):
    """A day as 1405/09/21."""

    def __init__(self, **options) -> None:
        options.setdefault("widget", forms.TextInput(attrs={**LTR, "maxlength": 12}))
        super().__init__(**options)

    def prepare_value(self, value):
        return _digits(str(to_jalali(value)).replace("-", "/")) if isinstance(value, date) else value

    def clean(self, value) -> date | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return from_jalali(ascii_digits(text).replace(".", "/").replace(" ", ""))
        except ValueError as wrong:
            raise forms.ValidationError(_("Write the day as 1405/09/21: year, month, day.")) from wrong


class HourField(forms.CharField):
    """An hour of the day as 17:30 or 17."""

    def __init__(self, **options) -> None:
        options.setdefault("widget", forms.TextInput(attrs={**LTR, "maxlength": 5}))
        super().__init__(**options)

    def prepare_value(self, value):
        return _digits(f"{value:%H:%M}") if isinstance(value, time) else value

    def clean(self, value) -> time | None:
        text = super().clean(value)
        if not text:
            return None
        hour, _colon, minute = ascii_digits(text).replace(".", ":").partition(":")
        try:
            return time(int(hour), int(minute or 0))
        except ValueError as wrong:
            raise forms.ValidationError(_("Write the hour as 17:30.")) from wrong


class NumberField(forms.CharField):
    """A whole number, not below zero, in any digits and with or without marks between thousands."""

    def __init__(self, *, most: int = 10**12, **options) -> None:
        self.most = most
        options.setdefault("widget", forms.TextInput(attrs={**LTR, "maxlength": 20}))
        super().__init__(**options)

    def prepare_value(self, value):
        return _digits(str(value)) if isinstance(value, int) else value

    def clean(self, value) -> int | None:
        text = super().clean(value if value is None else str(value))
        if not text:
            return None
        digits = ascii_digits(text).replace("٬", "").replace(",", "").replace(" ", "")
        if not digits.isdecimal() or int(digits) > self.most:
            raise forms.ValidationError(_("Write a whole number, at most %(most)s.") % {"most": self.most})
        return int(digits)


def _digits(text: str) -> str:
    return local_digits(text, get_language() or "fa")


def moment_of(day: date | None, hour: time | None) -> datetime | None:
    """A day and an hour in Tehran as a moment; nothing where one is missing."""
    return datetime.combine(day, hour, tzinfo=TEHRAN) if day and hour else None
