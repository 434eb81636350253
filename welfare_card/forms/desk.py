"""What is typed at the desk of a venue."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from taar.lib.persian import ascii_digits
from welfare_card.card_code import PREFIX
from welfare_card.card_number import is_number
from welfare_card.models import Family

LTR = {"dir": "ltr", "autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}


class DeskForm(forms.Form):
    """The number of a card, or the text that a reader of codes types; the service, where a venue has several."""

    card = forms.CharField(
        label=_("Number on the card"),
        help_text=_("12 digits, or let a code reader type the code."),
        max_length=200,
        widget=forms.TextInput(attrs={**LTR, "inputmode": "tel", "autofocus": True}),
    )
    family = forms.ChoiceField(label=_("Service"), choices=Family, widget=forms.RadioSelect)
    guardian = forms.BooleanField(label=_("The guardian of the child is here"), required=False)
    once = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, families: list[str], **options) -> None:
        super().__init__(*args, **options)
        self.fields["family"].choices = [(value, label) for value, label in Family.choices if value in families]
        if len(families) == 1:
            self.fields["family"].widget = forms.HiddenInput()
        self.initial = {"family": families[0], "once": uuid.uuid4()} | (self.initial or {})

    def clean_card(self) -> str:
        """A number without its groups, or a code as it is."""
        text = self.cleaned_data["card"].strip()
        if text.startswith(PREFIX):
            return text
        number = "".join(letter for letter in ascii_digits(text) if not letter.isspace() and letter not in "-‐‑–—")
        if not is_number(number):
            raise forms.ValidationError(_("This is no number of a card. Please look at the 12 digits once more."))
        return number

    def clean_once(self) -> uuid.UUID:
        return self.cleaned_data["once"] or uuid.uuid4()

    def said(self) -> dict:
        """The words of `let_in`."""
        said = dict(self.cleaned_data)
        card = said.pop("card")
        return said | ({"code": card} if card.startswith(PREFIX) else {"number": card})
