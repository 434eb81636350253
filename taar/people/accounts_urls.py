"""Addresses of sign-in: only what is used. Passwords, sign-up pages and e-mail sign-in have none."""

from allauth.account.views import account_inactive, logout
from allauth.mfa.base.views import authenticate, index, reauthenticate
from allauth.mfa.recovery_codes.views import download_recovery_codes, generate_recovery_codes, view_recovery_codes
from allauth.mfa.totp.views import deactivate_totp
from allauth.mfa.webauthn.views import edit_webauthn, list_webauthn, reauthenticate_webauthn, remove_webauthn
from django.conf import settings
from django.urls import include, path

from taar.lib.access import allowed, public
from taar.people.permissions import can_manage_own_account
from taar.people.views import own
from taar.people.views.accounts import ConfirmCodeView, RequestCodeView, SetUpAppView, SetUpKeyView

signed_in = allowed(can_manage_own_account)

urlpatterns = [
    path("login/code/", public(RequestCodeView.as_view()), name="account_request_login_code"),
    path("login/code/confirm/", public(ConfirmCodeView.as_view()), name="account_confirm_login_code"),
    path("login/", own.go_to_the_door, name="account_login"),
    path("signup/", own.go_to_the_door, name="account_signup"),
    path("logout/", public(logout), name="account_logout"),
    path("inactive/", public(account_inactive), name="account_inactive"),
    path("reauthenticate/", own.use_second_factor, name="account_reauthenticate"),
    path("second-factor/", own.use_second_factor, name="second_factor"),
    path("sessions/", own.end_other_sessions, name="usersessions_list"),
    path("2fa/", signed_in(index), name="mfa_index"),
    path("2fa/authenticate/", public(authenticate), name="mfa_authenticate"),
    path("2fa/reauthenticate/", signed_in(reauthenticate), name="mfa_reauthenticate"),
    path("2fa/app/set-up/", signed_in(SetUpAppView.as_view()), name="mfa_activate_totp"),
    path("2fa/app/remove/", signed_in(deactivate_totp), name="mfa_deactivate_totp"),
    path("2fa/recovery-codes/", signed_in(view_recovery_codes), name="mfa_view_recovery_codes"),
    path("2fa/recovery-codes/new/", signed_in(generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path("2fa/recovery-codes/download/", signed_in(download_recovery_codes), name="mfa_download_recovery_codes"),
    path("2fa/keys/", signed_in(list_webauthn), name="mfa_list_webauthn"),
    path("2fa/keys/add/", signed_in(SetUpKeyView.as_view()), name="mfa_add_webauthn"),
    path("2fa/keys/reauthenticate/", signed_in(reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
    path("2fa/keys/<int:pk>/remove/", signed_in(remove_webauthn), name="mfa_remove_webauthn"),
    path("2fa/keys/<int:pk>/edit/", signed_in(edit_webauthn), name="mfa_edit_webauthn"),
]

if settings.OIDC_ENABLED:
    urlpatterns += [
        path("", include("allauth.socialaccount.providers.openid_connect.urls")),
        path("oidc/cancelled/", own.go_to_the_door, name="socialaccount_login_cancelled"),
        path("oidc/error/", own.go_to_the_door, name="socialaccount_login_error"),
        path("oidc/sign-up/", own.go_to_the_door, name="socialaccount_signup"),
        path("oidc/connections/", own.go_to_the_door, name="socialaccount_connections"),
    ]
