"""Words between boards and the governor's office: concerns and their answers, requests and their decisions."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dialogue.forms.hall import PlainSelect
from sports_boards.actions.support import Line
from sports_boards.forms.days import DAY_EXAMPLE, DayField, NumberField
from sports_boards.models import Concern, SupportLine
from taar.organizations.models import Organization

LONG = forms.Textarea(attrs={"rows": 6})
# Empty lines that a request form shows beyond those that are filled.
SPARE_LINES, MOST_LINES = 2, 50


def _text(label: Any, most: int, **options) -> forms.CharField:
    return forms.CharField(label=label, min_length=20, max_length=most, widget=LONG, **options)


class ConcernForm(forms.Form):
    """A concern, a suggestion or a point."""

    kind = forms.ChoiceField(label=_("kind"), choices=Concern.Kind.choices, widget=PlainSelect)
    title = forms.CharField(label=_("title"), max_length=160)
    text = _text(_("text"), 4000)


class TakeForm(forms.Form):
    """Which unit deals with it, and until when."""

    unit = forms.ModelChoiceField(label=_("unit that deals with it"), queryset=None)
    due_on = DayField(label=_("answer due on"), help_text=DAY_EXAMPLE)

    def __init__(self, *args, **options) -> None:
        super().__init__(*args, **options)
        kinds = Organization.Kind
        bodies = Organization.objects.active().exclude(kind__in=(kinds.BOARD, kinds.NGO, kinds.GROUP, kinds.PRIVATE))
        self.fields["unit"].queryset = bodies


class AnswerForm(forms.Form):
    """The answer of the office."""

    text = _text(_("Answer"), 4000)
    letter_number = forms.CharField(label=_("number of the letter"), max_length=60, required=False)


class ReopenForm(forms.Form):
    """Why the answer does not do."""

    reason = _text(_("Why does the answer not do?"), 500)


class LineForm(forms.Form):
    """One thing of a request."""

    item = forms.CharField(label=_("what"), max_length=160, required=False)
    quantity = NumberField(label=_("how many"), most=1_000_000, required=False)
    value_rials = NumberField(label=_("rials each"), most=10**12, required=False)
    reason = forms.CharField(label=_("reason"), max_length=500, required=False)

    def clean(self) -> dict:
        data = super().clean()
        if any(data.get(name) for name in ("item", "quantity", "reason")):
            for name in ("item", "quantity", "reason"):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, _("This is needed."))
        return data


class RequestForm(forms.Form):
    """The title of a request; its lines stand in a set of their own."""

    title = forms.CharField(label=_("title"), max_length=160)


LineSet = forms.formset_factory(LineForm, extra=SPARE_LINES, max_num=MOST_LINES, absolute_max=MOST_LINES)


def lines_in(lines: Any) -> list[Line]:
    """The filled lines of a valid set."""
    filled = [form.cleaned_data for form in lines if form.cleaned_data.get("item")]
    return [Line(row["item"], row["quantity"], row["reason"], row["value_rials"] or 0) for row in filled]


class OpinionForm(forms.Form):
    """What the reviewer tells the committee."""

    opinion = _text(_("technical opinion"), 2000)


class DecisionForm(forms.Form):
    """How much of each line is given, and why."""

    reason = forms.CharField(label=_("reason of the decision"), max_length=500)

    def __init__(self, *args, lines: Sequence[SupportLine], **options) -> None:
        super().__init__(*args, **options)
        self.positions = [line.position for line in lines]
        for line in lines:
            field = NumberField(label=line.item, most=line.quantity, initial=line.quantity)
            self.fields[f"line_{line.position}"] = field

    def decided(self) -> dict[str, Any]:
        """The words and numbers of the decision as its verb takes them."""
        approved = {position: self.cleaned_data[f"line_{position}"] for position in self.positions}
        return {"approved": approved, "reason": self.cleaned_data["reason"]}


class LetterForm(forms.Form):
    """By which letter it is set apart."""

    letter_number = forms.CharField(label=_("number of the letter"), max_length=60)


class ProofForm(forms.Form):
    """How what came was used."""

    proof = _text(_("how it was used"), 2000)
