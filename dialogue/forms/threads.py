"""Shape and cleaning of what people write in the hall."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from dialogue.models import Area, Audience, Axis, Kind
from taar.lib.persian import clean_line, clean_text
from taar.organizations.models import Organization
from taar.places.queries import choices_by_county


class OnceForm(forms.Form):
    """A form with a key of its own: sent twice, it is done once; one that lost its key gets a new one."""

    once = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4, required=False)

    def clean_once(self) -> uuid.UUID:
        return self.cleaned_data["once"] or uuid.uuid4()


class ThreadForm(OnceForm):
    """A new thread; a text of nothing but spaces is no text."""

    title = forms.CharField(label=_("In one sentence"), max_length=100, help_text=_("Between 10 and 100 letters."))
    body = forms.CharField(label=_("What is the matter?"), max_length=1500, widget=forms.Textarea(attrs={"rows": 7}))
    kind = forms.ChoiceField(label=_("What do you bring?"), choices=Kind.choices)
    axis = forms.ChoiceField(label=_("It is above all about"), choices=Axis.choices)
    area = forms.ChoiceField(label=_("Area"), choices=Area.choices)
    audience = forms.ChoiceField(label=_("Whom does it concern?"), choices=Audience.choices)
    place = forms.ModelChoiceField(label=_("Where?"), queryset=None)
    organization = forms.ModelChoiceField(label=_("Which body do you ask?"), queryset=None)

    def __init__(self, *args, places, bodies: list[Organization], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = places
        self.fields["place"].choices = [("", "—"), *_grouped(choices_by_county())]
        self.fields["organization"].queryset = Organization.objects.filter(pk__in=[body.pk for body in bodies])

    def clean_title(self) -> str:
        title = clean_line(self.cleaned_data["title"])
        if len(title) < 10:
            raise forms.ValidationError(_("Please write at least 10 letters, so that others see what it is about."))
        return title

    def clean_body(self) -> str:
        return said(self.cleaned_data["body"])


class ContributionForm(OnceForm):
    """Words on a thread, or a reply to a contribution of it."""

    kind = forms.ChoiceField(label=_("What do you bring?"), choices=Kind.choices)
    body = forms.CharField(label=_("Your words"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))
    reply_to = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def clean_body(self) -> str:
        return said(self.cleaned_data["body"])


def said(text: str) -> str:
    """A cleaned text; nothing but spaces is refused."""
    words = clean_text(text)
    if not words:
        raise forms.ValidationError(_("There is nothing here to read yet. Please write your words."))
    return words


def _grouped(counties: list) -> list:
    """Counties as groups; a county itself can be named when the matter is all of it."""
    return [(county.name, [(place.pk, place.name) for place in (county, *inner)]) for county, inner in counties]
