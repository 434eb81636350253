from django import forms
from django.utils.translation import gettext_lazy as _


class WaysForm(forms.Form):
    """How a person wants to be told; the list in the portal is always there."""

    sms = forms.BooleanField(label=_("Send messages to my phone"), required=False)
    email = forms.BooleanField(label=_("Send e-mail, if I have given an address"), required=False)
