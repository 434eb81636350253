"""Finding threads by words, by words mistyped, by code; and never by a text that is not public now."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dialogue.actions.queue import publish_text
from dialogue.actions.search import index_thread
from dialogue.actions.texts import edit_thread
from dialogue.models import Publication, Thread
from dialogue.queries.hall import Narrowing
from dialogue.queries.search import find_threads, similar_threads
from taar.lib.jalali import local_day
from taar.lib.persian import local_digits
from taar.lib.refusals import Refused
from tests.dialogue.factories import NOW, make_person, new_thread

pytestmark = pytest.mark.django_db
VECTORS = json.loads((Path(__file__).parents[1] / "data" / "persian_test_vectors.json").read_text(encoding="utf-8"))
TODAY = local_day(NOW)


def published(title: str = "سالن محله عصرها بسته است", *, at=NOW, **over) -> Thread:
    thread = new_thread(title=title, at=at, **over)
    publish_text(thread, at=at)
    return thread


def found(words: str, **narrowed) -> list[str]:
    return [thread.title for thread in find_threads(words, Narrowing(**narrowed), day=TODAY)]


@pytest.mark.parametrize("forms", [group["forms"] for group in (*VECTORS["fold_equal"], *VECTORS["alias_equal"])])
def test_each_spelling_of_a_word_finds_every_other(forms):
    for number, form in enumerate(forms):
        published(f"نشست {form} در شهر ما شماره {number}")
    for form in forms:
        assert len(found(form)) == len(forms), form


@pytest.mark.parametrize(("one", "other"), VECTORS["fold_different"])
def test_words_that_only_look_alike_do_not_find_each_other(one, other):
    published(f"دربارهٔ {one} در شهر ما", body="متن")
    published(f"دربارهٔ {other} در شهر ما", body="متن")
    assert f"دربارهٔ {other} در شهر ما" not in found(one)


def test_all_words_must_stand_in_the_title_or_the_body():
    published("کتابخانهٔ محله تعطیل است", body="شب‌ها چراغ ندارد")
    published("کتابخانهٔ شهر باز است", body="روزها باز است")
    assert found("کتابخانه چراغ") == ["کتابخانهٔ محله تعطیل است"]


def test_a_mistyped_word_finds_what_is_most_like_it():
    published("کتابخانهٔ محله تعطیل است")
    published("ورزش بانوان در سالن شهر")
    assert found("کتابخوانه محلع") == ["کتابخانهٔ محله تعطیل است"]
    assert found("ورذش بانوام") == ["ورزش بانوان در سالن شهر"]
    assert found("قطار سریع") == []


def test_a_code_finds_its_thread_in_any_digits_and_without_its_beginning():
    thread = published()
    number = thread.code.rsplit("-", 1)[1].lstrip("0")
    year = thread.code.split("-")[1]
    typed = [thread.code, thread.code.lower(), local_digits(thread.code, "fa"), number, local_digits(number, "ar")]
    for words in [*typed, f"{year}-{number}", f"KHZ {year} {number}"]:
        assert found(words) == [thread.title], words


@pytest.mark.parametrize("state", [Publication.HIDDEN, Publication.WITHDRAWN, Publication.MERGED])
def test_a_thread_that_is_not_open_is_found_by_nothing(state):
    thread = published("جملهٔ بسیار ویژه دربارهٔ فواره")
    Thread.objects.filter(pk=thread.pk).update(publication=state)
    for words in ("فواره", "فوارهه", thread.code, thread.title):
        assert found(words) == []
    assert similar_threads("جملهٔ بسیار ویژه دربارهٔ فواره") == []


def test_a_thread_that_waits_for_a_moderator_is_not_found_even_by_its_author(client):
    thread = new_thread(title="جملهٔ بسیار ویژه دربارهٔ فواره")
    client.force_login(thread.author)
    assert thread.code not in client.get("/search/", {"q": "فواره"}).content.decode()


def test_a_masked_word_finds_nothing_once_the_thread_is_indexed_again():
    thread = published("گزارش آقای فلانپور دربارهٔ زمین بازی")
    Thread.objects.filter(pk=thread.pk).update(title="گزارش ▒▒▒ دربارهٔ زمین بازی", body="متن")
    index_thread(thread)
    assert found("فلانپور") == []
    assert found("زمین بازی") == ["گزارش ▒▒▒ دربارهٔ زمین بازی"]


def test_what_is_found_is_narrowed_like_the_hall():
    published("زمین بازی کودکان", axis="family")
    published("زمین بازی جوانان", axis="state")
    assert found("زمین بازی", axis="state") == ["زمین بازی جوانان"]


@pytest.mark.parametrize("sort", ["newest", "supported", "waiting"])
def test_pages_follow_each_other_without_loss_or_repetition(sort):
    for hour in range(7):
        published(f"زمین بازی شماره {hour} کجاست", at=NOW + timedelta(hours=hour), kind="question")
    seen, after = [], ""
    while True:
        page = find_threads("زمین بازی", Narrowing(sort=sort), day=TODAY, after=after, size=3)
        seen += [thread.pk for thread in page]
        after = page.next
        if not after:
            break
    assert len(seen) == len(set(seen)) == 7


def test_words_beyond_the_first_threads_looked_through_are_found_by_the_index(monkeypatch):
    monkeypatch.setattr("dialogue.queries.search.LOOKED_THROUGH", 2)
    published("فوارهٔ میدان خاموش است", at=NOW)
    for hour in range(1, 5):
        published(f"زمین بازی شماره {hour}", at=NOW + timedelta(hours=hour))
    assert found("فواره") == ["فوارهٔ میدان خاموش است"]


def test_titles_alike_are_shown_most_alike_first():
    published("زمین بازی محلهٔ ما چراغ ندارد")
    published("زمین بازی محلهٔ ما در شب چراغ ندارد و تاریک است")
    published("اتوبوس خط پنج دیر می‌رسد")
    titles = [thread.title for thread in similar_threads("زمین بازی محله ما چراغ ندارد")]
    assert titles[0] == "زمین بازی محلهٔ ما چراغ ندارد"
    assert len(titles) == 2


def test_the_titles_alike_come_as_a_part_for_htmx_and_as_a_page_without(client):
    published("زمین بازی محلهٔ ما چراغ ندارد")
    part = client.get("/hall/similar/", {"title": "زمین بازی محله"}, headers={"HX-Request": "true"}).content.decode()
    page = client.get("/hall/similar/", {"title": "زمین بازی محله"}).content.decode()
    assert "چراغ ندارد" in part
    assert "<html" not in part
    assert "<html" in page
    assert "چراغ ندارد" in page


def test_the_page_marks_what_was_found_and_escapes_the_rest(client):
    published("زمین <b>بازی</b> هم‌اندیشی", body="متن بلند")
    page = client.get("/search/", {"q": "هماندیشی"}).content.decode()
    assert "<mark>هم‌اندیشی</mark>" in page
    assert "<b>بازی" not in page


def test_the_page_asks_for_two_letters_and_shows_a_next_step_when_nothing_is_found(client):
    assert 'id="short"' in client.get("/search/", {"q": "ا"}).content.decode()
    page = client.get("/search/", {"q": "ناموجودترین"}).content.decode()
    assert "/hall/new/" in page
    assert client.get("/search/").status_code == 200


def test_the_search_asks_as_many_questions_for_six_threads_as_for_one(client):
    def asked_twice(threads: int) -> list[int]:
        counts = []
        for _anew in (True, False):
            with CaptureQueriesContext(connection) as asked:
                page = client.get("/search/", {"q": "زمین"}).content.decode()
            assert page.count('class="sheet topic"') == threads
            counts.append(len(asked))
        return counts

    published("زمین بازی محله")
    client.get("/search/", {"q": "میدان"})
    one = asked_twice(1)
    for hour in range(1, 6):
        published("زمین بازی محله", at=NOW + timedelta(hours=hour))
    assert asked_twice(6) == one
    assert max(one) <= 12


def test_a_search_asked_a_moment_ago_finds_what_is_new_and_what_has_changed_at_once(client):
    first = published("زمین بازی محله")
    assert first.get_absolute_url() in client.get("/search/", {"q": "زمین"}).content.decode()
    second = published("زمین چمن محله", at=NOW + timedelta(hours=1))
    page = client.get("/search/", {"q": "زمین"}).content.decode()
    assert page.index("چمن") < page.index("بازی")
    edit_thread(first, by=first.author, at=NOW, title="سالن محله", body=first.body)
    page = client.get("/search/", {"q": "زمین"}).content.decode()
    assert first.get_absolute_url() not in page
    assert second.get_absolute_url() in page


@pytest.mark.parametrize(
    "words", ["\x00a'b", "' | !", "a & (", "\u202e\u2066<->", ":* !!", "\ud800x", "%_\\", "۱۲۳" * 90]
)
def test_quotes_operators_and_controls_are_only_words(client, words):
    author = make_person()
    client.force_login(author)
    for path, name in (("/search/", "q"), ("/hall/similar/", "title"), ("/hall/feed/", "q")):
        query = {name: words.encode("utf-8", "replace")}
        assert client.get(path, query).status_code == 200


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(st.text(max_size=60), st.text(alphabet="آبگو هم‌اندیشی'\"&|!()<>:*\\-۱۲3\u200c\u200f\x00٫،؟", max_size=60))
)
def test_no_text_whatever_breaks_the_search(words):
    published_once()
    assert len(find_threads(words, Narrowing(), day=TODAY)) <= 20
    assert len(similar_threads(words)) <= 5


@given(st.text(max_size=60))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_made_up_cursor_is_refused_and_nothing_worse(after):
    try:
        page = find_threads("زمین", Narrowing(), day=TODAY, after=after)
    except Refused:
        return
    assert page.next == ""


def published_once() -> None:
    if not Thread.objects.exists():
        published("زمین بازی محله")
