"""A real browser for the tests: the system's Chromium, narrow and wide, with JavaScript on and off."""

import os

import pytest
from django.conf import settings
from django.test import Client

from taar.bootstrap.browser import of_system
from tests.browser.way import Way

# What keeps a browser quiet and off the network outside this machine.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NARROW, WIDE = 360, 1200


@pytest.fixture(scope="session")
def browser_type_launch_args():
    """The browser that the test command found; without any this fails, it does not skip."""
    path = os.environ.get("CHROMIUM") or of_system()
    assert path, "No browser: run the tests by `python3 manage.py test`, or name one in CHROMIUM."
    return {"executable_path": path, "args": FLAGS}


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def javascript(request):
    """The same story is told twice: with JavaScript and without."""
    return request.param


@pytest.fixture(params=[NARROW, WIDE], ids=["narrow", "wide"])
def width(request):
    """The same page is looked at on a phone and on a desk."""
    return request.param


@pytest.fixture
def open_browser(browser, live_server):
    """`open_browser(person=None, width=1200, javascript=True, language="fa")` → a page of a browser of its own.

    `session` is a test client whose sign-in the browser takes over, second step and all; `page.goto("/hall/")` is
    relative to the test server. At the end no page may have thrown or broken the CSP.
    """
    contexts, faults = [], []

    def open_one(person=None, *, width=WIDE, javascript=True, language="fa", session=None):
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": 800},
            java_script_enabled=javascript,
            locale="en-US",  # the hall is Persian first, whatever the browser asks for
            timezone_id="Asia/Tehran",
            reduced_motion="reduce",
        )
        contexts.append(context)
        context.set_default_timeout(10_000)
        cookies = {settings.LANGUAGE_COOKIE_NAME: language}
        if person is not None:
            cookies |= session_of(person)
        if session is not None:
            cookies |= {name: cookie.value for name, cookie in session.cookies.items()}
        context.add_cookies([{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()])
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert not faults, faults


def session_of(person) -> dict[str, str]:
    """The cookie of a person who has signed in."""
    client = Client()
    client.force_login(person)
    return {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}


@pytest.fixture
def way(live_server):
    """The way from the browser to the house."""
    way = Way(live_server.url)
    yield way
    way.close()
