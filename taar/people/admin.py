"""The back office of people: find by phone or national ID, see levels, suspend and restore. Nothing sealed is shown."""

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from taar.lib.identifiers import mobile, national_id
from taar.lib.refusals import Refused
from taar.people import actions
from taar.people.models import Person, Pseudonym, Residence, Verification
from taar.people.sign_in import guard_back_office

guard_back_office(admin.site)

# Their pages would show device names, network addresses and secrets; people manage their own.
for model in (Authenticator, UserSession, SocialApp, SocialToken, Group):
    if admin.site.is_registered(model):
        admin.site.unregister(model)


class ReadOnly:
    """A page of the back office that only shows: rows are written by verbs."""

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


class ResidenceInline(ReadOnly, admin.TabularInline):
    model = Residence
    fields = ["place", "since_on", "until_on"]
    extra = 0


class VerificationInline(ReadOnly, admin.TabularInline):
    model = Verification
    fields = ["level", "method", "by_label", "at"]
    extra = 0


class PseudonymInline(ReadOnly, admin.TabularInline):
    model = Pseudonym
    fields = ["place", "name"]
    extra = 0


@admin.register(Person)
class PersonAdmin(ReadOnly, admin.ModelAdmin):
    """Persons by number; a whole phone or national ID in the search box finds its owner."""

    list_display = ["id", "identity_level", "language", "is_active", "is_staff", "created_at"]
    list_filter = ["identity_level", "is_active", "is_staff", "language"]
    search_fields = ["id"]
    search_help_text = gettext_lazy("A whole mobile number or national ID, or the number of the account.")
    fields = [
        "id",
        "identity_level",
        "language",
        "is_active",
        "is_staff",
        "phone_verified_at",
        "created_at",
        "last_login",
    ]
    inlines = [VerificationInline, ResidenceInline, PseudonymInline]
    actions = ["suspend", "restore", "open_back_office", "close_back_office"]
    show_full_result_count = False
    ordering = ["-id"]

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return request.user.has_perm("people.view_person")

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        for read, find in ((mobile, queryset.with_phone), (national_id, queryset.with_national_id)):
            try:
                found = find(read(search_term))
            except ValueError:
                continue
            if found.exists():
                return found, False
        number = search_term.strip().lstrip("#")
        return (queryset.filter(pk=int(number)) if number.isdecimal() and len(number) < 12 else queryset.none()), False

    @admin.action(description=gettext_lazy("Suspend sign-in"))
    def suspend(self, request: HttpRequest, persons: QuerySet) -> None:
        self._each(request, persons, actions.suspend_person)

    @admin.action(description=gettext_lazy("Let sign in again"))
    def restore(self, request: HttpRequest, persons: QuerySet) -> None:
        self._each(request, persons, actions.restore_person)

    @admin.action(description=gettext_lazy("Give the back office"))
    def open_back_office(self, request: HttpRequest, persons: QuerySet) -> None:
        self._each(request, persons, actions.open_back_office)

    @admin.action(description=gettext_lazy("Take the back office"))
    def close_back_office(self, request: HttpRequest, persons: QuerySet) -> None:
        self._each(request, persons, actions.close_back_office)

    def get_actions(self, request: HttpRequest) -> dict:
        found = super().get_actions(request)
        return found if request.user.has_perm("people.change_person") else {}

    def _each(self, request: HttpRequest, persons: QuerySet, verb) -> None:
        for person in persons:
            try:
                verb(person, by=request.user, at=timezone.now())
            except Refused as refused:
                sentence = _("%(person)s: %(reason)s") % {"person": person, "reason": refused.sentence}
                messages.warning(request, sentence)
            else:
                messages.success(request, _("%(person)s: done.") % {"person": person})
