from django import forms
from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from taar.lib.identifiers import mobile
from taar.organizations import actions
from taar.organizations.admin.office import OfficeAdmin
from taar.organizations.models import Holding, Membership
from taar.organizations.permissions import can_keep_organizations
from taar.people.models import Person


class PersonByPhoneForm(forms.ModelForm):
    """A person is named by the number they sign in with; the back office has no list of people to choose from."""

    phone = forms.CharField(
        label=_("mobile number of the person"), help_text=_("The number that the person signs in with.")
    )

    def clean_phone(self) -> str:
        try:
            number = mobile(self.cleaned_data["phone"])
        except ValueError as wrong:
            raise forms.ValidationError(str(wrong.args[0])) from wrong
        self.person = Person.objects.with_phone(number).filter(is_active=True).first()
        if self.person is None:
            raise forms.ValidationError(_("Nobody has signed in with this number yet."))
        return number


class DatedAdmin(OfficeAdmin):
    """Rows of people and days: once made, only their end can be set."""

    rule = can_keep_organizations
    form = PersonByPhoneForm
    exclude = ["person"]
    fixed: list[str] = []

    def get_form(self, request, obj=None, change=False, **kwargs):
        """An existing row asks for no person: its form is the plain one, with only the end open."""
        if obj:
            kwargs["form"] = forms.ModelForm
        return super().get_form(request, obj, change=change, **kwargs)

    def get_readonly_fields(self, request, obj=None):
        return self.fixed if obj else []

    def get_exclude(self, request, obj=None):
        return ["person"]


@admin.register(Holding)
class HoldingAdmin(DatedAdmin):
    list_display = ["post", "organization", "number", "from_on", "until_on"]
    list_select_related = ["post__organization"]
    search_fields = ["post__code", "post__title_fa", "=number"]
    autocomplete_fields = ["post"]
    fixed = ["post", "from_on"]

    @admin.display(description=_("organization"))
    def organization(self, holding: Holding) -> str:
        return holding.post.organization.name

    def save_model(self, request, obj, form, change) -> None:
        act = {"by": request.user, "at": timezone.now()}
        until_on = form.cleaned_data["until_on"]
        if not change:
            self.put(
                obj, actions.appoint_holder(obj.post, person=form.person, from_on=obj.from_on, until_on=until_on, **act)
            )
        elif "until_on" in form.changed_data and until_on:
            self.put(obj, actions.end_holding(Holding.objects.get(pk=obj.pk), until_on=until_on, **act))


@admin.register(Membership)
class MembershipAdmin(DatedAdmin):
    list_display = ["organization", "role", "from_on", "until_on"]
    list_select_related = ["organization"]
    list_filter = ["role"]
    search_fields = ["organization__code", "organization__name_fa"]
    autocomplete_fields = ["organization"]
    fixed = ["organization", "role", "from_on"]

    def save_model(self, request, obj, form, change) -> None:
        act = {"by": request.user, "at": timezone.now()}
        until_on = form.cleaned_data["until_on"]
        if not change:
            days = {"from_on": obj.from_on, "until_on": until_on}
            written = actions.join_organization(obj.organization, person=form.person, role=obj.role, **days, **act)
            self.put(obj, written)
        elif "until_on" in form.changed_data and until_on:
            self.put(obj, actions.leave_organization(Membership.objects.get(pk=obj.pk), until_on=until_on, **act))
