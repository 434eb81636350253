"""The back office of people: find by phone or national ID, see levels, suspend and restore. Nothing sealed is shown."""

import re

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from taar.lib.persian import ascii_digits
from taar.lib.refusals import Refused
from taar.people import actions
from taar.people.models import Person, Pseudonym, Residence, Verification
from taar.people.queries import find_person
from taar.people.sign_in import guard_back_office, keep_out

guard_back_office(admin.site)

# Their pages would show device names, network addresses and secrets; people manage their own.
keep_out(admin.site, Authenticator, EmailAddress, Group, SocialAccount, SocialApp, SocialToken, UserSession)


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
    """Persons by the number of the account; a whole phone or national ID finds its owner, and stands in no address."""

    list_display = ["id", "identity_level", "language", "is_active", "is_staff", "created_at"]
    list_filter = ["identity_level", "is_active", "is_staff", "language"]
    search_fields = ["id"]
    search_help_text = gettext_lazy("The number of the account.")
    change_list_template = "people/person_list_admin.html"
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
        number = ascii_digits(search_term).strip().lstrip("#")
        if number:
            queryset = queryset.filter(pk=int(number)) if re.fullmatch(r"[0-9]{1,12}", number) else queryset.none()
        return queryset, False

    def get_urls(self) -> list:
        find = self.admin_site.admin_view(require_POST(self.find_person))
        return [path("find/", find, name="people_person_find"), *super().get_urls()]

    def find_person(self, request: HttpRequest) -> HttpResponse:
        """Go to the person of a whole phone or national ID; it is sent in the body, so no log holds it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        found = find_person(request.POST.get("identifier", ""))
        if found:
            return redirect("admin:people_person_change", found.pk)
        messages.warning(request, _("Nobody has this number."))
        return redirect("admin:people_person_changelist")

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
