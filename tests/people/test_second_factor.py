"""Whoever acts for an office uses a second factor in that very session; so does whoever enters the back office."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Permission
from django.core.cache import cache

from taar.lib.persian import local_digits
from taar.lib.refusals import Refused
from taar.people.actions import give_demo_second_factor
from taar.people.sign_in import has_second_factor
from tests.people.factories import DEMO_SECRET, app_code, last_code, make_person, sign_in

pytestmark = pytest.mark.django_db
SECOND = "/accounts/2fa/authenticate/"


@pytest.fixture
def clerk():
    """Somebody who may enter the back office and see persons there."""
    person = make_person(is_staff=True)
    person.user_permissions.add(Permission.objects.get(codename="view_person"))
    give_demo_second_factor(person, DEMO_SECRET)
    return person


def give_phone_code(client, person, next_page="/admin/"):
    client.post("/accounts/login/code/", {"phone": person.phone, "next": next_page})
    return client.post("/accounts/login/code/confirm/", {"code": last_code(person.phone), "next": next_page})


def test_a_person_with_an_app_is_asked_for_it_after_the_code(client, clerk):
    assert give_phone_code(client, clerk).url == SECOND
    assert "_auth_user_id" not in client.session
    assert client.get(SECOND).status_code == 200
    assert client.post(SECOND, {"code": "000000"}).status_code == 200
    assert "_auth_user_id" not in client.session
    answer = client.post(SECOND, {"code": local_digits(app_code(), "fa")})
    assert answer.url == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_a_code_of_the_app_is_good_once(client, clerk):
    code = app_code()
    give_phone_code(client, clerk)
    client.post(SECOND, {"code": code})
    client.post("/accounts/logout/")
    give_phone_code(client, clerk)
    client.post(SECOND, {"code": code})
    assert "_auth_user_id" not in client.session


def test_five_wrong_codes_of_the_app_make_one_wait(client, clerk):
    give_phone_code(client, clerk)
    for _attempt in range(5):
        client.post(SECOND, {"code": "000000"})
    client.post(SECOND, {"code": app_code()})
    assert "_auth_user_id" not in client.session


def test_a_recovery_code_lets_in_too(client, clerk):
    sign_in(client, clerk, second_factor=True)
    session = client.session
    session["account_authentication_methods"][-1].update(reauthenticated=True)
    session.save()
    assert client.post("/accounts/2fa/recovery-codes/new/").status_code == 302
    page = client.get("/accounts/2fa/recovery-codes/")
    code = page.context["unused_codes"][0]
    client.post("/accounts/logout/")
    give_phone_code(client, clerk)
    assert client.post(SECOND, {"code": code}).url == "/admin/"


def test_the_back_office_wants_the_factor_of_this_session(client, clerk):
    assert client.get("/admin/").url == "/admin/login/?next=/admin/"
    assert client.get("/admin/login/?next=/admin/").url == "/accounts/login/code/?next=%2Fadmin%2F"
    sign_in(client, clerk)
    client.get("/admin/")
    answer = client.get("/admin/login/?next=/admin/people/person/")
    assert answer.url == "/accounts/second-factor/?next=%2Fadmin%2Fpeople%2Fperson%2F"
    answer = client.get(answer.url)
    assert answer.url == "/accounts/2fa/reauthenticate/?next=%2Faccounts%2Fsecond-factor%2F"
    assert client.get(answer.url).status_code == 200
    answer = client.post("/accounts/2fa/reauthenticate/", {"code": app_code(), "next": "/accounts/second-factor/"})
    assert answer.url == "/accounts/second-factor/"
    assert client.get(answer.url).url == "/admin/people/person/"
    assert client.get("/admin/people/person/").status_code == 200


def test_without_a_factor_one_is_led_to_set_it_up_and_then_on(client):
    person = make_person(is_staff=True)
    sign_in(client, person)
    page = client.get("/accounts/second-factor/?next=/admin/")
    assert "/accounts/2fa/app/set-up/" in page.content.decode()
    page = client.get("/accounts/2fa/app/set-up/")
    secret = page.context["form"].secret
    assert "data:image/svg+xml" in page.content.decode()
    assert client.post("/accounts/2fa/app/set-up/", {"code": "000000"}).status_code == 200
    answer = client.post("/accounts/2fa/app/set-up/", {"code": local_digits(app_code(secret), "ar")})
    assert answer.url == "/accounts/2fa/recovery-codes/"
    assert "/accounts/second-factor/" in client.get(answer.url).content.decode()
    assert client.get("/accounts/second-factor/").url == "/admin/"
    assert client.get("/admin/").status_code == 200
    assert has_second_factor(person)


def test_the_back_office_is_closed_to_everybody_else(client):
    sign_in(client, make_person(), second_factor=True)
    assert client.get("/admin/login/?next=/admin/").status_code == 403


@pytest.mark.parametrize(
    "page",
    ["2fa/", "2fa/app/remove/", "2fa/recovery-codes/", "2fa/recovery-codes/new/", "2fa/recovery-codes/download/",
     "2fa/keys/", "2fa/keys/add/", "sessions/", "second-factor/"],
)  # fmt: skip
def test_every_page_of_the_second_step_opens_to_its_owner_alone(client, clerk, page):
    answer = client.get(f"/accounts/{page}")
    assert answer.url.startswith("/accounts/login/code/?next=")
    sign_in(client, clerk, second_factor=True)
    session = client.session
    session["account_authentication_methods"][-1].update(reauthenticated=True)
    session.save()
    assert client.get(f"/accounts/{page}").status_code in {200, 302, 404}


def test_a_key_of_somebody_else_is_not_found(client, clerk):
    theirs = Authenticator.objects.create(user=make_person(), type="webauthn", data={"name": "x", "credential": {}})
    sign_in(client, clerk, second_factor=True)
    session = client.session
    session["account_authentication_methods"][-1].update(reauthenticated=True)
    session.save()
    for page in ("remove", "edit"):
        assert client.get(f"/accounts/2fa/keys/{theirs.pk}/{page}/").status_code == 404


def test_removing_the_app_asks_for_it_first(client, clerk):
    sign_in(client, clerk)
    answer = client.post("/accounts/2fa/app/remove/")
    assert answer.url.startswith("/accounts/2fa/reauthenticate/")
    assert has_second_factor(clerk)
    cache.clear()


def test_a_known_key_is_given_only_in_a_demonstration(settings):
    settings.DEMO = False
    with pytest.raises(Refused):
        give_demo_second_factor(make_person(), DEMO_SECRET)
