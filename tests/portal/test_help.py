"""The help pages are true, and what goes wrong leads on."""

import pytest
from django.test import RequestFactory
from django.utils import timezone
from django.views.defaults import server_error

from dialogue.models import Answer
from dialogue.models.moderation import Rule
from dialogue.numbers import ANSWER_DAYS, FORM_FILE_HOURS, REVIEWED_POSTS
from taar.lib.numbers import change_number
from taar.portal.plain_words import RULES
from tests.dialogue.factories import make_person

PAGES = ("/help/", "/help/rules/", "/help/answers/", "/help/privacy/", "/transparency/commitments/")


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["fa", "ar", "en"])
@pytest.mark.parametrize("url", PAGES)
def test_a_help_page_opens_in_every_language(client, url, language):
    client.cookies["language"] = language
    answer = client.get(url)
    assert answer.status_code == 200
    assert f'<html lang="{language}"' in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("key", "url"),
    [(ANSWER_DAYS, "/help/answers/"), (REVIEWED_POSTS, "/help/rules/"), (FORM_FILE_HOURS, "/help/privacy/")],
)
def test_a_number_that_is_changed_is_changed_on_the_help_page(client, key, url):
    client.cookies["language"] = "en"
    assert " 37 " not in client.get(url).content.decode()
    change_number(key, 37, by_label="X 1", at=timezone.now())
    assert " 37 " in client.get(url).content.decode()


def test_every_rule_is_explained_and_every_decision_is_named():
    assert [rule for rule, _words in RULES] == list(Rule)
    assert len(Answer.Decision.choices) == 7


@pytest.mark.django_db
def test_an_error_page_leads_on(client):
    client.force_login(make_person())
    for url, status in (("/no-such-page/", 404), ("/hall/moderation/", 403), ("/hall/?after=xyz", 409)):
        answer = client.get(url)
        assert answer.status_code == status
        assert 'class="button' in answer.content.decode()


def test_the_page_of_a_failure_needs_no_database():
    """Without the mark of a database any query would fail this test."""
    answer = server_error(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert 'class="button" href="/"' in answer.content.decode()


@pytest.mark.django_db
def test_robots_are_kept_from_what_is_personal_and_browsers_find_the_icon(client):
    assert "Disallow: /my/" in client.get("/robots.txt").content.decode()
    icon = client.get("/favicon.ico")
    assert icon.status_code == 302
    assert icon["Location"].endswith("icon.svg")


@pytest.mark.django_db
def test_words_without_end_are_answered_in_our_look(client):
    client.force_login(make_person())
    answer = client.post("/hall/new/", {"body": "x" * 4_000_000})
    assert answer.status_code == 400
    assert "hall.css" in answer.content.decode()
