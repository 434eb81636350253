"""Shape and cleaning of what readers and authors say about texts that stand."""

from django import forms
from django.utils.translation import gettext_lazy as _

from dialogue.forms.threads import said
from dialogue.models.moderation import Rule
from taar.lib.persian import clean_line


class ReportForm(forms.Form):
    """Which rule a text breaks, in a reader's eyes."""

    rule = forms.ChoiceField(label=_("What is wrong with it?"), choices=Rule.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("In your words"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only moderators read this; nobody learns who you are."),
    )


class BodyForm(forms.Form):
    """Other words of an author for a contribution."""

    body = forms.CharField(label=_("Your words"), max_length=1000, widget=forms.Textarea(attrs={"rows": 6}))

    def clean_body(self) -> str:
        return said(self.cleaned_data["body"])


class TitleAndBodyForm(BodyForm):
    """Other words of an author for a thread."""

    title = forms.CharField(label=_("In one sentence"), max_length=100, help_text=_("Between 10 and 100 letters."))
    body = forms.CharField(label=_("What is the matter?"), max_length=1500, widget=forms.Textarea(attrs={"rows": 7}))
    field_order = ("title", "body")

    def clean_title(self) -> str:
        title = clean_line(self.cleaned_data["title"])
        if len(title) < 10:
            raise forms.ValidationError(_("Please write at least 10 letters, so that others see what it is about."))
        return title


class AppealForm(forms.Form):
    """Why a decision should be looked at again."""

    words = forms.CharField(
        label=_("Why should another moderator look again?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def clean_words(self) -> str:
        return said(self.cleaned_data["words"])
