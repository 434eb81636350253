"""The second factor: whether it was used in this session, where to get it, and the guard of the back office."""

from collections.abc import Callable, Iterable

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.db.models.base import ModelBase
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from taar.people.models import Person
from taar.people.permissions import can_enter_back_office

FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def second_factor_done(request: HttpRequest) -> bool:
    """Was an authenticator app, a security key or a recovery code used in this very session?"""
    if not request.user.is_authenticated:
        return False
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, request.user))


def has_second_factor(person: Person) -> bool:
    """Has this person set up an authenticator app or a security key?"""
    return is_mfa_enabled(person, FACTORS)


def ask_second_factor(request: HttpRequest, back: str) -> HttpResponse:
    """Lead to the second factor and then back to a page of ours."""
    return redirect(f"{resolve_url(settings.SECOND_FACTOR_URL)}?{urlencode({'next': back})}")


def safe_next(request: HttpRequest, default: str = "/") -> str:
    """The page to go on to: what the request names, if it is ours."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    # A word without a slash would be taken for the name of an address of ours, and there may be none.
    ours = "/" in asked and url_has_allowed_host_and_scheme(
        asked, {request.get_host()}, require_https=request.is_secure()
    )
    return asked if ours else default


def guard_back_office(site: AdminSite) -> None:
    """The admin has no sign-in of its own: one door for all, and every page of it asks for the second factor."""
    site.has_permission = lambda request: can_enter_back_office(request.user) and second_factor_done(request)
    site.login = enter_back_office(site)


def keep_out(site: AdminSite, *hidden: type[Model]) -> None:
    """Models of libraries that never get pages in the admin, whenever their apps register them."""
    register = site.register

    def register_others(models: type[Model] | Iterable[type[Model]], *args, **options) -> None:
        asked = [models] if isinstance(models, ModelBase) else models
        register([model for model in asked if model not in hidden], *args, **options)

    site.register = register_others


def enter_back_office(site: AdminSite) -> Callable[..., HttpResponse]:
    """The admin's sign-in address: sign in → 403 for those without the back office → second factor → on."""

    def login(request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        back = safe_next(request, resolve_url("admin:index"))
        if not request.user.is_authenticated:
            return redirect(f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': back})}")
        if not can_enter_back_office(request.user):
            raise PermissionDenied
        return redirect(back) if second_factor_done(request) else ask_second_factor(request, back)

    login.access = "public"
    return login
