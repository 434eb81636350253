"""The pages everybody opens."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dialogue.actions.queue import publish_text
from tests.dialogue.factories import NOW, make_moderator, make_person, new_thread

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["fa", "ar", "en"])
@pytest.mark.parametrize(
    "name", ["home", "hall", "places", "search", "transparency", "log", "help_rules", "help_answers"]
)
def test_a_public_page_opens_in_every_language_even_when_empty(client, name, language):
    client.cookies["language"] = language
    answer = client.get(reverse(name))
    assert answer.status_code == 200
    assert f'<html lang="{language}"' in answer.content.decode()


def test_a_thread_that_waits_is_seen_by_its_author_alone(client):
    thread = new_thread()
    assert client.get(thread.get_absolute_url()).status_code == 404
    client.force_login(thread.author)
    assert thread.body in client.get(thread.get_absolute_url()).content.decode()


def test_the_list_asks_as_many_questions_for_six_threads_as_for_one(client):
    publish_text(new_thread(), at=NOW)
    client.get("/hall/")
    with CaptureQueriesContext(connection) as one:
        client.get("/hall/")
    for _ in range(5):
        publish_text(new_thread(), at=NOW)
    with CaptureQueriesContext(connection) as six:
        assert client.get("/hall/").content.decode().count('class="sheet topic"') == 6
    assert len(six) == len(one) <= 12


def test_an_unknown_place_and_an_unknown_page_are_404_in_our_look(client):
    for path in ("/places/NOWHERE/", "/hall/KHZ-1405-999999/", "/no-such-page/"):
        answer = client.get(path)
        assert answer.status_code == 404
        assert "hall.css" in answer.content.decode()


def test_an_unknown_cursor_is_refused_with_a_sentence(client):
    assert client.get("/hall/?after=xyz").status_code == 409


def test_my_page_is_the_persons_own(client):
    assert client.get("/my/").status_code == 302
    client.force_login(make_person())
    assert client.get("/my/").status_code == 200


def test_moderation_needs_the_post_and_the_second_factor(client):
    client.force_login(make_person())
    assert client.get("/hall/moderation/").status_code == 403
    client.force_login(make_moderator())
    assert client.get("/hall/moderation/").status_code == 302


def test_a_thread_sent_with_a_fault_comes_back_with_what_was_typed(client):
    client.force_login(make_person())
    answer = client.post("/hall/new/", {"title": "   ", "body": "متنی که نباید گم شود"})
    assert answer.status_code == 422
    assert "متنی که نباید گم شود" in answer.content.decode()
