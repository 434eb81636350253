"""Pages over one's own account: second step, place, language, e-mail."""

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from allauth.usersessions.internal import flows
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from taar.lib.access import allowed, public
from taar.lib.refusals import Refused, TooOften
from taar.people import actions, email_links
from taar.people.forms import EmailForm, ResidenceForm
from taar.people.middleware import KNOWN_LANGUAGES
from taar.people.permissions import can_manage_own_account
from taar.people.queries import open_residence, sessions_of
from taar.people.sign_in import has_second_factor, safe_next, second_factor_done

NEXT_KEY = "after_second_factor"
LANGUAGE_SECONDS = 365 * 24 * 3600


@public
def go_to_the_door(request: HttpRequest) -> HttpResponse:
    """Addresses of other doors lead to the one that there is."""
    query = f"?{urlencode({'next': request.GET['next']})}" if "next" in request.GET else ""
    return redirect(reverse("account_request_login_code") + query)


@allowed(can_manage_own_account)
def use_second_factor(request: HttpRequest) -> HttpResponse:
    """Lead to the second factor: use it, or first set one up; then on to the page that asked for it."""
    if "next" in request.GET:
        request.session[NEXT_KEY] = safe_next(request)
    if second_factor_done(request):
        return redirect(request.session.pop(NEXT_KEY, reverse("home")))
    if not has_second_factor(request.user):
        return render(request, "people/second_factor_set_up.html")
    here = urlencode({"next": request.path})
    return redirect(f"{get_adapter().get_reauthentication_methods(request.user)[0]['url']}?{here}")


@allowed(can_manage_own_account)
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    """See where one is signed in, and sign out everywhere else."""
    if request.method == "POST":
        flows.sessions.end_other_sessions(request, request.user)
        messages.success(request, _("You are signed out everywhere else."))
        return redirect("usersessions_list")
    sessions = sessions_of(request.user, request.session.session_key)
    return render(request, "people/sessions.html", {"sessions": sessions})


@public
@csrf_exempt
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Choose the language of pages; for a visitor it is a cookie and nothing else, so the form needs no token.

    That lets pages for visitors be the same for all of them, and be kept (`taar.lib.kept`).
    """
    if request.POST.get("language", "") not in KNOWN_LANGUAGES:
        raise Refused(_("This language is not offered."))
    return _language_of_account(request) if request.user.is_authenticated else _language_of_visitor(request)


@csrf_protect
def _language_of_account(request: HttpRequest) -> HttpResponse:
    """Kept with the account, and in a cookie for when nobody is signed in."""
    actions.choose_language(request.user, by=request.user, at=timezone.now(), language=request.POST["language"])
    return _language_of_visitor(request)


def _language_of_visitor(request: HttpRequest) -> HttpResponse:
    response = redirect(safe_next(request, reverse("home")))
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        request.POST["language"],
        max_age=LANGUAGE_SECONDS,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


@allowed(can_manage_own_account)
def move_residence(request: HttpRequest) -> HttpResponse:
    """Choose the neighbourhood or town one lives in."""
    now = open_residence(request.user)
    form = ResidenceForm(request.POST or None, now=now)
    if request.method == "POST" and form.is_valid():
        place = form.cleaned_data["place"]
        actions.move_residence(request.user, by=request.user, at=timezone.now(), place=place)
        messages.success(request, _("Your place is now %(place)s.") % {"place": place.label})
        return redirect(safe_next(request, reverse("my_page")))
    return render(request, "people/residence_form.html", {"form": form, "now": now, "next": safe_next(request, "")})


@allowed(can_manage_own_account)
def choose_email(request: HttpRequest) -> HttpResponse:
    """Name an e-mail address for messages, or have the present one forgotten."""
    form = EmailForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        if email:
            if not ratelimit.consume(request, action="manage_email"):
                raise TooOften(_("Several links were already sent. Try again in an hour."))
            email_links.send_link(request, email)
            messages.success(request, _("We have sent a link to this address. Open it to confirm."))
        else:
            actions.choose_email(request.user, by=request.user, at=timezone.now(), email="")
            messages.success(request, _("Your e-mail address is forgotten."))
        return redirect("my_page")
    return render(request, "people/email_form.html", {"form": form, "has_email": bool(request.user.email)})


@allowed(can_manage_own_account)
def confirm_email(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the message: a button keeps the address; mail scanners that only look do nothing."""
    email = email_links.email_of(token, request.user)
    if not email:
        raise Refused(_("This link is not good any more. Ask for a new one."))
    if request.method == "POST":
        actions.choose_email(request.user, by=request.user, at=timezone.now(), email=email)
        messages.success(request, _("Your e-mail address is confirmed."))
        return redirect("my_page")
    return render(request, "people/email_confirm.html", {"token": token})
