"""Rules, quotas and agreements in the back office: rows with an owner and days; each change is a verb."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import DateField
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from taar.lib.fields import JalaliDateField
from taar.lib.jalali import format_day
from taar.lib.refusals import Refused
from taar.organizations.admin.office import OfficeAdmin
from welfare_card.actions import agreements, rules
from welfare_card.actions.quotas import set_quota
from welfare_card.models import Agreement, AllowanceRule, EligibilityRule, Quota
from welfare_card.permissions.applications import can_keep_rules


class DatedForm(forms.ModelForm):
    """A row with days whose verb is asked as the form is cleaned, so that a refusal stands beside its field."""

    # What the page gives the form: who acts, and the two verbs.
    person: Any = None
    make: Callable[..., Any]
    end: Callable[..., Any]

    def clean(self) -> dict:
        about = super().clean()
        if self.errors:
            return about
        act = {"by": self.person, "at": timezone.now()}
        try:
            if self.instance.pk is None:
                self.written = type(self).make(**about, **act)
            elif "until_on" in self.changed_data and about["until_on"]:
                self.written = type(self).end(self.instance, until_on=about["until_on"], **act)
            else:
                self.written = self.instance
        except Refused as no:
            self.add_error(no.field if no.field in self.fields else None, no.sentence)
        return about

    def _post_clean(self) -> None:
        """The verb has written the row, and the database has held its invariants."""


class DatedRuleAdmin(OfficeAdmin):
    """Rows that are made with all they say; afterwards only their end can be set, today or later."""

    rule = can_keep_rules
    verbs: tuple[Callable[..., Any], Callable[..., Any]]
    shown = {"from_on": "begins"}

    def get_fields(self, request, obj=None):
        """What stands is shown as words: a day in the Jalali calendar, a thing without a link to a page of others."""
        return [self.shown.get(name, name) for name in self.fields] if obj else self.fields

    def get_readonly_fields(self, request, obj=None):
        return [name for name in self.get_fields(request, obj) if name != "until_on"] if obj else []

    def get_form(self, request, obj=None, change=False, **kwargs):
        make, end = self.verbs
        act = {"person": request.user, "make": staticmethod(make), "end": staticmethod(end)}
        return super().get_form(request, obj, change=change, form=type("DatedFormOfPerson", (DatedForm,), act))

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Days are typed in the Jalali calendar, as everywhere else."""
        if isinstance(db_field, DateField):
            return JalaliDateField(label=db_field.verbose_name, required=not db_field.blank)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def save_model(self, request, obj, form, change) -> None:
        self.put(obj, form.written)

    @admin.display(description=_("from"), ordering="from_on")
    def begins(self, row: Any) -> str:
        return format_day(row.from_on)

    @admin.display(description=_("no longer from"), ordering="until_on")
    def ends(self, row: Any) -> str:
        return format_day(row.until_on) if row.until_on else "–"


@admin.register(EligibilityRule)
class EligibilityRuleAdmin(DatedRuleAdmin):
    list_display = ["plan", "least_age", "most_age", "sex", "only_underserved", "place", "begins", "ends"]
    list_filter = ["plan", "only_underserved"]
    list_select_related = ["plan", "place"]
    autocomplete_fields = ["place"]
    fields = [
        "plan", "least_age", "most_age", "sex", "only_underserved", "place", "owner_label", "from_on", "until_on",
    ]  # fmt: skip
    verbs = (rules.add_eligibility_rule, rules.end_eligibility_rule)


@admin.register(AllowanceRule)
class AllowanceRuleAdmin(DatedRuleAdmin):
    """How many visits a card opens, and the caps of a day, a week and a season."""

    list_display = ["plan", "season", "family", "visits", "cap_day", "cap_week", "cap_season", "begins", "ends"]
    list_filter = ["plan", "family"]
    list_select_related = ["plan", "season"]
    fields = [
        "plan", "season", "family", "visits", "cap_day", "cap_week", "cap_season", "owner_label", "from_on",
        "until_on",
    ]  # fmt: skip
    verbs = (rules.add_allowance_rule, rules.end_allowance_rule)


@admin.register(Agreement)
class AgreementAdmin(DatedRuleAdmin):
    """What whoever pays owes a venue for a visit."""

    list_display = ["venue", "payer", "family", "amount", "begins", "ends"]
    list_filter = ["family"]
    list_select_related = ["venue", "payer"]
    search_fields = ["venue__name_fa", "payer__name_fa"]
    fields = ["venue", "payer", "family", "amount", "owner_label", "from_on", "until_on"]
    verbs = (agreements.make_agreement, agreements.end_agreement)
    shown = {"from_on": "begins", "venue": "at_venue", "payer": "paid_by"}

    @admin.display(description=_("venue"))
    def at_venue(self, agreement: Agreement) -> str:
        return agreement.venue.name

    @admin.display(description=_("who pays"))
    def paid_by(self, agreement: Agreement) -> str:
        return agreement.payer.name


@admin.register(Quota)
class QuotaAdmin(OfficeAdmin):
    rule = can_keep_rules
    list_display = ["plan", "county", "places", "taken"]
    list_filter = ["plan"]
    list_select_related = ["plan", "county"]
    autocomplete_fields = ["county"]

    def get_readonly_fields(self, request, obj=None):
        return ["plan", "county", "taken"] if obj else []

    def save_model(self, request, obj, form, change) -> None:
        act = {"by": request.user, "at": timezone.now(), "places": form.cleaned_data["places"]}
        self.put(obj, set_quota(obj.plan, obj.county, **act))
