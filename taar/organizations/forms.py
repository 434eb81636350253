"""Input of the pages on which somebody becomes a verified resident."""

from django import forms
from django.utils.translation import gettext_lazy as _

from taar.lib import identifiers
from taar.people.forms import CodeField, PhoneField


class NationalIdForm(forms.Form):
    """One's own national ID, in any digits."""

    national_id = CodeField(
        label=_("National ID"),
        help_text=_("Ten digits. It is kept sealed and shown to nobody."),
        error_messages={"required": _("Write your national ID.")},
    )

    def clean_national_id(self) -> str:
        try:
            return identifiers.national_id(self.cleaned_data["national_id"])
        except ValueError as fault:
            raise forms.ValidationError(fault.args[0]) from fault


class VisitCodeForm(forms.Form):
    """The code on the slip of an office."""

    code = CodeField(label=_("Code on the slip"), help_text=_("Eight digits, from a facilitator or the secretariat."))

    def clean_code(self) -> str:
        code = "".join(self.cleaned_data["code"].split()).replace("-", "")
        if not (code.isascii() and code.isdigit() and len(code) == 8):
            raise forms.ValidationError(_("The code has eight digits."))
        return code


class VouchForm(forms.Form):
    """The phone of the person who stands before the office."""

    phone = PhoneField(help_text=_("Of the person who is with you; they have signed in with it once."))
    seen = forms.BooleanField(
        label=_("I have seen this person and a document that says where they live."),
        error_messages={"required": _("Vouch only for somebody whom you have seen.")},
    )
