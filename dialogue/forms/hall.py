"""How a reader narrows the hall; whatever is unknown narrows nothing."""

from datetime import date

from django import forms
from django.conf import settings
from django.forms.utils import flatatt
from django.http import QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from dialogue.models import Area, Audience, Axis, Kind
from dialogue.queries.hall import NEAR, PLAIN, SORT_WORDS, STATES, Narrowing
from taar.lib.access import find_or_none
from taar.organizations.models import Organization
from taar.organizations.queries import askable_organizations
from taar.places.models import Place

ALL = ("", _("all"))


class PlainSelect(forms.Select):
    """The same element, written at once: a template for each option would be half the work of the whole list."""

    def render(self, name, value, attrs=None, renderer=None) -> str:
        chosen = "" if value is None else str(value)
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            ((key, mark_safe(" selected") if key == chosen else "", word) for key, word in self.choices),
        )
        return format_html('<select name="{}"{}>{}</select>', name, flatatt(attrs or {}), options)


def _choice(label, choices=()) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, required=False, widget=PlainSelect)


class HallForm(forms.Form):
    """The choices of the list; a place finer than a county, or a body that cannot be asked now, stays while chosen."""

    sort = _choice(_("Order"), list(SORT_WORDS.items()))
    state = _choice(_("Where it stands"), [ALL, *STATES.items()])
    axis = _choice(_("Axis"), [ALL, *Axis.choices])
    area = _choice(_("Area"), [ALL, *Area.choices])
    kind = _choice(_("Kind"), [ALL, *Kind.choices])
    place = _choice(_("Place"))
    organization = _choice(_("Body asked"))
    audience = _choice(_("Whom it concerns"), [ALL, *Audience.choices])
    language = _choice(_("Language"), [ALL, *settings.LANGUAGES])

    def __init__(self, narrowing: Narrowing, *, day: date) -> None:
        super().__init__(initial={name: _plain(getattr(narrowing, name)) for name in (*PLAIN, *OTHERS)})
        counties, bodies = list(Place.objects.counties()), list(askable_organizations(day))
        self.fields["place"].choices = _choices(counties, narrowing.place)
        self.fields["organization"].choices = _choices(bodies, narrowing.organization)


OTHERS = ("state", "sort", "place", "organization")


def read_narrowing(query: QueryDict) -> Narrowing:
    """The narrowing that a query string asks for."""
    fields = HallForm.base_fields
    chosen = {name: _known(fields[name], query.get(name, "")) for name in (*PLAIN, "state", "sort")}
    chosen["sort"] = chosen["sort"] or "newest"
    place, organization = query.get("place", ""), query.get("organization", "")
    return Narrowing(
        **chosen,
        place=find_or_none(Place.objects.select_related("county").exclude(kind=Place.Kind.PROVINCE), code=place),
        organization=find_or_none(Organization.objects.all(), code=organization),
    )


def chosen_words(narrowing: Narrowing) -> dict[str, str]:
    """How the list is narrowed and ordered: each choice that can be taken away, by its name in the query, in words."""
    fields = HallForm.base_fields
    words = {
        name: f"{fields[name].label}: {dict(fields[name].choices)[getattr(narrowing, name)]}"
        for name in ("state", *PLAIN)
        if getattr(narrowing, name)
    }
    if narrowing.place:
        words["place"] = narrowing.place.label
    if narrowing.organization:
        words["organization"] = narrowing.organization.name
    if narrowing.sort != "newest":
        words["sort"] = f"{fields['sort'].label}: {SORT_WORDS[narrowing.sort]}"
    return words


def removable(query: QueryDict, narrowing: Narrowing) -> list[tuple[str, str]]:
    """Each choice in words with the query string of the list without it, from its first page."""
    found = []
    for name, word in chosen_words(narrowing).items():
        rest = query.copy()
        for gone in (name, "after"):
            rest.pop(gone, None)
        found.append((word, f"?{rest.urlencode()}"))
    return found


def export_query(narrowing: Narrowing) -> dict[str, str]:
    """The narrowing as a query for feeds and downloads, which know no reader and so no "near me"."""
    return {name: value for name, value in narrowing_query(narrowing).items() if value != NEAR}


def narrowing_query(narrowing: Narrowing) -> dict[str, str]:
    """The narrowing as a query string says it."""
    named = {name: _plain(getattr(narrowing, name)) for name in (*PLAIN, *OTHERS)}
    return {name: value for name, value in named.items() if value and value != "newest"}


def _known(field: forms.ChoiceField, value: str) -> str:
    return value if any(value == key for key, _word in field.choices) else ""


def _choices(rows: list, chosen) -> list[tuple[str, str]]:
    if chosen and chosen not in rows:
        rows = [chosen, *rows]
    return [ALL, *((row.code, getattr(row, "label", None) or row.name) for row in rows)]


def _plain(value) -> str:
    return getattr(value, "code", value) or ""
