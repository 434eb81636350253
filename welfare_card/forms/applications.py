"""Shape and cleaning of what families write."""

import uuid
from datetime import date

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from taar.lib import identifiers
from taar.lib.jalali import from_jalali, local_day
from taar.lib.persian import ascii_digits, clean_line
from taar.people.models import Guardianship, Person
from taar.places.queries import choices_by_county
from welfare_card.models import Paper

LTR = {"dir": "ltr", "autocomplete": "off"}


class JalaliDayField(forms.CharField):
    """A birthday as 1368/04/27, in any digits."""

    def __init__(self, **options) -> None:
        options.setdefault("widget", forms.TextInput(attrs={**LTR, "inputmode": "numeric", "maxlength": 12}))
        super().__init__(**options)

    def prepare_value(self, value):
        if isinstance(value, date):
            from taar.lib.jalali import to_jalali

            return str(to_jalali(value)).replace("-", "/")
        return value

    def clean(self, value) -> date | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            day = from_jalali(ascii_digits(text).replace(".", "/").replace(" ", ""))
        except ValueError as wrong:
            raise forms.ValidationError(_("Write the day as 1368/04/27: year, month, day.")) from wrong
        if day > local_day(timezone.now()):
            raise forms.ValidationError(_("A birthday lies in the past."))
        return day


class NumberField(forms.CharField):
    """An identity number, checked and brought to one form."""

    def __init__(self, check, **options) -> None:
        self.check = check
        options.setdefault("widget", forms.TextInput(attrs={**LTR, "inputmode": "numeric", "maxlength": 24}))
        super().__init__(required=False, **options)

    def clean(self, value: str) -> str:
        text = super().clean(value)
        if not text:
            return ""
        try:
            return self.check(text)
        except ValueError as wrong:
            raise forms.ValidationError(wrong.args[0]) from wrong


class PersonForm(forms.Form):
    """Who somebody is; one of the two numbers is enough."""

    given_name = forms.CharField(label=_("Given name"), max_length=60)
    family_name = forms.CharField(label=_("Family name"), max_length=80)
    sex = forms.ChoiceField(label=_("Woman or man"), choices=[("", "—"), *Person.Sex.choices])
    birth_on = JalaliDayField(label=_("Birthday"), help_text=_("Year, month and day, for example 1368/04/27."))
    national_id = NumberField(
        identifiers.national_id, label=_("National ID"), help_text=_("Ten digits. It is kept sealed.")
    )
    foreign_id_kind = forms.ChoiceField(
        label=_("For foreign nationals: kind of card"),
        choices=[("", "—"), *Person.ForeignKind.choices],
        required=False,
    )
    foreign_id = NumberField(identifiers.foreign_id, label=_("For foreign nationals: number of the card"))

    def clean_given_name(self) -> str:
        return _named(self.cleaned_data["given_name"])

    def clean_family_name(self) -> str:
        return _named(self.cleaned_data["family_name"])

    def clean(self) -> dict:
        about = super().clean()
        if "national_id" in about and "foreign_id" in about:
            if not about["national_id"] and not about["foreign_id"]:
                self.add_error("national_id", _("Write the national ID, or the number of the foreign resident's card."))
            if about["foreign_id"] and not about.get("foreign_id_kind"):
                self.add_error("foreign_id_kind", _("Choose the kind of the card."))
            if not about["foreign_id"]:
                about["foreign_id_kind"] = ""
        return about


class ApplicantForm(PersonForm):
    """The first page: the plan, the applicant and the home."""

    once = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    plan = forms.ModelChoiceField(label=_("Plan"), queryset=None, empty_label=None)
    place = forms.ModelChoiceField(
        label=_("Your neighbourhood or town"), queryset=None, error_messages={"required": _("Choose a place.")}
    )
    address = forms.CharField(
        label=_("How do we find your home?"),
        help_text=_("In your own words; a postal code is not needed."),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    field_order = ["plan", "given_name", "family_name", "sex", "birth_on", "national_id"]

    def __init__(self, *args, plans, places, **options) -> None:
        super().__init__(*args, **options)
        self.fields["plan"].queryset = plans
        self.fields["place"].queryset = places
        self.fields["place"].choices = [("", "—"), *_grouped()]


class ChildForm(PersonForm):
    """The second page, again and again: one more person of the household."""

    proof = forms.ChoiceField(
        label=_("What shows that you are the guardian?"),
        choices=Guardianship.Proof.choices,
        help_text=_("Only for a child under 18."),
    )


class SendForm(forms.Form):
    """The last page: consent."""

    consent = forms.BooleanField(
        label=_("I agree that these particulars are kept to decide on the cards, and that they are right."),
        error_messages={"required": _("Without consent the application cannot be sent.")},
    )


class WordsForm(forms.Form):
    """An answer or an objection in own words."""

    words = forms.CharField(label=_("Your words"), max_length=1500, widget=forms.Textarea(attrs={"rows": 5}))


class ClaimForm(forms.Form):
    """The code of a printed slip."""

    code = forms.CharField(
        label=_("Code on the slip"),
        max_length=30,
        widget=forms.TextInput(attrs={**LTR, "autocapitalize": "characters"}),
    )


class PaperForm(forms.Form):
    """A photo or a proof."""

    kind = forms.ChoiceField(label=_("What is it?"), choices=Paper.Kind.choices)
    file = forms.FileField(label=_("Picture or PDF, at most 1 MB"))


def _named(text: str) -> str:
    name = clean_line(text)
    if len(name) < 2:
        raise forms.ValidationError(_("Write the whole name."))
    return name


def _grouped() -> list:
    groups = [(county.name, [(place.pk, place.name) for place in inner]) for county, inner in choices_by_county()]
    return [group for group in groups if group[1]]
