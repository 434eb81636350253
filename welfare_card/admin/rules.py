from django.contrib import admin
from django.utils import timezone

from taar.organizations.admin.office import OfficeAdmin
from welfare_card.actions.quotas import set_quota
from welfare_card.models import EligibilityRule, Quota
from welfare_card.permissions.applications import can_keep_rules


@admin.register(EligibilityRule)
class EligibilityRuleAdmin(OfficeAdmin):
    """Rules are rows with an owner and days; one in force is ended, never rewritten."""

    rule = can_keep_rules
    list_display = ["plan", "least_age", "most_age", "sex", "only_underserved", "place", "from_on", "until_on"]
    list_filter = ["plan", "only_underserved"]
    list_select_related = ["plan", "place"]
    autocomplete_fields = ["place"]
    fixed = ["plan", "least_age", "most_age", "sex", "only_underserved", "place", "owner_label", "from_on"]

    def get_readonly_fields(self, request, obj=None):
        return self.fixed if obj else []


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
