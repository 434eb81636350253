"""The trusted sign-in service: off by default; on, it signs in by its confirmed mobile number and keeps no claim."""

import importlib
import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.urls import clear_url_caches, get_urlconf, set_urlconf

from taar.people.models import Person
from tests.people.factories import make_person, next_phone

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/oidc/service/login/"


class Service(BaseHTTPRequestHandler):
    """A small sign-in service: its description, its tokens and what it says of whoever signed in."""

    def do_GET(self):
        base = f"http://127.0.0.1:{self.server.server_port}"
        if self.path.startswith("/.well-known/"):
            names = ("authorization", "token", "userinfo")
            self._answer({f"{name}_endpoint": f"{base}/{name}" for name in names} | {"issuer": base, "jwks_uri": base})
        else:
            self._answer(self.server.claims)

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self._answer({"access_token": "token", "token_type": "Bearer", "expires_in": 60})

    def _answer(self, said):
        body = json.dumps(said).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        """Stay silent."""


@pytest.fixture
def service(settings):
    server = HTTPServer(("127.0.0.1", 0), Service)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    app = {"provider_id": "service", "name": "OIDC", "client_id": "hall", "secret": "x"}
    app["settings"] = {"server_url": address}
    settings.OIDC_ENABLED = True
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    reload_addresses(settings)
    yield server
    settings.OIDC_ENABLED = False
    reload_addresses(settings)
    server.shutdown()
    server.server_close()


def reload_addresses(settings):
    from taar.people import accounts_urls

    importlib.reload(accounts_urls)
    importlib.reload(importlib.import_module(settings.ROOT_URLCONF))
    clear_url_caches()
    set_urlconf(get_urlconf())


def come_back(client, claims, service):
    """Go to the service and come back with what it says."""
    service.claims = {"sub": "1234", "name": "Somebody Someone", "email": "somebody@example.org", **claims}
    asked = client.get(f"{LOGIN}?next=/hall/")
    state = parse_qs(urlsplit(asked.url).query)["state"][0]
    return client.get(f"{LOGIN}callback/", {"code": "abc", "state": state})


def test_a_confirmed_number_signs_in_and_no_claim_is_kept(client, service):
    phone = next_phone()
    answer = come_back(client, {"phone_number": phone, "phone_number_verified": True}, service)
    assert answer.url == "/hall/"
    person = Person.objects.with_phone(phone).get()
    assert client.session["_auth_user_id"] == str(person.pk)
    assert person.identity_level == Person.Level.PHONE
    assert person.email == ""
    assert SocialAccount.objects.get(user=person).extra_data == {}
    client.post("/accounts/logout/")
    come_back(client, {"phone_number": phone, "phone_number_verified": True}, service)
    assert SocialAccount.objects.get(user=person).extra_data == {}
    assert Person.objects.count() == 1


def test_a_known_number_leads_to_its_own_account(client, service):
    person = make_person()
    come_back(client, {"phone_number": person.phone, "phone_number_verified": True}, service)
    assert client.session["_auth_user_id"] == str(person.pk)


@pytest.mark.parametrize(
    "claims",
    [{}, {"phone_number": "+989161234567"}, {"phone_number": "+989161234567", "phone_number_verified": "true"},
     {"phone_number": "+1 202 555 0100", "phone_number_verified": True}],
)  # fmt: skip
def test_without_a_confirmed_number_nobody_is_signed_in(client, service, claims):
    assert come_back(client, claims, service).status_code == 409
    assert "_auth_user_id" not in client.session
    assert not Person.objects.exists()


def test_the_door_offers_the_service_only_when_it_is_on(client, service, settings):
    assert LOGIN in client.get("/accounts/login/code/").content.decode()
    settings.OIDC_ENABLED = False
    assert LOGIN not in client.get("/accounts/login/code/").content.decode()
