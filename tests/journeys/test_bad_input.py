"""Bad input at the doors of the hall: each gets a clear sentence, nothing typed is lost, and nothing breaks."""

import base64
import json
import uuid

import pytest
from django.test import Client

from dialogue.models import Contribution, Thread
from tests.dialogue.factories import make_body, make_person, make_place
from tests.dialogue.files import pdf, sent
from tests.dialogue.moderation import open_thread, open_voice
from tests.people.factories import last_code, next_phone

pytestmark = pytest.mark.django_db
DOOR, BOX, NEW = "/accounts/login/code/", "/accounts/login/code/confirm/", "/hall/new/"
BODY = "متنی که نباید گم شود"


def typed(**over) -> dict:
    """A good form of a thread, but for what is said otherwise."""
    said = {"title": "سالن محله عصرها بسته است", "body": BODY, "kind": "concern", "once": str(uuid.uuid4())}
    about = {"axis": "family", "area": "sports", "audience": "all"}
    return said | about | {"place": make_place().pk, "organization": make_body().pk} | over


def cursor(*values) -> str:
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


@pytest.fixture
def author(client):
    person = make_person()
    client.force_login(person)
    return person


@pytest.mark.parametrize("phone", ["۰۹۱۶", "0611 222 3344", "salam", "+1 916 123 4567", "9" * 400, "\x00", "٠٩١٦١٢٣"])
def test_a_wrong_phone_is_named_beside_its_field(client, phone):
    answer = client.post(DOOR, {"phone": phone})
    page = answer.content.decode()
    assert answer.status_code in (200, 422)
    assert 'id="id_phone_error"' in page


def test_a_fifth_wrong_code_begins_again_with_a_sentence(client):
    phone = next_phone()
    client.post(DOOR, {"phone": phone})
    wrong = "000000" if last_code(phone) != "000000" else "111111"
    for _attempt in range(5):
        answer = client.post(BOX, {"code": wrong}, follow=True)
    assert answer.redirect_chain[0][0] == DOOR
    assert 'class="notice bad"' in answer.content.decode()
    client.post(BOX, {"code": last_code(phone)})
    assert "_auth_user_id" not in client.session


def test_a_code_that_is_too_old_begins_again_with_a_sentence(client):
    phone = next_phone()
    client.post(DOOR, {"phone": phone})
    session = client.session
    session["account_login"]["state"]["stages"]["login_by_code"]["data"]["at"] -= 301
    session.save()
    answer = client.post(BOX, {"code": last_code(phone)}, follow=True)
    assert 'class="notice bad"' in answer.content.decode()
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("title", ["", "   ", " \u200c\u200f\u00a0\u202e  \u200b   ", "کوتاه", "ب" * 101])
def test_a_title_that_says_nothing_comes_back_with_the_text(client, author, title):
    answer = client.post(NEW, typed(title=title))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="id_title_error"' in page
    assert BODY in page
    assert not Thread.objects.exists()


@pytest.mark.parametrize("missing", ["title", "body", "kind", "axis", "area", "audience", "place", "organization"])
def test_a_missing_field_is_named_and_the_rest_is_kept(client, author, missing):
    said = typed()
    del said[missing]
    answer = client.post(NEW, said)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'id="id_{missing}_error"' in page
    assert said["title" if missing != "title" else "body"] in page


@pytest.mark.parametrize(
    ("data", "name"),
    [(b"\xff\xd8\xff" + b"0" * 20_000_000, "photo.jpg"), (b"%PDF-1.4 nothing", "photo.jpg"), (b"", "a")],
)
def test_a_file_that_cannot_be_taken_is_named_and_the_text_is_kept(client, author, data, name):
    answer = client.post(NEW, typed(file_1=sent(data, name)))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="id_file_1_error"' in page
    assert BODY in page
    assert not Thread.objects.exists()


def test_a_pdf_that_is_called_a_picture_is_taken_as_what_it_is(client, author):
    answer = client.post(NEW, typed(file_1=sent(pdf(), "photo.jpg")), follow=True)
    assert Thread.objects.get().attachments.get().kind == "pdf"
    assert 'class="notice"' in answer.content.decode()


def test_html_and_turning_marks_are_words_and_turn_nothing(client, author):
    said = '<script>alert(1)</script> \u202eسالن محله\u2066 <b onclick="x">'
    client.post(NEW, typed(title=said, body=said))
    thread = Thread.objects.get()
    page = client.get(thread.get_absolute_url()).content.decode()
    assert "<script>alert" not in page
    assert "<b onclick" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert not {"\u202e", "\u2066"} & set(page)


