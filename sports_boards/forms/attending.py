"""Who came: marks of a list, a card at the door, a correction."""

from collections.abc import Iterable
from datetime import datetime

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from dialogue.forms.hall import PlainSelect
from sports_boards.models import Attendance, Seat, Session
from taar.lib.persian import ascii_digits
from welfare_card.models import Tier
from welfare_card.visit_request import NUMBER_DIGITS, BadRequest, VisitRequest, read_visit


def marks_in(typed: QueryDict, seats: Iterable[Seat]) -> dict[Seat, str]:
    """The marks of a sent list by seat; with `rest` everybody without one is present."""
    usual = Attendance.Mark.PRESENT if typed.get("act") == "rest" else ""
    chosen = {seat: typed.get(f"mark-{seat.pk}", "") or usual for seat in seats}
    return {seat: mark for seat, mark in chosen.items() if mark}


class CardForm(forms.Form):
    """The number of a card, or what its code says."""

    once = forms.UUIDField(widget=forms.HiddenInput)
    number = forms.CharField(
        label=_("Number of the card, or its code"), max_length=500,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off", "autocapitalize": "characters"}),
    )  # fmt: skip

    def visit(self, session: Session, at: datetime) -> VisitRequest | None:
        """The visit that is asked for; nothing, with an error beside the field, where this is no card."""
        typed = ascii_digits(self.cleaned_data["number"]).strip()
        digits = typed.replace(" ", "").replace("-", "")
        named = {"number": digits} if digits.isdecimal() and len(digits) == NUMBER_DIGITS else {"code": typed}
        body = {"id": str(self.cleaned_data["once"]), "service": session.programme.family, "tier": Tier.ONLINE}
        try:
            return read_visit(body | named | {"at": at.isoformat()})
        except BadRequest as wrong:
            self.add_error("number", wrong.sentence)
            return None


class CorrectionForm(forms.Form):
    """Another mark than the one that stands, and, later, why."""

    mark = forms.ChoiceField(label=_("came"), choices=Attendance.Mark.choices, widget=PlainSelect)
    reason = forms.CharField(label=_("reason of a late correction"), max_length=300, required=False)
