"""What a phone on a weak network must fetch: measured on the responses as a server sends them, compressed by gzip."""

import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client

from dialogue.actions.contributions import contribute
from dialogue.actions.queue import publish_text
from tests.dialogue.factories import NOW, make_person, new_thread

pytestmark = pytest.mark.django_db
FIRST_VISIT, LATER_PAGE = 90 * 1024, 40 * 1024
LINKED = re.compile(r'(?:<link rel="(?:icon|preload|stylesheet)" href|<script src)="([^"]+)"')
WORDS = "سالن محله عصرها بسته است و بچه‌ها جایی برای بازی ندارند؛ چند نفر حاضرند کلید را تحویل بگیرند و نظافت کنند. "


@pytest.fixture
def served(settings, tmp_path):
    """A client of the portal with its static files collected, hashed and compressed, as on a server."""
    settings.STATIC_ROOT = str(tmp_path)
    storage = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": storage}
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = False
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=["admin"])
    return Client(headers={"accept-encoding": "gzip"})


@pytest.fixture
def full_thread():
    """A thread with a page full of long contributions of many people, among other threads of the list."""
    threads = [new_thread(title=f"سالن محله عصرها بسته است، گفتگوی {number}") for number in range(21)]
    for thread in threads:
        publish_text(thread, at=NOW)
    for step in range(50):
        at = NOW + timedelta(minutes=step)
        said = contribute(threads[0], by=make_person(), at=at, kind="point", body=f"{step} {WORDS}", once=_key(step))
        publish_text(said, at=at)
    return threads[0]


def test_a_first_visit_weighs_90_kilobytes_at_most_and_a_later_page_40(served, full_thread):
    for path in ("/", "/hall/", full_thread.get_absolute_url()):
        page = served.get(path)
        assert page.headers["Content-Encoding"] == "gzip"
        html = weight_of(page)
        files = {linked: weight_of(served.get(linked)) for linked in linked_files(served, path)}
        assert any(name.endswith(".woff2") for name in files)
        assert html <= LATER_PAGE, f"{path} weighs {html} bytes"
        assert html + sum(files.values()) <= FIRST_VISIT, f"{path}: {html} bytes and {files}"


def linked_files(served: Client, path: str) -> set[str]:
    """Every file that the page tells the browser to fetch."""
    plain = Client().get(path).content.decode()
    found = set(LINKED.findall(plain))
    assert len(found) >= 4
    return found


def weight_of(response) -> int:
    """The bytes of a body as they go over the wire."""
    assert response.status_code == 200
    return len(b"".join(response.streaming_content) if response.streaming else response.content)


def _key(step: int) -> str:
    return f"00000000-0000-4000-8000-{step:012d}"