def test_a_form_that_was_sent_twice_is_done_once(client, author):
    said = typed()
    answers = [client.post(NEW, said) for _time in range(2)]
    assert [answer.url for answer in answers] == [Thread.objects.get().get_absolute_url()] * 2
    thread = open_thread()
    voice = {"kind": "point", "body": BODY, "once": str(uuid.uuid4())}
    Thread.objects.filter(author=author).update(started_at=thread.started_at)  # no haste between two texts
    for _time in range(2):
        assert client.post(f"{thread.get_absolute_url()}contribute/", voice).status_code == 302
    assert Contribution.objects.count() == 1


def test_a_form_whose_seal_is_too_old_keeps_what_was_typed():
    person, client = make_person(), Client(enforce_csrf_checks=True)
    client.force_login(person)
    answer = client.post(NEW, typed())
    page = answer.content.decode()
    assert answer.status_code == 403
    assert BODY in page
    assert 'class="notice bad"' in page


UNKNOWN = ["KHZ-1405-999999", "khz", "%00", "۱۲۳", "a" * 300, "..%2f..%2fetc", "'%20OR%201=1--", "%F0%9F%A7%BF", "%ff"]


@pytest.mark.parametrize("code", UNKNOWN)
def test_an_unknown_code_is_not_found(client, author, code):
    for path in (f"/hall/{code}/", f"/places/{code}/", f"/hall/{code}/versions/", f"/my/hall/{code}/"):
        assert client.get(path).status_code == 404, path
    for path in (f"/hall/{code}/support/", f"/hall/follows/place/{code}/", f"/hall/follows/organization/{code}/"):
        assert client.post(path).status_code == 404, path


@pytest.mark.parametrize("number", ["0", "9" * 9, "9" * 40])
def test_a_number_that_nothing_has_is_not_found(client, author, number):
    for path in ("decisions/{}/", "answers/{}/", "contributions/{}/report/", "contributions/{}/versions/"):
        assert client.get(f"/hall/{path.format(number)}").status_code == 404, path
    assert client.post(f"/my/notices/{number}/read/").status_code == 404
    assert client.post(f"/hall/answers/{number}/rate/").status_code == 404


LISTS = [
    "/hall/", "/hall/?sort=supported", "/hall/?sort=waiting", "/hall/feed/", "/hall/list.csv", "/hall/list.json",
    "/hall/decisions/", "/hall/follows/", "/transparency/log/", "/transparency/commitments/", "/search/?q=سالن",
    "/my/notices/", "/my/hall/threads/", "/my/hall/contributions/", "/my/hall/supports/", "/my/hall/appeals/",
]  # fmt: skip
CURSORS = [
    "x", "\x00", "=" * 50, "9" * 400, cursor(), cursor(1), cursor("a", "b"), cursor("\x00", "\x00"), cursor(1e308, 1),
    cursor(10**40, 10**40), cursor("2026-01-01", "1"), cursor("9999-99-99T00:00", 1), cursor([1], {}), cursor(-1, -1),
    cursor("2026-01-01T00:00:00+00:00", 10**40), cursor(True, False), cursor("NaN", "Infinity"), cursor("ب", "ب"),
    cursor(float("nan"), float("inf")), cursor("99999-01-01", 1), cursor(1, 1, 1), cursor("1", 1, "\x00"),
]  # fmt: skip


@pytest.mark.parametrize("path", LISTS)
def test_a_cursor_that_somebody_made_up_breaks_no_list(client, author, path):
    open_voice(open_thread(author))
    join = "&" if "?" in path else "?"
    for made_up in CURSORS:
        answer = client.get(f"{path}{join}", {"after": made_up})
        assert answer.status_code in (200, 409), (path, made_up)


QUERIES = ["page", "q", "axis", "place", "organization", "state", "sort", "act", "rule", "cause", "show", "reply",
           "next", "kind", "area", "audience", "language", "verb", "subject", "title", "code"]  # fmt: skip
VALUES = ["9" * 40, "-1", "\x00", "ب" * 3000, "🧿", "<script>", "%", "'\"", "[]", "\u202e", "1e309"]


@pytest.mark.parametrize("value", VALUES)
def test_nothing_in_a_query_breaks_a_page(client, author, value):
    thread = open_thread(author)
    pages = ["/", "/places/", "/hall/new/", "/hall/similar/", "/search/", thread.get_absolute_url(), DOOR, *LISTS]
    for path in (page.split("?")[0] for page in pages):
        answer = client.get(path, dict.fromkeys(QUERIES, value))
        assert answer.status_code in (200, 302, 404, 409), path
        assert "<script>" not in b"".join(answer).decode(), path
