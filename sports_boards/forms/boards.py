"""How the list of boards is narrowed."""

from collections.abc import Iterable

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from dialogue.forms.hall import PlainSelect
from sports_boards.models import Board
from taar.places.models import Place

ALL = ("", _("all"))


class BoardsForm(forms.Form):
    """Kind of sport, county, and letters of the name."""

    q = forms.CharField(label=_("Name or sport"), required=False, max_length=80)
    group = forms.ChoiceField(
        label=_("Kind of sport"), choices=[ALL, *Board.Group.choices], required=False, widget=PlainSelect
    )
    county = forms.ChoiceField(label=_("County"), required=False, widget=PlainSelect)

    def __init__(self, query: QueryDict, *, counties: Iterable[Place]) -> None:
        self.counties = {row.code: row for row in counties}
        super().__init__(initial={name: query.get(name, "") for name in self.base_fields})
        self.fields["county"].choices = [ALL, *((code, row.name) for code, row in self.counties.items())]

    def narrowing(self) -> dict:
        """What the query asks for; whatever is unknown narrows nothing."""
        group = self.initial["group"]
        return {
            "group": group if group in Board.Group.values else "",
            "county": self.counties.get(self.initial["county"]),
            "words": self.initial["q"][:80],
        }
