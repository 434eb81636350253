"""«What we know about you»: all of it, for oneself alone."""

import json
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dialogue.actions.contributions import contribute
from dialogue.actions.queue import publish_text
from dialogue.actions.threads import support_thread
from dialogue.models import Appeal, ModerationDecision, Publication, Report, Thread
from tests.dialogue.factories import NOW, make_person, new_thread

pytestmark = pytest.mark.django_db
LISTS = ("threads", "contributions", "supports", "appeals")


def open_thread(**over) -> Thread:
    thread = new_thread(**over)
    publish_text(thread, at=NOW)
    return thread


def busy_person():
    """Somebody who did one of everything on a thread of somebody else."""
    person, thread = make_person(), open_thread(title="حرف یک نفر دیگر است", body="متن یک نفر دیگر")
    new_thread(person, title="حرف خود من اینجاست")
    Thread.objects.filter(author=person).update(started_at=NOW.replace(year=2025))
    contribute(thread, by=person, at=NOW, kind="point", body="دیدگاه خود من", once=uuid.uuid4())
    support_thread(thread, by=person, at=NOW)
    Report.objects.create(thread=thread, person=person, rule="spam", words="گزارش من", weight=1, at=NOW)
    decision = ModerationDecision.objects.create(
        thread=Thread.objects.get(author=person),
        act="reject",
        rule="spam",
        office="X 1",
        at=NOW,
        reason="دلیل بازبین",
        by=make_person(),
    )
    Appeal.objects.create(decision=decision, by=person, words="اعتراض من", appealed_at=NOW, due_on=NOW.date())
    return person, thread


def test_my_page_counts_what_is_mine(client):
    person, _thread = busy_person()
    client.force_login(person)
    page = client.get("/my/")
    assert page.context["counts"] == {
        "threads": 1, "contributions": 1, "supports": 1, "follows": 1, "appeals": 1, "reports": 1,
    }  # fmt: skip
    assert "حرف خود من اینجاست" in page.content.decode()
    assert "گزارش من" not in page.content.decode()


@pytest.mark.parametrize("name", LISTS)
def test_a_list_of_mine_is_for_me_alone(client, name):
    person, _thread = busy_person()
    assert client.get(f"/my/hall/{name}/").status_code == 302
    client.force_login(person)
    assert len(client.get(f"/my/hall/{name}/").context["page"]) == 1
    client.force_login(make_person())
    stranger = client.get(f"/my/hall/{name}/")
    assert stranger.status_code == 200
    assert len(stranger.context["page"]) == 0


def test_a_list_that_is_not_known_is_404(client):
    client.force_login(make_person())
    assert client.get("/my/hall/secrets/").status_code == 404


def test_the_title_of_a_thread_that_was_hidden_is_told_to_no_supporter(client):
    person, thread = busy_person()
    Thread.objects.filter(pk=thread.pk).update(publication=Publication.HIDDEN)
    client.force_login(person)
    for name in ("supports", "follows", "contributions"):
        page = client.get(f"/my/hall/{name}/").content.decode()
        assert thread.title not in page
    assert thread.title not in client.get("/my/record.json").content.decode()


def test_the_record_holds_all_my_words_and_nobody_elses(client):
    person, thread = busy_person()
    other = make_person()
    contribute(thread, by=other, at=NOW, kind="point", body="حرف دیگری", once=uuid.uuid4())
    client.force_login(person)
    answer = client.get("/my/record.json")
    text, known = answer.content.decode(), json.loads(answer.content)
    assert answer["Cache-Control"] == "private, no-store"
    assert known["contributions"][0]["body"] == "دیدگاه خود من"
    assert known["reports"][0]["words"] == "گزارش من"
    assert known["appeals"][0]["words"] == "اعتراض من"
    assert known["supports"][0]["thread"] == thread.code
    # The whole name in its quotes: the number of one's own may begin with that of another.
    for foreign in (thread.title, thread.body, "حرف دیگری", f'"{thread.author_name}"', person.phone, other.phone):
        assert foreign not in text


def test_my_record_needs_a_sign_in(client):
    assert client.get("/my/record.json").status_code == 302


@pytest.mark.parametrize("url", ["/my/", *(f"/my/hall/{name}/" for name in LISTS)])
def test_a_page_of_mine_asks_as_many_questions_for_six_rows_as_for_one(client, url):
    person = make_person()
    client.force_login(person)

    def tell():
        thread = open_thread()
        support_thread(thread, by=person, at=NOW)
        new_thread(person)
        Thread.objects.filter(author=person).update(started_at=NOW.replace(year=2025))
        contribute(thread, by=person, at=NOW, kind="point", body="حرف", once=uuid.uuid4())
        thread.contributions.update(written_at=NOW.replace(year=2025))

    tell()
    client.get(url)
    with CaptureQueriesContext(connection) as one:
        client.get(url)
    for _number in range(5):
        tell()
    with CaptureQueriesContext(connection) as six:
        client.get(url)
    assert len(six) == len(one) <= 12
