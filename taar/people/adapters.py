"""How allauth speaks with our persons: one door by a code, secrets sealed, nothing personal in sessions or claims."""

from base64 import b64decode, b64encode
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from taar.lib.identifiers import masked_mobile, mobile
from taar.lib.refusals import Refused
from taar.lib.sealed import seal, unseal
from taar.people import actions, sms
from taar.people.forms import PhoneField
from taar.people.models import Person, Verification

MFA_SECRET = "people.second_factor"
TOO_MANY = gettext_lazy("Too many attempts. Wait five minutes and try again.")
WRONG_CODE = gettext_lazy("This code is not right. Please look again.")


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in by a code to the phone. The phone that allauth carries about is masked; the real one stays sealed."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": WRONG_CODE,
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
        "account_inactive": gettext_lazy("This account is suspended."),
    }

    def get_login_stages(self) -> list[str]:
        return ["allauth.account.stages.LoginByCodeStage", "allauth.mfa.stages.AuthenticateStage"]

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def phone_form_field(self, **options: Any) -> forms.Field:
        return PhoneField(**options)

    def get_phone(self, user: Person) -> tuple[str, bool] | None:
        return (masked_mobile(user.phone), bool(user.phone_verified_at)) if user.phone else None

    def set_phone(self, user: Person, phone: str, verified: bool) -> None:
        raise PermissionDenied

    def set_phone_verified(self, user: Person, phone: str) -> None:
        actions.confirm_phone(user, at=timezone.now())

    def get_user_by_phone(self, phone: str) -> Person | None:
        return Person.objects.with_phone(phone).first()

    def send_verification_code_sms(self, user: Person, phone: str, code: str, **kwargs: Any) -> None:
        try:
            sms.send_code(user.phone, code)
        except sms.SmsFailed as fault:
            raise Refused(_("The message could not be sent now. Please try again in a minute.")) from fault

    def get_reauthentication_methods(self, user: Person) -> list[dict]:
        words = {
            "mfa_reauthenticate": _("Use the code of your authenticator app"),
            "mfa_reauthenticate:webauthn": _("Use your security key"),
        }
        methods = super().get_reauthentication_methods(user)
        return [{**method, "description": words[method["id"]]} for method in methods if method["id"] in words]


class MFAAdapter(DefaultMFAAdapter):
    """Second factors: their secrets lie sealed, and the app's label names the hall, not the person."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": WRONG_CODE,
        "cannot_delete_authenticator": gettext_lazy("This second step cannot be removed."),
    }

    def encrypt(self, text: str) -> str:
        return b64encode(seal(text, MFA_SECRET)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(b64decode(encrypted_text), MFA_SECRET)

    def get_totp_issuer(self) -> str:
        return _("Khuzestan Hall")

    def generate_authenticator_name(self, user: Person, type: str) -> str:  # noqa: A002
        return _("Security key")

    def _get_user_identifier(self, user: Person) -> str:
        return masked_mobile(user.phone)


class SocialAdapter(DefaultSocialAccountAdapter):
    """The trusted sign-in service (OIDC, off by default): its confirmed mobile number is used, no claim is kept."""

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict) -> Person:
        claims = sociallogin.account.extra_data
        claims = claims.get("userinfo") or claims.get("id_token") or claims
        sociallogin.confirmed_phone = _confirmed_phone(claims)
        sociallogin.account.extra_data = {}
        sociallogin.email_addresses = []
        return sociallogin.user

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        if sociallogin.is_existing:
            return
        phone = getattr(sociallogin, "confirmed_phone", "")
        if not phone:
            raise Refused(_("The sign-in service named no confirmed mobile number. Sign in with a code instead."))
        now = timezone.now()
        person = actions.register_phone(phone, at=now, language=get_language() or "fa")
        actions.confirm_phone(person, at=now, method=Verification.Method.SIGN_IN_SERVICE)
        sociallogin.connect(request, person)

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False


def _confirmed_phone(claims: dict) -> str:
    if claims.get("phone_number_verified") is not True:
        return ""
    try:
        return mobile(str(claims.get("phone_number", "")))
    except ValueError:
        return ""
