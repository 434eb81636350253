"""Shape and cleaning of what moderators write."""

from django import forms
from django.utils.translation import gettext_lazy as _

from dialogue.models import Thread
from dialogue.models.moderation import Rule
from dialogue.models.publication import STANDING
from dialogue.queries.search import codes_of
from taar.lib.identifiers import find_identifiers
from taar.lib.persian import clean_line

LEAST_REASON = 20


class ReasonForm(forms.Form):
    """Why, for everybody to read."""

    reason = forms.CharField(
        label=_("Public reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("At least 20 letters, without names and numbers of people."),
    )

    def __init__(self, *args, text=None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.text = text

    def clean_reason(self) -> str:
        reason = clean_line(self.cleaned_data["reason"])
        if len(reason) < LEAST_REASON:
            raise forms.ValidationError(_("Please give the reason in at least 20 characters."))
        return reason

    def for_verb(self) -> dict:
        """What the verb is given."""
        return self.cleaned_data


class JudgeForm(ReasonForm):
    """Which rule, and why."""

    rule = forms.ChoiceField(label=_("Rule"), choices=[("", "—"), *Rule.choices])
    field_order = ("rule", "reason")


class MaskForm(JudgeForm):
    """Which words are masked: numbers that were found, and others as the moderator copies them."""

    found = forms.MultipleChoiceField(
        label=_("Found in the text"), required=False, widget=forms.CheckboxSelectMultiple, choices=()
    )
    words = forms.CharField(
        label=_("Other words to mask"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One in each line, copied exactly from the text."),
    )
    field_order = ("found", "words", "rule", "reason")

    def __init__(self, *args, text, **kwargs) -> None:
        initial = {"rule": Rule.PERSONAL, "reason": _("Personal information of somebody was masked.")}
        super().__init__(*args, text=text, initial=initial, **kwargs)
        words = "\n".join(filter(None, (getattr(text, "title", ""), text.body)))
        found = list(dict.fromkeys(words[start:end] for _kind, start, end in find_identifiers(words)))
        self.fields["found"].choices = [(number, number) for number in found]
        self.fields["found"].initial = found
        if not found:
            del self.fields["found"]

    def clean(self) -> dict:
        if not self._phrases():
            self.add_error("words", _("Please choose the words to mask."))
        return self.cleaned_data

    def for_verb(self) -> dict:
        return {
            "rule": self.cleaned_data["rule"],
            "reason": self.cleaned_data["reason"],
            "phrases": self._phrases(),
        }

    def _phrases(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data.get("words", "").splitlines()]
        return [*self.cleaned_data.get("found", []), *filter(None, lines)]


class MergeForm(ReasonForm):
    """With which thread, by its code in any digits, and why."""

    into = forms.CharField(
        label=_("The other thread"), max_length=30, help_text=_("Its code, as KHZ-1405-000123; it goes on there.")
    )
    field_order = ("into", "reason")

    def clean_into(self) -> Thread:
        found = Thread.objects.filter(code__in=codes_of(self.cleaned_data["into"].strip()), publication__in=STANDING)
        threads = list(found[:2])
        if not threads:
            raise forms.ValidationError(_("There is no thread of this code."))
        if len(threads) > 1:
            raise forms.ValidationError(_("Several threads have this number. Please write the year too."))
        return threads[0]
