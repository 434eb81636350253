"""Pages of the feeds as a reader meets them: order, `next`, the last page, headers, wrong questions."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sports_boards.models import FeedItem
from sports_boards.queries import feed_pages
from tests.sports_boards.feed_reading import FEEDS, read_feed

pytestmark = pytest.mark.django_db


@pytest.fixture
def series(settings):
    """Seven items of one feed, numbered out of the order of their ids, between those of others."""
    settings.SITE_URL = "https://hall.example"
    for number, item in enumerate((4, 9, 1, 7, 3, 8, 2), start=1):
        FeedItem.objects.create(
            kind="session-series", item=item, thing="programme", key=item, modified=number * 10, data={"n": item}
        )
    FeedItem.objects.create(kind="events", item=4, thing="programme", key=4, modified=35, data={"other": True})


def page_of(client, query: str = "", feed: str = "session-series"):
    answer = client.get(f"/openactive/{feed}{query}")
    return answer, json.loads(answer.content)


def test_items_come_in_the_order_of_their_changes_and_next_is_that_of_the_last_row(series, client, monkeypatch):
    monkeypatch.setattr(feed_pages, "PAGE", 3)
    answer, page = page_of(client)
    assert [item["id"] for item in page["items"]] == [4, 9, 1]
    assert page["next"] == "https://hall.example/openactive/session-series?afterTimestamp=30&afterId=1"
    assert answer.headers["Cache-Control"] == "public, max-age=3600"
    assert answer.headers["Content-Type"] == "application/vnd.openactive.rpde+json; version=1"
    assert page["license"] == "https://creativecommons.org/licenses/by/4.0/"
    items, last = read_feed(client, "session-series")
    assert [item["id"] for item in items] == [4, 9, 1, 7, 3, 8, 2]
    assert last == "/openactive/session-series?afterTimestamp=70&afterId=2"


def test_the_last_page_is_empty_leads_to_itself_and_is_kept_for_moments(series, client):
    answer, page = page_of(client, "?afterTimestamp=70&afterId=2")
    assert page["items"] == []
    assert page["next"] == "https://hall.example/openactive/session-series?afterTimestamp=70&afterId=2"
    assert answer.headers["Cache-Control"] == "public, max-age=8"
    _answer, empty = page_of(client, feed="slots")
    assert (empty["items"], empty["next"]) == ([], "https://hall.example/openactive/slots")
    _answer, beyond = page_of(client, f"?afterTimestamp={2**53 - 1}&afterId=4")
    assert beyond["next"].endswith(f"?afterTimestamp={2**53 - 1}&afterId=4")


def test_a_page_begins_within_a_number_by_the_id(series, client):
    assert [item["id"] for item in page_of(client, "?afterTimestamp=60&afterId=7")[1]["items"]] == [8, 2]
    assert [item["id"] for item in page_of(client, "?afterTimestamp=60&afterId=8")[1]["items"]] == [2]


def test_what_is_gone_has_a_state_and_no_data(series, client):
    FeedItem.objects.filter(item=2, kind="session-series").update(
        state="deleted", data=None, gone_at="2026-11-24T08:00:00Z"
    )
    [item] = page_of(client, "?afterTimestamp=60&afterId=8")[1]["items"]
    assert item == {"state": "deleted", "kind": "SessionSeries", "id": 2, "modified": 70}


@pytest.mark.parametrize(
    "query",
    [
        "?afterTimestamp=1", "?afterId=1", "?afterTimestamp=&afterId=", "?afterTimestamp=a&afterId=1",
        "?afterTimestamp=-1&afterId=1", "?afterTimestamp=1.5&afterId=1", "?afterTimestamp=1&afterId=1&afterId=2",
        "?afterTimestamp=9223372036854775808&afterId=1", "?afterTimestamp=1&afterId=%00", "?afterChangeNumber=5",
        "?afterTimestamp=٣&afterId=1", f"?afterTimestamp={'9' * 5000}&afterId=1", "?afterTimestamp=1&afterId=2&page=3",
    ],
)  # fmt: skip
def test_a_wrong_question_gets_a_clear_answer(series, client, query):
    answer, said = page_of(client, query)
    assert answer.status_code == 400
    assert "afterTimestamp" in said["error"]
    assert said["parameters"] == ["afterTimestamp", "afterId"]
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_feed_that_is_not_there_is_not_found_and_nothing_can_be_sent(client):
    assert client.get("/openactive/people").status_code == 404
    assert client.post("/openactive/slots").status_code == 405


def test_a_page_of_a_feed_is_one_query(series, client):
    with CaptureQueriesContext(connection) as asked:
        page_of(client)
    assert len([query for query in asked if "sports_boards" in query["sql"]]) == 1


def test_the_dataset_page_names_licence_and_every_feed_for_people_and_programs(client, settings):
    settings.SITE_URL = "https://hall.example"
    text = client.get("/openactive/").content.decode()
    told = json.loads(text.split('<script type="application/ld+json">')[1].split("</script>")[0])
    assert told["@type"] == "Dataset"
    assert told["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert [each["contentUrl"] for each in told["distribution"]] == [
        f"https://hall.example/openactive/{feed}" for feed in FEEDS
    ]
    for feed in FEEDS:
        assert f'href="/openactive/{feed}"' in text
