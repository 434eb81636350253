"""Lists for machines: RSS, CSV and JSON with the same choices as the page, without anything of a person."""

import csv
import io
import json
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dialogue.actions.queue import publish_text
from dialogue.models import Publication, Thread
from dialogue.queries import exports, hall
from tests.dialogue.factories import NOW, make_place, new_thread

pytestmark = pytest.mark.django_db
PATHS = ("/hall/feed/", "/hall/list.csv", "/hall/list.json")


def published(title: str, *, at=NOW, **over) -> Thread:
    thread = new_thread(title=title, at=at, **over)
    publish_text(thread, at=at)
    return thread


def text_of(answer) -> str:
    assert answer.status_code == 200
    return answer.getvalue().decode() if answer.streaming else answer.content.decode()


def test_the_feed_is_rss_with_whole_addresses_and_only_what_fits(client, settings):
    stays = published("گفتگوی محور دولت", axis="state")
    published("گفتگوی محور خانواده", axis="family")
    root = ElementTree.fromstring(text_of(client.get("/hall/feed/?axis=state")))
    assert root.tag == "rss"
    assert [item.findtext("title") for item in root.iter("item")] == [stays.title]
    assert root.find("channel/item/link").text.startswith("http")
    assert root.find("channel/item/link").text.endswith(stays.get_absolute_url())


def test_a_search_has_a_feed_of_its_own(client):
    published("فوارهٔ میدان خاموش است")
    published("زمین بازی محله تاریک است")
    root = ElementTree.fromstring(text_of(client.get("/hall/feed/", {"q": "فواره"})))
    assert [item.findtext("title") for item in root.iter("item")] == ["فوارهٔ میدان خاموش است"]


@pytest.mark.parametrize("path", PATHS)
def test_nothing_hidden_and_nothing_of_a_person_stands_in_a_list(client, path):
    shown, hidden = published("گفتگوی پیدا در فهرست"), published("گفتگوی پنهان در فهرست")
    Thread.objects.filter(pk=hidden.pk).update(publication=Publication.HIDDEN)
    Thread.objects.filter(pk=shown.pk).update(author_name="نام‌مستعارِ ویژه")
    text = text_of(client.get(path))
    assert shown.title in text
    for secret in (hidden.title, hidden.code, "نام‌مستعارِ ویژه", shown.author.phone):
        assert secret not in text


def test_the_csv_runs_nothing_in_a_spreadsheet(client):
    published('=HYPERLINK("http://x")', at=NOW)
    published("  +1 برابر با دو است", at=NOW + timedelta(hours=1))
    rows = list(csv.DictReader(io.StringIO(text_of(client.get("/hall/list.csv")).removeprefix("\ufeff"))))
    assert [row["title"] for row in rows] == ["'+1 برابر با دو است", '\'=HYPERLINK("http://x")']
    assert list(rows[0]) == list(exports.FIELDS)


def test_the_json_says_what_its_fields_mean_and_how_many_rows_come_at_most(client):
    empty = json.loads(text_of(client.get("/hall/list.json")))
    assert empty["dialogues"] == []
    published("گفتگوی آزمایشی ما", kind="question")
    published("گفتگوی دیگر ما", at=NOW + timedelta(hours=1))
    told = json.loads(text_of(client.get("/hall/list.json?kind=question")))
    assert told["at_most"] == 10_000
    assert [row["title"] for row in told["dialogues"]] == ["گفتگوی آزمایشی ما"]
    assert set(told["fields"]) == set(told["dialogues"][0])
    assert told["dialogues"][0]["place_code"] == make_place().code


def test_a_long_list_is_read_in_batches_and_ends_at_its_bound(client, monkeypatch):
    monkeypatch.setattr(hall, "BATCH", 2)
    monkeypatch.setattr("dialogue.views.hall.AT_MOST", 5)
    for hour in range(7):
        published(f"گفتگوی شماره {hour}", at=NOW + timedelta(hours=hour))
    with CaptureQueriesContext(connection) as asked:
        rows = json.loads(text_of(client.get("/hall/list.json")))["dialogues"]
    assert [row["title"][-1] for row in rows] == ["6", "5", "4", "3", "2"]
    assert len([query for query in asked if "dialogue_thread" in query["sql"]]) == 3


def test_pages_name_their_feed(client):
    assert 'href="/hall/feed/?axis=state"' in client.get("/hall/?axis=state").content.decode()
    page = client.get("/search/", {"q": "زمین", "axis": "state"}).content.decode()
    assert "/hall/feed/?q=" in page
    assert "axis=state" in page
