"""Notes of the sport officer by field, and what stands in each field."""

from typing import Any, NamedTuple

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sports_boards.models import Programme
from sports_boards.weekly_rule import ORDER, read_rule
from taar.lib.jalali import WEEKDAYS, format_day, format_moment
from taar.lib.templatetags.hall import digits, num

# In the order of the page on which it was written.
SHOWN = (
    "title_fa", "kind", "about", "audience", "least_age", "most_age", "level", "place", "venue", "parts", "where",
    "indoor", "coaches", "rule", "starts_on", "meetings", "ends_on", "starts_at", "ends_at", "season",
    "enrol_until_at", "capacity", "minimum", "residents_share", "giving", "cancel_hours", "family", "fee_rials",
    "cost_rials", "insurance_needed", "consent",
)  # fmt: skip
DAYS = {"starts_on", "ends_on"}
HOURS = {"starts_at", "ends_at"}
CHOSEN = {"kind", "audience", "level", "season", "giving", "family"}


class Fact(NamedTuple):
    """A field of a programme: its word, what stands in it, and where a note on it is written."""

    name: str
    label: str
    shown: str
    note: Any


class NotesForm(forms.Form):
    """A note on any field; those that are empty ask for nothing."""

    def __init__(self, *args, programme: Programme, **options) -> None:
        super().__init__(*args, prefix="note", **options)
        for name in SHOWN:
            label = Programme._meta.get_field(name).verbose_name
            self.fields[name] = forms.CharField(label=label, max_length=500, required=False)

    def notes(self) -> dict[str, str]:
        """What was written, by field."""
        return {name: note for name, note in self.cleaned_data.items() if note}


def facts_of(programme: Programme, form: NotesForm) -> list[Fact]:
    """Every field of the page with its value in words."""
    return [Fact(name, str(form.fields[name].label), _shown(programme, name), form[name]) for name in SHOWN]


def _shown(programme: Programme, name: str) -> str:
    language, item = get_language() or "fa", getattr(programme, name)
    if name == "parts":
        return "، ".join(part.name for part in programme.parts.all())
    if name == "coaches":
        return "، ".join(coach.person.full_name for coach in programme.coaches.select_related("person"))
    if name == "rule":
        return _rule_words(item, language)
    if name in CHOSEN:
        return str(getattr(programme, f"get_{name}_display")())
    if item is None or item == "":
        return ""
    if isinstance(item, bool):
        return _("yes") if item else _("no")
    if name in DAYS:
        return format_day(item, language)
    if name in HOURS:
        return digits(f"{item:%H:%M}")
    if name == "enrol_until_at":
        return format_moment(item, language)
    return num(item) if isinstance(item, int) else str(item)


def _rule_words(rule: str, language: str) -> str:
    if not rule:
        return ""
    weeks, names = read_rule(rule), WEEKDAYS.get(language, WEEKDAYS["fa"])
    days = "، ".join(names[day] for day in ORDER if day in weeks.weekdays)
    if weeks.interval == 1:
        return days
    return _("%(days)s, every %(weeks)s weeks") % {"days": days, "weeks": num(weeks.interval)}
