"""Shape and cleaning of a switch."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dialogue.forms.moderation import ReasonForm
from dialogue.models import Axis, Switch, Thread
from taar.lib.persian import ascii_digits
from taar.places.models import Place
from taar.places.queries import choices_by_county

HOURS = [("", _("until it is ended")), (1, _("1 hour")), (6, _("6 hours")), (24, _("1 day")), (72, _("3 days"))]


class SwitchForm(ReasonForm):
    """What is switched, which room if one is paused, why and for how long."""

    kind = forms.ChoiceField(label=_("What is switched"), choices=Switch.Kind.choices)
    axis = forms.ChoiceField(label=_("Axis"), choices=[("", "—"), *Axis.choices], required=False)
    place = forms.ModelChoiceField(label=_("Place"), queryset=Place.objects.all(), required=False)
    thread = forms.CharField(
        label=_("Thread"), required=False, max_length=20, help_text=_("Its code, as KHZ-1405-000123.")
    )
    hours = forms.TypedChoiceField(label=_("For how long"), choices=HOURS, coerce=int, empty_value=None, required=False)
    field_order = ("kind", "axis", "place", "thread", "reason", "hours")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        groups = [(county.name, [(p.pk, p.name) for p in (county, *inner)]) for county, inner in choices_by_county()]
        self.fields["place"].choices = [("", "—"), *groups]

    def clean_thread(self) -> Thread | None:
        code = ascii_digits(self.cleaned_data["thread"]).strip().upper()
        if not code:
            return None
        thread = Thread.objects.filter(code=code).first()
        if thread is None:
            raise forms.ValidationError(_("There is no thread of this code."))
        return thread

    def for_verb(self) -> dict:
        """What the verb is given."""
        given = dict(self.cleaned_data)
        hours = given.pop("hours")
        return given | {"until_at": timezone.now() + timedelta(hours=hours) if hours else None}
