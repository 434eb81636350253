"""How a family narrows the programmes, and how it enrols; what is unknown narrows nothing."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import date

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from dialogue.forms.hall import PlainSelect
from sports_boards.models import Board
from sports_boards.queries.joinable import Wish, week_start
from taar.lib.persian import ascii_digits
from taar.people.models import Person
from taar.places.models import Place

ALL = ("", _("all"))
OLDEST = 120
# Before the codes of counties: one's own neighbourhood and one's own county.
HOME, COUNTY = "home", "county"
WEEKS = {"this": 0, "next": 1}
SEXES = [ALL, (Person.Sex.WOMAN.value, _("women and girls")), (Person.Sex.MAN.value, _("men and boys"))]


def _choice(label, choices=()) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, required=False, widget=PlainSelect)


class WishForm(forms.Form):
    """The choices of the list."""

    near = _choice(_("Where"))
    week = _choice(_("When"), [("", _("any time")), ("this", _("this week")), ("next", _("next week"))])
    age = forms.CharField(
        label=_("Age"),
        required=False,
        max_length=3,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    sex = _choice(_("For"), SEXES)
    group = _choice(_("Kind of sport"), [ALL, *Board.Group.choices])
    show = _choice(
        _("Which"),
        [("", _("open for enrolment")), ("free", _("with free places")), ("all", _("also those that are closed"))],
    )

    def __init__(self, query: QueryDict, *, counties: Iterable[Place], home: Place | None) -> None:
        super().__init__(initial={name: query.get(name, "") for name in self.base_fields})
        own = [(HOME, home.name), (COUNTY, home.county.name)] if home else []
        self.fields["near"].choices = [("", _("the whole province")), *own, *((row.code, row.name) for row in counties)]


def read_wish(query: QueryDict, *, counties: Sequence[Place], home: Place | None, today: date) -> Wish:
    """What a query string asks for."""
    week, group, sex, show = (query.get(name, "") for name in ("week", "group", "sex", "show"))
    return Wish(
        near=_place(query.get("near", ""), counties, home),
        age=read_age(query.get("age", "")),
        sex=sex if sex in Person.Sex.values else "",
        week_from=week_start(today, WEEKS[week]) if week in WEEKS else None,
        free=show == "free",
        group=group if group in Board.Group.values else "",
        closed_too=show == "all",
    )


def read_age(text: str) -> int | None:
    """An age in any digits; nothing for what is none."""
    digits = ascii_digits(text).strip()
    return int(digits) if digits.isdecimal() and len(digits) <= 3 and int(digits) <= OLDEST else None


def _place(name: str, counties: Sequence[Place], home: Place | None) -> Place | None:
    if home is not None and name in (HOME, COUNTY):
        return home if name == HOME else home.county
    return next((row for row in counties if row.code == name), None)


class EnrolForm(forms.Form):
    """Who of the family takes part, and the consent of a guardian."""

    once = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    people = forms.ModelMultipleChoiceField(
        label=_("Who takes part?"),
        queryset=None,
        error_messages={"required": _("Choose who takes part.")},
    )
    consent = forms.BooleanField(
        label=_("I am the guardian of the children I have chosen, and I agree."), required=False
    )

    def __init__(self, *args, people: Iterable[Person], **options) -> None:
        super().__init__(*args, **options)
        self.fields["people"].queryset = Person.objects.filter(pk__in=[person.pk for person in people])
