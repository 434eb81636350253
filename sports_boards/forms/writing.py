"""A programme on one page: what a secretary writes, in any state of being finished."""

from collections.abc import Sequence
from datetime import date, time
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialogue.forms.hall import PlainSelect
from dialogue.models import Thread
from sports_boards.forms.days import DAY_EXAMPLE, DayField, HourField, NumberField, moment_of
from sports_boards.models import Audience, Board, BookablePart, Coach, Programme
from sports_boards.weekly_rule import MOST_WEEKS, ORDER, read_rule, write_rule
from taar.lib.jalali import TEHRAN, WEEKDAYS
from taar.lib.persian import ascii_digits
from taar.organizations.models import Venue
from taar.places.models import Place
from taar.places.queries import choices_by_county

EMPTY = ("", "—")
# Side by side; each field has a copy of its own.
BOXES = forms.CheckboxSelectMultiple(attrs={"class": "choices"})
AREA = forms.Textarea(attrs={"rows": 4})
# Where a reason or a note about a column of the programme stands on the page.
FIELD_OF = {"rule": "weekdays", "enrol_until_at": "enrol_until_on"}
FLAT = (
    "kind", "title_fa", "title_ar", "title_en", "about", "audience", "least_age", "most_age", "level", "place", "venue",
    "where", "indoor", "capacity", "minimum", "residents_share", "giving", "starts_on", "ends_on", "meetings",
    "starts_at", "ends_at", "season", "cancel_hours", "family", "fee_rials", "cost_rials", "insurance_needed",
    "consent", "thread",
)  # fmt: skip
# What counts as zero, not as unknown, when it is left empty.
ZERO = {"minimum": 1, "residents_share": 0, "cancel_hours": 24, "fee_rials": 0, "cost_rials": 0}


def _label(name: str) -> Any:
    return Programme._meta.get_field(name).verbose_name


def _choice(name: str, *, required: bool = False) -> forms.ChoiceField:
    choices = Programme._meta.get_field(name).choices
    return forms.ChoiceField(
        label=_label(name), choices=choices if required else [EMPTY, *choices], required=required, widget=PlainSelect
    )


def _number(name: str, most: int, **options) -> NumberField:
    return NumberField(label=_label(name), most=most, required=False, **options)


def _words(name: str, most: int, **options) -> forms.CharField:
    return forms.CharField(label=_label(name), max_length=most, required=False, **options)


class ProgrammeForm(forms.Form):
    """The whole programme; a draft needs a Persian title, everything else may come later."""

    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    kind = _choice("kind", required=True)
    title_fa = forms.CharField(label=_label("title_fa"), max_length=160)
    about = _words("about", 2000, widget=AREA)
    audience = forms.ChoiceField(
        label=_label("audience"), choices=[EMPTY, *Audience.choices], required=False, widget=PlainSelect
    )
    least_age = _number("least_age", 120)
    most_age = _number("most_age", 120)
    level = _choice("level", required=True)
    place = forms.ModelChoiceField(label=_label("place"), queryset=None, required=False)
    venue = forms.ModelChoiceField(label=_label("venue"), queryset=None, required=False)
    parts = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Parts of the venue"),
        queryset=None,
        required=False,
        widget=BOXES,
    )
    where = _words("where", 200)
    indoor = forms.BooleanField(label=_label("indoor"), required=False)
    coaches = forms.ModelMultipleChoiceField(label=gettext_lazy("Coaches"), queryset=None, required=False, widget=BOXES)
    weekdays = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Days of the week"),
        coerce=int,
        required=False,
        widget=BOXES,
    )
    interval = forms.TypedChoiceField(
        label=gettext_lazy("How often"),
        choices=[
            (1, gettext_lazy("every week")), (2, gettext_lazy("every second week")),
            (3, gettext_lazy("every third week")), (MOST_WEEKS, gettext_lazy("every fourth week")),
        ],
        coerce=int, required=False, empty_value=1, widget=PlainSelect,
    )  # fmt: skip
    starts_on = DayField(label=_label("starts_on"), required=False, help_text=DAY_EXAMPLE)
    ends_on = DayField(
        label=_label("ends_on"), required=False, help_text=gettext_lazy("Either this, or the number of sessions.")
    )
    meetings = _number("meetings", 400)
    starts_at = HourField(label=_label("starts_at"), required=False)
    ends_at = HourField(label=_label("ends_at"), required=False)
    season = _choice("season")
    enrol_until_on = DayField(label=_label("enrol_until_at"), required=False)
    enrol_until_hour = HourField(label=gettext_lazy("at the hour"), required=False)
    capacity = _number("capacity", 10_000)
    minimum = _number("minimum", 10_000)
    residents_share = _number("residents_share", 100)
    giving = _choice("giving", required=True)
    cancel_hours = _number("cancel_hours", 720)
    family = _choice("family")
    fee_rials = _number("fee_rials", 10**11)
    cost_rials = _number("cost_rials", 10**13)
    insurance_needed = forms.BooleanField(label=_label("insurance_needed"), required=False)
    consent = _words("consent", 2000, widget=AREA)
    thread = forms.CharField(
        label=_label("thread"), max_length=30, required=False, widget=forms.TextInput(attrs={"dir": "ltr"}),
        help_text=gettext_lazy("The code of the dialogue in the hall, as KHZ-1405-000123."),
    )  # fmt: skip
    title_ar = _words("title_ar", 160)
    title_en = _words("title_en", 160)

    def __init__(self, *args, board: Board, language: str = "fa", venue: str = "", today: date, **options) -> None:
        super().__init__(*args, **options)
        fields = self.fields
        fields["place"].queryset = Place.objects.livable().select_related("county")
        fields["place"].choices = [EMPTY, *_grouped()]
        fields["venue"].queryset = Venue.objects.filter(active=True)
        fields["venue"].choices = [EMPTY, *_venues()]
        fields["parts"].queryset = _parts(board, venue)
        coaches = Coach.objects.filter(Q(ended_on=None) | Q(ended_on__gt=today), board=board).select_related("person")
        fields["coaches"].queryset = coaches
        fields["coaches"].choices = [(row.pk, row.person.full_name or row.licence_number) for row in coaches]
        days = WEEKDAYS.get(language, WEEKDAYS["fa"])
        fields["weekdays"].choices = [(day, days[day]) for day in ORDER]

    def clean_thread(self) -> Thread | None:
        code = ascii_digits(self.cleaned_data["thread"]).strip().upper()
        found = Thread.objects.filter(code=code, publication="published").first() if code else None
        if code and found is None:
            raise forms.ValidationError(_("There is no dialogue with this code."))
        return found

    def written(self) -> dict[str, Any]:
        """The cleaned fields as columns of a programme, without parts and coaches."""
        data = self.cleaned_data
        about = {name: data[name] for name in FLAT} | {
            name: usual for name, usual in ZERO.items() if data.get(name) is None
        }
        event = data["kind"] == Programme.Kind.EVENT
        about["rule"] = write_rule(data["weekdays"], data["interval"] or 1) if data["weekdays"] and not event else ""
        about["enrol_until_at"] = moment_of(data["enrol_until_on"], data["enrol_until_hour"] or time(20))
        about |= {"ends_on": data["starts_on"], "meetings": None} if event else {}
        return about

    def rows(self) -> dict[str, Sequence]:
        """The parts and coaches that were chosen."""
        return {"parts": list(self.cleaned_data["parts"]), "coaches": list(self.cleaned_data["coaches"])}

    def mark(self, field: str, sentence: str) -> None:
        """Put a reason beside its field, or above the form where it has none."""
        name = FIELD_OF.get(field, field)
        self.add_error(name if name in self.fields else None, sentence)


