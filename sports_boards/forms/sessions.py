"""What is changed of sessions: a skipped day, a series, one day, and who came."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sports_boards.actions.series import Scope
from sports_boards.forms.days import DayField, HourField, moment_of
from sports_boards.models import Coach, Session


class SkippedForm(forms.Form):
    """A day that was skipped, and the day on which it is made up for."""

    skipped_on = DayField(label=_("Skipped day"))
    on = DayField(label=_("Hold it on"))


class SeriesForm(forms.Form):
    """A change of hours, place or coach; what is left empty stays."""

    scope = forms.ChoiceField(label=_("For which sessions"), choices=Scope.choices, widget=forms.RadioSelect)
    starts_at = HourField(label=_("begins at"), required=False)
    ends_at = HourField(label=_("ends at"), required=False)
    where = forms.CharField(label=_("where exactly"), max_length=200, required=False)
    coach = forms.ModelChoiceField(label=_("Who stands in as coach"), queryset=None, required=False)

    def __init__(self, *args, session: Session, **options) -> None:
        super().__init__(*args, **options)
        coaches = Coach.objects.filter(board=session.programme.board_id, ended_on=None).select_related("person")
        self.fields["coach"].queryset = coaches
        self.fields["coach"].choices = [("", "—"), *((row.pk, row.person.full_name) for row in coaches)]

    def changes(self) -> dict[str, Any]:
        """What was filled in."""
        names = ("starts_at", "ends_at", "where", "coach")
        return {name: self.cleaned_data[name] for name in names if self.cleaned_data[name]}

    def clean(self) -> dict:
        data = super().clean()
        if not self.errors and not self.changes():
            self.add_error(None, _("Say what changes: the hours, the place or the coach."))
        return data


class MoveForm(forms.Form):
    """Another day for one session."""

    on = DayField(label=_("Day"))
    starts_at = HourField(label=_("begins at"))
    ends_at = HourField(label=_("ends at"))
    reason = forms.CharField(label=_("Reason"), max_length=300)

    def moved(self) -> dict[str, Any]:
        """The new hours as moments, and why."""
        data = self.cleaned_data
        hours = {name: moment_of(data["on"], data[name]) for name in ("starts_at", "ends_at")}
        return hours | {"reason": data["reason"]}
