from django import forms
from django.contrib import admin
from django.utils import timezone

from taar.organizations import actions
from taar.organizations.actions.bodies import CHANGEABLE, TITLES
from taar.organizations.admin.office import OfficeAdmin
from taar.organizations.models import Duty, Organization, Post
from taar.organizations.permissions import can_keep_organizations, can_look_up_bodies


@admin.register(Organization)
class OrganizationAdmin(OfficeAdmin):
    rule, reading_rule = can_keep_organizations, can_look_up_bodies
    list_display = ["code", "name", "kind", "parent", "answers_dialogue", "active"]
    list_filter = ["kind", "answers_dialogue", "active"]
    list_select_related = ["parent"]
    search_fields = ["code", "name_fa", "name_en"]
    autocomplete_fields = ["parent", "place"]

    def get_readonly_fields(self, request, obj=None):
        return ["code"] if obj else []

    def save_model(self, request, obj, form, change) -> None:
        about = dict(form.cleaned_data)
        act = {"by": request.user, "at": timezone.now()}
        if change:
            written = actions.change_organization(
                Organization.objects.get(pk=obj.pk), **act, **_changed(form, CHANGEABLE)
            )
        else:
            written = actions.add_organization(about.pop("code"), **act, **about)
        self.put(obj, written)


class PostForm(forms.ModelForm):
    """A post with its duties as boxes to tick."""

    duties = forms.MultipleChoiceField(
        label=Post._meta.get_field("duties").verbose_name,
        choices=Duty.choices,
        widget=forms.CheckboxSelectMultiple,
    )


@admin.register(Post)
class PostAdmin(OfficeAdmin):
    rule = can_keep_organizations
    form = PostForm
    list_display = ["code", "title", "organization", "duties_shown"]
    list_select_related = ["organization"]
    search_fields = ["code", "title_fa", "title_en", "organization__name_fa"]
    autocomplete_fields = ["organization", "higher"]

    @admin.display(description=Post._meta.get_field("duties").verbose_name)
    def duties_shown(self, post: Post) -> str:
        return "، ".join(str(Duty(duty).label) for duty in post.duties)

    def get_readonly_fields(self, request, obj=None):
        return ["code", "organization"] if obj else []

    def save_model(self, request, obj, form, change) -> None:
        act = {"by": request.user, "at": timezone.now()}
        if change:
            written = actions.change_post(
                Post.objects.get(pk=obj.pk), **act, **_changed(form, {*TITLES, "duties", "higher"})
            )
        else:
            about = dict(form.cleaned_data)
            written = actions.add_post(about.pop("organization"), **act, **about)
        self.put(obj, written)


def _changed(form, names) -> dict:
    """What the form changes of the fields that may change."""
    return {name: form.cleaned_data[name] for name in form.changed_data if name in names}
