"""The pages of united threads: readable whole, in no list, leading to each other; the acts work without a script."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dialogue.actions.hiding import hide_thread
from dialogue.actions.masking import mask_words
from dialogue.actions.merging import merge_thread, unmerge_thread
from dialogue.actions.queue import publish_text
from dialogue.actions.texts import withdraw_thread
from dialogue.models import Thread, ThreadMerge
from taar.lib.persian import local_digits
from tests.dialogue.factories import make_body, make_moderator, make_person
from tests.dialogue.moderation import JUDGED, REASON, open_thread, open_voice
from tests.dialogue.test_attach import thread_with_file
from tests.people.factories import sign_in

pytestmark = pytest.mark.django_db
TITLE = "عنوانی بسیار ویژه دربارهٔ فواره"


@pytest.fixture
def desk(client):
    """A moderator's browser."""
    return sign_in(client, make_moderator(), second_factor=True)


def page_of(client, thread) -> str:
    return client.get(thread.get_absolute_url()).content.decode()


def united(**over) -> tuple[Thread, Thread]:
    thread, into = open_thread(**over), open_thread()
    merge_thread(thread, into=into, by=make_moderator(), at=timezone.now(), reason=REASON)
    return thread, into


def sent(code: str, **over) -> dict:
    return {"act": "merge", "merge-into": code, "merge-reason": REASON} | over


@pytest.mark.parametrize("digits", ["en", "fa", "ar"])
def test_a_moderator_unites_by_the_code_in_any_digits_and_undoes_it(desk, digits):
    thread, into = open_thread(), open_thread()
    path = f"/hall/moderation/thread/{thread.code}/"
    assert 'name="merge-into"' in desk.get(path).content.decode()
    assert desk.post(path, sent(f" {local_digits(into.code.lower(), digits)} ")).status_code == 302
    assert ThreadMerge.objects.get().into == into
    assert path in page_of(desk, thread)
    page = desk.get(path).content.decode()
    assert 'name="unmerge-reason"' in page
    assert 'name="merge-into"' not in page
    assert desk.post(path, {"act": "unmerge", "unmerge-reason": REASON}).status_code == 302
    thread.refresh_from_db()
    assert thread.publication == "published"


@pytest.mark.parametrize("fault", ["unknown", "empty", "itself", "another body", "short reason", "nonsense", "words"])
def test_a_faulty_merge_comes_back_with_what_was_typed(desk, fault):
    thread = open_thread()
    given = {
        "unknown": sent("KHZ-1405-999999"),
        "empty": sent(""),
        "itself": sent(thread.code),
        "another body": sent(open_thread(organization=make_body("ANOTHER")).code),
        "short reason": sent(open_thread().code, **{"merge-reason": "کوتاه"}),
        "nonsense": sent("\u0660' OR 1=1 --"),
        "words": sent("سالن محله"),
    }[fault]
    answer = desk.post(f"/hall/moderation/thread/{thread.code}/", given)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'class="error"' in page
    assert given["merge-reason"] in page
    assert not ThreadMerge.objects.exists()


def test_a_moderator_of_one_of_the_two_alone_unites_nothing(client):
    thread, into = open_thread(), open_thread()
    moderator = make_moderator()
    Thread.objects.filter(pk=into.pk).update(author=moderator)
    sign_in(client, moderator, second_factor=True)
    assert client.post(f"/hall/moderation/thread/{thread.code}/", sent(into.code)).status_code == 422
    assert not ThreadMerge.objects.exists()


def test_a_merged_thread_is_read_whole_and_takes_nothing(client):
    thread, into = open_thread(title=TITLE), open_thread()
    voice = open_voice(thread)
    before = page_of(client, into)
    assert thread.code not in before
    merge_thread(thread, into=into, by=make_moderator(), at=timezone.now(), reason=REASON)
    client.force_login(make_person())
    page = page_of(client, thread)
    for shown in (TITLE, thread.body, voice.body, into.get_absolute_url(), REASON, thread.author_name):
        assert shown in page
    for form in ("contribute", "support", "follow", "report"):
        assert f'"{thread.get_absolute_url()}{form}/"' not in page
    for form in ("contribute", "support", "report"):
        given = {"body": "حرف تازه دربارهٔ همین", "kind": "point", "rule": "spam"}
        assert client.post(f"{thread.get_absolute_url()}{form}/", given).status_code in (409, 422)
    assert thread.get_absolute_url() in page_of(client, into)


def test_a_merged_thread_stands_in_no_list_search_or_feed(client):
    thread, _into = united(title=TITLE)
    for path in ("/hall/", "/hall/feed/", "/hall/list.csv", "/hall/list.json", "/search/?q=فواره", "/"):
        answer = client.get(path)
        text = b"".join(answer) if answer.streaming else answer.content
        assert TITLE not in text.decode(), path


def test_the_kept_page_of_a_visitor_is_new_after_each_act(client):
    thread, into = open_thread(), open_thread()
    moderator, now = make_moderator(), timezone.now()
    assert into.code not in page_of(client, thread)
    assert thread.code not in page_of(client, into)
    merge_thread(thread, into=into, by=moderator, at=now, reason=REASON)
    assert into.code in page_of(client, thread)
    assert thread.code in page_of(client, into)
    unmerge_thread(thread, by=moderator, at=now, reason=REASON)
    assert into.code not in page_of(client, thread)
    assert thread.code not in page_of(client, into)


@pytest.mark.parametrize("act", ["hide", "mask", "withdraw"])
def test_what_is_taken_from_a_merged_thread_is_on_neither_page(client, act):
    thread, into = united(title=TITLE)
    assert TITLE in page_of(client, thread)
    assert TITLE not in page_of(client, into)
    moderator, now = make_moderator(), timezone.now()
    {
        "hide": lambda: hide_thread(thread, by=moderator, at=now, **JUDGED),
        "mask": lambda: mask_words(thread, by=moderator, at=now, phrases=[TITLE], **JUDGED),
        "withdraw": lambda: withdraw_thread(thread, by=thread.author, at=now),
    }[act]()
    assert TITLE not in page_of(client, thread)
    assert TITLE not in page_of(client, into)


def test_a_hidden_thread_stays_hidden_whatever_happens_to_its_other(client):
    thread, into = united(title=TITLE)
    hide_thread(thread, by=make_moderator(), at=timezone.now(), **JUDGED)
    hide_thread(into, by=make_moderator(), at=timezone.now(), **JUDGED)
    for one in (thread, into):
        page = page_of(client, one)
        assert TITLE not in page
        assert thread.body not in page


def test_a_page_asks_as_many_questions_with_six_united_as_with_one(client):
    _thread, into = united()
    client.get(into.get_absolute_url())
    into.refresh_from_db()
    moderator = make_moderator()

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            page = page_of(client, into)
        assert page.count("/hall/KHZ-") > 0
        return len(queries)

    Thread.objects.filter(pk=into.pk).update(version=1000)
    one = asked()
    for _ in range(5):
        merge_thread(open_thread(), into=into, by=moderator, at=timezone.now(), reason=REASON)
    assert asked() == one <= 12


def test_the_files_of_a_merged_thread_stay_open_to_everybody(client):
    thread, into = thread_with_file(), open_thread()
    publish_text(thread, at=timezone.now())
    thread.moderation_items.update(settled_at=timezone.now())
    merge_thread(thread, into=into, by=make_moderator(), at=timezone.now(), reason=REASON)
    url = thread.attachments.get().get_absolute_url()
    assert client.get(url).status_code == 200
    assert url in page_of(client, thread)
