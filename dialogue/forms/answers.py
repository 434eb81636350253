"""Shape and cleaning of what officers write at their desk, and of what people say to it."""

from django import forms
from django.forms import formset_factory
from django.utils.translation import gettext_lazy as _

from dialogue.models import Answer
from taar.lib.fields import JalaliDateField
from taar.lib.identifiers import find_identifiers
from taar.lib.persian import clean_text

MOST_PROMISES = 3
LEAST_REASON = 20


class PublicText(forms.CharField):
    """Words of an office that everybody reads: clean, and without the number of a person."""

    def __init__(self, *, rows: int = 0, **options) -> None:
        if rows:
            options["widget"] = forms.Textarea(attrs={"rows": rows})
        super().__init__(**options)

    def clean(self, value: object) -> str:
        words = clean_text(super().clean(value))
        if self.required and not words:
            raise forms.ValidationError(_("There is nothing here to read yet. Please write your words."))
        if find_identifiers(words):
            raise forms.ValidationError(_("A mobile, card or national-ID number stands here. Please take it out."))
        return words


class Reason(PublicText):
    """Why, in at least 20 letters that everybody reads."""

    def __init__(self, **options) -> None:
        options.setdefault("label", _("Reason, for everybody to read"))
        options.setdefault("help_text", _("At least 20 letters."))
        super().__init__(rows=3, max_length=500, **options)

    def clean(self, value: object) -> str:
        words = super().clean(value)
        if len(words) < LEAST_REASON:
            raise forms.ValidationError(_("Please give the reason in at least 20 letters; everybody reads it."))
        return words


class AnswerForm(forms.Form):
    """An answer in hand; one that is only kept may be unfinished, one that goes to the check is whole."""

    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    decision = forms.ChoiceField(label=_("Decision"), choices=[("", "—"), *Answer.Decision.choices])
    study_until_on = JalaliDateField(label=_("Under study until"), required=False)
    summary = PublicText(
        label=_("In short"), max_length=280, rows=2, help_text=_("What people read first; 280 letters.")
    )
    text = PublicText(label=_("Answer with its reasons"), max_length=6000, rows=10)
    next_step = PublicText(label=_("Next step"), required=False, max_length=280)
    next_step_on = JalaliDateField(label=_("Day of the next step"), required=False)
    letter_number = forms.CharField(
        label=_("Letter number"), required=False, max_length=60, widget=forms.TextInput(attrs={"dir": "ltr"})
    )

    def __init__(self, *args, unfinished: bool = False, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in ("decision", "summary", "text") if unfinished else ():
            self.fields[name].required = False


class PromiseForm(forms.Form):
    """One promise of an answer; an empty row is none."""

    text = PublicText(label=_("What is promised"), required=False, max_length=500, rows=2)
    due_on = JalaliDateField(label=_("Until"), required=False)
    organization = forms.TypedChoiceField(label=_("Who keeps it"), required=False, coerce=int, empty_value=None)
    partner = forms.TypedChoiceField(
        label=_("Together with a group of citizens"), required=False, coerce=int, empty_value=None
    )

    def __init__(self, *args, bodies: list, partners: list, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].choices = [("", _("the body that answers")), *bodies]
        self.fields["partner"].choices = [("", "—"), *partners]

    def clean(self) -> dict:
        said = super().clean()
        if said.get("text") and "due_on" in said and not said["due_on"]:
            self.add_error("due_on", _("A promise needs a day."))
        if said.get("due_on") and "text" in said and not said["text"]:
            self.add_error("text", _("Please say what is promised for this day."))
        return said


def formset_of(written: int) -> type:
    """Rows for the promises of an answer: what is written already and empty ones up to three."""
    extra = max(0, MOST_PROMISES - written)
    return formset_factory(PromiseForm, extra=extra, max_num=MOST_PROMISES, validate_max=True)


class OwnerForm(forms.Form):
    """Which post owns a thread."""

    post = forms.ModelChoiceField(label=_("Who owns this thread?"), queryset=None, empty_label="—")

    def __init__(self, *args, posts, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].queryset = posts


class RevisionForm(forms.Form):
    """The text that its reader has read."""

    revision = forms.IntegerField(widget=forms.HiddenInput)


class ReturnForm(forms.Form):
    """What is to be changed in a draft."""

    note = PublicText(label=_("What is to be changed?"), max_length=500, rows=3)


class ExtendForm(forms.Form):
    """A longer term."""

    days = forms.IntegerField(label=_("Working days more"), min_value=1, max_value=60, initial=5)
    reason = Reason()


class ReceiverForm(forms.Form):
    """The body to which a thread goes, and why."""

    receiver = forms.ModelChoiceField(label=_("Which body is it for?"), queryset=None, empty_label="—")
    reason = Reason()

    def __init__(self, *args, bodies, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["receiver"].queryset = bodies


class ReasonForm(forms.Form):
    """A reason alone."""

    reason = Reason()


class NoteForm(forms.Form):
    """How a promise goes on."""

    text = PublicText(label=_("How does it go on?"), max_length=1000, rows=4)


class MoveForm(forms.Form):
    """A later day for a promise."""

    due_on = JalaliDateField(label=_("New day"))
    reason = Reason()


class ClaimForm(forms.Form):
    """How one can see that a promise is kept."""

    proof = PublicText(label=_("How can people see that it is done?"), max_length=1000, rows=4)


class WordForm(forms.Form):
    """Yes or no."""

    word = forms.ChoiceField(choices=[("yes", _("yes")), ("no", _("no"))])
