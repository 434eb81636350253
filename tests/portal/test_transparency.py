"""What everybody can read of promises and acts, and take along."""

import csv
import io
import json
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dialogue.actions.queue import approve_item, take_item
from dialogue.models import Publication, Thread
from taar.journal.actions import record
from tests.dialogue.factories import NOW, make_body, make_moderator, make_place, new_thread
from tests.journal.factories import link_now
from tests.portal.factories import answered_thread, asked_thread, promise

pytestmark = pytest.mark.django_db
PAST, FUTURE = date(2026, 11, 1), date(2099, 1, 1)


def seen(client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def downloaded(client, url: str) -> str:
    return b"".join(client.get(url).streaming_content).decode()


def test_the_ledger_tells_kept_late_running_and_dropped_apart(client):
    answer = answered_thread(on=date(2026, 11, 4))
    promise(answer, "confirmed", text="قول یک", due=PAST)
    promise(answer, "promised", text="قول دو", due=PAST)
    promise(answer, "claimed", text="قول سه", due=PAST)
    promise(answer, "dropped", text="قول چهار", due=PAST)
    promise(answer, "promised", text="قول پنج", due=FUTURE)
    promise(answer, "promised", text="پیش‌نویس", promised_at=None)
    found = {state: seen(client, f"/transparency/commitments/?state={state}") for state in
             ("", "kept", "late", "in_progress", "dropped", "nonsense")}  # fmt: skip
    words = {
        state: [w for w in ("یک", "دو", "سه", "چهار", "پنج") if f"قول {w}" in page] for state, page in found.items()
    }
    assert words["kept"] == ["یک"]
    assert words["late"] == ["دو"]
    assert words["in_progress"] == ["سه", "پنج"]
    assert words["dropped"] == ["چهار"]
    assert words[""] == words["nonsense"] == ["یک", "دو", "سه", "چهار", "پنج"]
    assert "پیش‌نویس" not in found[""]
    assert "بودجه نرسید" in found["dropped"]


def test_the_ledger_is_narrowed_by_body_and_place(client):
    promise(answered_thread(make_body("SPORT"), on=date(2026, 11, 4)), text="قول ورزش")
    promise(answered_thread(make_body("ROADS"), on=date(2026, 11, 4)), text="قول راه")
    page = seen(client, "/transparency/commitments/?organization=ROADS")
    assert "قول راه" in page
    assert "قول ورزش" not in page
    assert "قول ورزش" in seen(client, f"/transparency/commitments/?place={make_place().county.code}")


def test_the_ledger_is_paged_by_key(client):
    answer = answered_thread(on=date(2026, 11, 4))
    for number in range(21):
        promise(answer, text=f"قول {number:02}!", due=PAST + timedelta(days=number))
    first = client.get("/transparency/commitments/")
    rest = client.get("/transparency/commitments/", {"after": first.context["page"].next})
    assert [len(first.context["page"]), len(rest.context["page"])] == [20, 1]
    assert "قول 00!" in rest.content.decode()


def test_the_ledger_goes_out_as_csv_and_json_without_formulas(client):
    answer = answered_thread(on=date(2026, 11, 4))
    promise(answer, "confirmed", text="=HYPERLINK(1)", due=PAST)
    promise(answer, "promised", text="قول", due=PAST)
    rows = list(csv.DictReader(io.StringIO(downloaded(client, "/transparency/commitments.csv").lstrip("\ufeff"))))
    assert {row["promise"] for row in rows} == {"'=HYPERLINK(1)", "قول"}
    assert {row["late"] for row in rows} == {"True", "False"}
    late = json.loads(downloaded(client, "/transparency/commitments.json?state=late"))
    assert [row["promise"] for row in late] == ["قول"]
    assert late[0]["thread"] == answer.thread.code
    assert json.loads(downloaded(client, "/transparency/commitments.json?state=dropped")) == []


def test_a_promise_of_a_hidden_thread_is_gone_from_every_page_at_once(client):
    answer = answered_thread(on=date(2026, 11, 4))
    promise(answer, text="قول پنهان", due=PAST)
    title = answer.thread.title
    urls = ("/", f"/places/{make_place().code}/", "/transparency/", "/transparency/commitments/")
    assert all(title in seen(client, url) for url in urls[:2])
    assert "قول پنهان" in seen(client, urls[3])
    Thread.objects.filter(pk=answer.thread_id).update(publication=Publication.HIDDEN)
    for url in urls:
        page = seen(client, url)
        assert title not in page
        assert "قول پنهان" not in page
        assert answer.summary not in page


def test_the_log_shows_acts_of_moderators_or_of_one_subject(client):
    thread, moderator = new_thread(), make_moderator()
    item = thread.moderation_items.get()
    approve_item(take_item(item, by=moderator, at=NOW), by=moderator, at=NOW)
    record("declare_closure", "closure:1", by=None, at=NOW)
    link_now()
    subject = f"thread:{thread.code}"
    moderation = client.get("/transparency/log/?kind=moderation").context["page"]
    assert [entry.subject for entry in moderation] == [subject]
    assert "closure:1" in {entry.subject for entry in client.get("/transparency/log/").context["page"]}
    assert [e.verb for e in client.get("/transparency/log/", {"subject": subject}).context["page"]] == [
        "publish_thread"
    ]
    assert client.get("/transparency/log/", {"subject": "thread:none"}).status_code == 200


def test_a_body_with_nobody_in_its_answering_post_stands_on_the_alarm_list(client):
    make_body("EMPTY", held=False)
    make_body("HELD")
    assert [body.code for body in client.get("/transparency/").context["silent"]] == ["EMPTY"]


def test_bodies_are_ranked_from_ten_due_answers_on(client):
    for _number in range(10):
        answered_thread(make_body("MANY"), on=date(2026, 11, 4))
    answered_thread(make_body("FEW"), on=date(2026, 11, 4))
    context = client.get("/transparency/?sort=median").context
    assert [body.code for body, _score in context["ranked"]] == ["MANY"]
    assert [body.code for body, _score in context["unranked"]] == ["FEW"]
    assert "/hall/?organization=MANY" in seen(client, "/transparency/")


@pytest.mark.parametrize("url", ["/", "/places/KHZ-N-901/", "/transparency/", "/transparency/commitments/"])
def test_a_page_asks_as_many_questions_for_six_rows_as_for_one(client, url):
    def tell():
        answer = answered_thread(make_body(f"B{Thread.objects.count()}"), on=date(2026, 11, 4))
        promise(answer, due=timezone.localdate() + timedelta(days=9))
        asked_thread(due=PAST)

    tell()
    client.get(url)
    with CaptureQueriesContext(connection) as one:
        client.get(url)
    for _number in range(5):
        tell()
    with CaptureQueriesContext(connection) as six:
        client.get(url)
    assert len(six) == len(one) <= 12
