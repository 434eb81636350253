"""Kept pages: who gets one, who never does, and that it is the same text however it travels."""

import gzip

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages import info
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.cache import cache
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.test import RequestFactory

from taar.lib.kept import LONGEST_ADDRESS, kept_page
from tests.people.factories import make_person

SHOWN = ("page", 1, 1)


class Maker:
    """A page that counts how often it is made."""

    def __init__(self, status: int = 200, cookie: bool = False):
        self.made, self.status, self.cookie = 0, status, cookie

    def __call__(self) -> HttpResponse:
        self.made += 1
        response = HttpResponse(f"the page, made {self.made} times. " * 50, status=self.status)
        if self.cookie:
            response.set_cookie("mine", "1")
        return response


def asked(path="/page/", *, user=None, method="get", **headers):
    request = getattr(RequestFactory(headers=headers), method)(path)
    request.user = user or AnonymousUser()
    request._messages = CookieStorage(request)
    return request


def test_a_page_is_made_once_for_all_visitors():
    make = Maker()
    texts = {kept_page(asked(), SHOWN, make).content for _ in range(3)}
    assert make.made == len(texts) == 1


@pytest.mark.parametrize("shown", [("page", 1, 2), ("page", 2, 1), ("page", 1, 1, "a notice")])
def test_a_page_of_other_things_is_another_page(shown):
    make = Maker()
    before = kept_page(asked(), SHOWN, make)
    after = kept_page(asked(**{"if-none-match": before["ETag"]}), shown, make)
    assert (after.status_code, make.made) == (200, 2)


@pytest.mark.parametrize("other", ["/page/?after=1", "/other/"])
def test_another_address_is_another_page(other):
    make = Maker()
    first, second = (kept_page(asked(path), SHOWN, make) for path in ("/page/", other))
    assert first["ETag"] != second["ETag"]
    assert make.made == 2


def test_who_has_the_page_already_gets_no_body_and_nobody_makes_it():
    make = Maker()
    mark = kept_page(asked(), SHOWN, make)["ETag"]
    cache.clear()
    again = kept_page(asked(**{"if-none-match": mark}), SHOWN, make)
    assert (again.status_code, again.content, make.made) == (304, b"", 1)
    assert again["ETag"] == mark


def test_packed_and_plain_readers_get_the_same_text():
    make = Maker()
    packed = kept_page(asked(**{"accept-encoding": "gzip, br"}), SHOWN, make)
    plain = kept_page(asked(), SHOWN, make)
    assert packed["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain
    assert gzip.decompress(packed.content) == plain.content
    assert {"Accept-Encoding", "Cookie"} <= set(packed["Vary"].split(", "))


@pytest.mark.django_db
def test_whoever_is_signed_in_is_served_afresh():
    make, person = Maker(), make_person()
    mark = kept_page(asked(), SHOWN, make)["ETag"]
    own = kept_page(asked(user=person, **{"if-none-match": mark}), SHOWN, make)
    assert (own.status_code, make.made) == (200, 2)
    assert "ETag" not in own


def test_a_part_of_a_page_is_not_kept():
    make = Maker()
    kept_page(asked(**{"hx-request": "true"}), SHOWN, make)
    kept_page(asked(), SHOWN, make)
    assert make.made == 2


@pytest.mark.parametrize(("path", "method"), [("/page/", "post"), ("/page/?q=" + "a" * LONGEST_ADDRESS, "get")])
def test_a_sent_form_and_an_endless_address_are_not_kept(path, method):
    make = Maker()
    for _ in range(2):
        kept_page(asked(path, method=method), SHOWN, make)
    assert make.made == 2


def test_a_page_with_a_message_waiting_is_shown_with_it_and_not_kept():
    make, request = Maker(), asked()
    info(request, "It is kept.")
    kept_page(request, SHOWN, make)
    kept_page(asked(), SHOWN, make)
    assert make.made == 2


@pytest.mark.parametrize("fault", [{"status": 404}, {"status": 500}, {"cookie": True}])
def test_a_fault_and_a_page_that_sets_a_cookie_are_not_kept(fault):
    make = Maker(**fault)
    for _ in range(2):
        assert "ETag" not in kept_page(asked(), SHOWN, make)
    assert make.made == 2


def test_a_page_with_a_forms_token_is_not_kept():
    make, request = Maker(), asked()

    def with_token():
        get_token(request)
        return make()

    kept_page(request, SHOWN, with_token)
    kept_page(asked(), SHOWN, make)
    assert make.made == 2
