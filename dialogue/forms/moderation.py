"""Shape and cleaning of what moderators write."""

from django import forms
from django.utils.translation import gettext_lazy as _

from dialogue.models.moderation import Rule


class RejectForm(forms.Form):
    """Why a text is not published."""

    rule = forms.ChoiceField(label=_("Rule"), choices=Rule.choices)
    reason = forms.CharField(label=_("Reason, at least 20 letters"), max_length=500)