def initial_of(programme: Programme) -> dict[str, Any]:
    """A saved programme as the form shows it."""
    shown = {name: getattr(programme, name) for name in FLAT} | {"revision": programme.revision}
    shown |= {"place": programme.place_id, "venue": programme.venue_id}
    shown["thread"] = programme.thread.code if programme.thread else ""
    weeks = read_rule(programme.rule) if programme.rule else None
    until = programme.enrol_until_at.astimezone(TEHRAN) if programme.enrol_until_at else None
    return shown | {
        "weekdays": sorted(weeks.weekdays) if weeks else [],
        "interval": weeks.interval if weeks else 1,
        "enrol_until_on": until.date() if until else None,
        "enrol_until_hour": until.time() if until else None,
        "parts": [row.part_id for row in programme.part_rows.all()],
        "coaches": [row.coach_id for row in programme.coach_rows.all()],
    }


def typed_in(typed: QueryDict) -> dict[str, Any]:
    """What was typed into the form, as it shows it again without judging it."""
    many = {"parts", "coaches", "weekdays"}
    return {name: typed.getlist(name) if name in many else typed.get(name, "") for name in ProgrammeForm.base_fields}


def _grouped() -> list:
    groups = [(county.name, [(place.pk, place.name) for place in inner]) for county, inner in choices_by_county()]
    return [group for group in groups if group[1]]


def _venues() -> list[tuple[int, str]]:
    """Venues that have a part that can be booked."""
    bookable = BookablePart.objects.filter(active=True, venue__isnull=False).order_by().values("venue")
    rows = Venue.objects.filter(active=True, pk__in=bookable).select_related("place").order_by("name_fa", "pk")
    return [(row.pk, f"{row.name}، {row.place.name}") for row in rows]


def _parts(board: Board, venue: str) -> QuerySet[BookablePart]:
    """The parts of the chosen venue, and the buses of the board."""
    rows = BookablePart.objects.filter(active=True)
    buses = rows.filter(kind=BookablePart.Kind.BUS, owner=board.organization_id)
    return (rows.filter(venue=int(venue)) | buses) if venue.isdecimal() and len(venue) < 10 else buses


class ReasonForm(forms.Form):
    """Why something is cancelled; everybody concerned reads it."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)


class ReportForm(forms.Form):
    """How a programme went."""

    report = forms.CharField(
        label=gettext_lazy("How did it go?"), min_length=20, max_length=4000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("Write no names of people."),
    )  # fmt: skip


class CapacityForm(forms.Form):
    """How many places a living programme has, and how many are kept back."""

    capacity = NumberField(label=_label("capacity"), most=10_000)
    held_places = NumberField(label=_label("held_places"), most=10_000, required=False)
