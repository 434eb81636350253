"""The input of sign-in and of one's own account: shape and cleaning, in any digits."""

from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from allauth.core import context, ratelimit
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

from taar.lib import identifiers
from taar.lib.persian import ascii_digits, clean_line
from taar.people.models import Residence
from taar.places.models import Place
from taar.places.queries import choices_by_county

LTR = {"dir": "ltr"}


class PhoneField(forms.CharField):
    """A mobile number in any digits and forms; its value is +989…"""

    def __init__(self, **options) -> None:
        options.setdefault("label", _("Mobile number"))
        options.setdefault("help_text", _("For example 09161234567. A code is sent to it by SMS, free of charge."))
        attributes = {"type": "tel", "inputmode": "tel", "autocomplete": "tel", "maxlength": 30, **LTR}
        options.setdefault("widget", forms.TextInput(attrs=attributes))
        options.setdefault("error_messages", {"required": _("Write your mobile number.")})
        super().__init__(**options)

    def clean(self, value: str) -> str:
        text = super().clean(value)
        if not text:
            return ""
        try:
            return identifiers.mobile(text)
        except ValueError as fault:
            raise forms.ValidationError(fault.args[0]) from fault


class CodeField(forms.CharField):
    """A code of digits, in any digits, with spaces or dashes between them."""

    def __init__(self, **options) -> None:
        attributes = {"inputmode": "numeric", "autocomplete": "one-time-code", "maxlength": 20, **LTR}
        options.setdefault("widget", forms.TextInput(attrs=attributes))
        options.setdefault("error_messages", {"required": _("Write the code.")})
        super().__init__(**options)

    def clean(self, value: str) -> str:
        return ascii_digits(super().clean(value))


class RequestCode(RequestLoginCodeForm):
    """The one door: a number. Known and unknown numbers get the same answer."""

    limited = False

    def clean_phone(self) -> str:
        phone = self.cleaned_data["phone"]
        if not ratelimit.consume(context.request, action="request_login_code", key=phone):
            self.limited = True
            raise forms.ValidationError(
                _("Several codes were already sent to this number. Wait ten minutes and try again.")
            )
        return phone


class ConfirmCode(ConfirmLoginCodeForm):
    """The code that came by SMS."""

    code = CodeField(label=_("Code from the SMS"), help_text=_("Six digits; good for 5 minutes."))


class Authenticate(AuthenticateForm):
    """The second step of signing in."""

    code = CodeField(label=_("Code from the authenticator app"), help_text=_("Or one of your recovery codes."))


class Reauthenticate(ReauthenticateForm):
    """The second step, asked again before something that matters."""

    code = CodeField(label=_("Code from the authenticator app"), help_text=_("Or one of your recovery codes."))


class ActivateTOTP(ActivateTOTPForm):
    """The first code of a new authenticator app."""

    code = CodeField(label=_("Code that the app shows now"))


class AddPasskey(AddWebAuthnForm):
    """A name for a new security key."""

    name = forms.CharField(label=_("Name of this key"), required=False, max_length=60)


class NamePasskey(EditWebAuthnForm):
    """A new name for a security key."""

    name = forms.CharField(label=_("Name of this key"), max_length=60)


class ResidenceForm(forms.Form):
    """Where a person lives: one neighbourhood or town, listed under its county."""

    place = forms.ChoiceField(
        label=_("Your neighbourhood or town"),
        help_text=_("Home is shown to nobody; your voice counts for this place."),
        error_messages={"required": _("Choose a place."), "invalid_choice": _("Choose a place from the list.")},
    )

    def __init__(self, *args, now: Residence | None = None, **options) -> None:
        super().__init__(*args, **options)
        self.fields["place"].choices = _places_by_county
        if now:
            self.initial["place"] = now.place.code

    def clean_place(self) -> Place:
        return Place.objects.get(code=self.cleaned_data["place"])


class EmailForm(forms.Form):
    """An e-mail address for messages; left empty, the present one is forgotten."""

    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        max_length=254,
        help_text=_("We send a link to it; the address counts once you have opened the link."),
        error_messages={"invalid": _("This does not look like an e-mail address.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email", **LTR}),
    )

    def clean_email(self) -> str:
        return clean_line(self.cleaned_data["email"]).lower()


def _places_by_county() -> list[tuple[str, str | list[tuple[str, str]]]]:
    groups = [(county.name, [(place.code, place.name) for place in places]) for county, places in choices_by_county()]
    return [("", "—"), *(group for group in groups if group[1])]
