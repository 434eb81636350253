"""Sign-in over allauth's own views: one door, clear sentences, and `next` kept all the way."""

import time

from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.stages import LoginStage
from allauth.account.utils import passthrough_next_redirect_url
from allauth.account.views import ConfirmLoginCodeView, RequestLoginCodeView
from allauth.core import ratelimit
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.conf import settings
from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from taar.lib.identifiers import masked_mobile
from taar.people import actions
from taar.people.adapters import TOO_MANY
from taar.people.forms import RequestCode


class RequestCodeView(RequestLoginCodeView):
    """Ask for a number and send a code to it; an unknown number becomes a new account, and nothing shows which."""

    access = "public"

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        too_often = ratelimit.consume_or_429(request, action="ask_for_code")
        return too_often or super().post(request, *args, **kwargs)

    def form_valid(self, form: RequestCode) -> HttpResponse:
        phone = form.cleaned_data["phone"]
        person = actions.register_phone(phone, at=timezone.now(), language=get_language() or settings.LANGUAGE_CODE)
        LoginCodeVerificationProcess.initiate(request=self.request, user=person, phone=masked_mobile(phone))
        return redirect(self.passthrough_next_url(reverse("account_confirm_login_code")))

    def form_invalid(self, form: RequestCode) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=429 if form.limited else 200)

    def get_context_data(self, **kwargs) -> dict:
        return super().get_context_data(oidc_enabled=settings.OIDC_ENABLED, **kwargs)

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: LoginStage) -> HttpResponse:
        return redirect(passthrough_next_redirect_url(request, reverse(stage.urlname), "next"))


class ConfirmCodeView(ConfirmLoginCodeView):
    """The code box: one use, 5 minutes, 5 attempts; after that a fresh start with a sentence that says why."""

    access = "public"

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.method == "POST":
            too_often = ratelimit.consume_or_429(request, action="confirm_login_code")
            if too_often:
                return too_often
        response = super().dispatch(request, *args, **kwargs)
        asked = hasattr(self, "_process") or request.method == "POST"
        if asked and not getattr(self, "_process", None) and not request.user.is_authenticated:
            return self._start_again(_("The code is no longer good. Ask for a new one."))
        return response

    def form_invalid(self, form: Form) -> HttpResponse:
        tried = bool(form.data.get("code", "").strip())
        if tried and not self._process.record_invalid_attempt():
            return self._start_again(_("The code was wrong five times, so it is no longer good. Ask for a new one."))
        return self.render_to_response(self.get_context_data(form=form))

    def get_context_data(self, **kwargs) -> dict:
        left = settings.ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS - self._process.state["failed_attempts"]
        return super().get_context_data(attempts_left=left, **kwargs)

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.POST.get("action") == "resend":
            return self._send_again()
        return super().post(request, *args, **kwargs)

    def _send_again(self) -> HttpResponse:
        """A new code for the same number, good for 5 minutes from now; the old one is void."""
        here = redirect(self.passthrough_next_url(reverse("account_confirm_login_code")))
        person = self._process.user
        if not self._process.can_resend:
            messages.error(self.request, _("No more codes are sent for this attempt. Begin again in ten minutes."))
        elif not ratelimit.consume(self.request, action="request_login_code", key=person.phone):
            messages.error(self.request, TOO_MANY)
        else:
            self._process.state["at"] = time.time()
            self._process.resend()
            messages.success(self.request, _("A new code is on its way. The old one no longer works."))
        return here

    def _start_again(self, sentence: str) -> HttpResponse:
        messages.error(self.request, sentence)
        return redirect(self.passthrough_next_url(reverse("account_request_login_code")))


class SetUpAppView(ActivateTOTPView):
    """Set up an authenticator app; its first right code is already a second factor of this session."""

    access = "allowed"

    def form_valid(self, form: Form) -> HttpResponse:
        response = super().form_valid(form)
        record_second_factor(self.request, Authenticator.Type.TOTP)
        return response


class SetUpKeyView(AddWebAuthnView):
    """Set up a security key; touching it is already a second factor of this session."""

    access = "allowed"

    def form_valid(self, form: Form) -> HttpResponse:
        response = super().form_valid(form)
        record_second_factor(self.request, Authenticator.Type.WEBAUTHN)
        return response


def record_second_factor(request: HttpRequest, type_of_factor: str) -> None:
    """Note in the session that a factor was just proven, by setting it up."""
    factor = Authenticator.objects.filter(user=request.user, type=type_of_factor).latest("created_at")
    record_authentication(request, request.user, "mfa", id=factor.pk, type=factor.type, reauthenticated=True)
