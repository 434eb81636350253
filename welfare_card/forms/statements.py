from django import forms
from django.utils.translation import gettext_lazy as _

from taar.lib.jalali import format_month
from welfare_card.actions.statement_files import MAKES, FileReason
from welfare_card.models import Statement


class NarrowForm(forms.Form):
    """What a list of statements is narrowed by."""

    status = forms.ChoiceField(label=_("Status"), choices=[("", _("all")), *Statement.Status.choices], required=False)
    month = forms.TypedChoiceField(label=_("Month"), required=False, empty_value=None)
    venue = forms.CharField(label=_("Name of the venue"), max_length=80, required=False)

    def __init__(self, *args, months=(), language="fa", **kwargs) -> None:
        super().__init__(*args, **kwargs)
        choices = [(month.isoformat(), format_month(month, language)) for month in months]
        self.fields["month"].choices = [("", _("all")), *choices]


class WordsForm(forms.Form):
    """An objection."""

    words = forms.CharField(
        label=_("What is wrong?"),
        help_text=_("Name lines by their numbers; write no names or numbers of people."),
        min_length=20,
        max_length=1500,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class AnswerForm(forms.Form):
    """The answer to an objection."""

    answer = forms.CharField(
        label=_("Answer"), min_length=20, max_length=1500, widget=forms.Textarea(attrs={"rows": 4})
    )


class PaymentForm(forms.Form):
    """By which payment a statement is settled."""

    reference = forms.CharField(label=_("Number of the payment"), max_length=60, required=False)


class FileForm(forms.Form):
    """Which file, and why."""

    kind = forms.ChoiceField(label=_("File"), choices=MAKES)
    reason = forms.ChoiceField(label=_("Why?"), choices=FileReason.choices)
