"""Every page there is, in Persian and English: axe finds nothing, html-validate finds nothing, no width overflows."""

import re

import pytest
from django.core.management import call_command
from django.test import Client

from taar.people.models import Person
from tests.browser.checks import axe_violations, bring_axe, html_errors_of
from tests.browser.fixtures import NARROW, WIDE
from tests.people.factories import sign_in
from tests.whole.crawl import shape_of, walk
from tests.whole.test_walk import ROLES

pytestmark = pytest.mark.django_db(transaction=True)
# What a phone of 640 px shows at 200 % zoom, too.
NARROWEST = 320
# Persian as it is read on a phone, English as on a desk: the two differ in words and direction alone.
JUDGED = {"fa": NARROW, "en": WIDE}


def client_of(role: str) -> Client:
    client = Client()
    if ROLES[role]:
        sign_in(client, Person.objects.with_phone(ROLES[role]).get(), second_factor=True)
    return client


def pages_of(role: str, known: set[str]) -> dict[str, str]:
    """One page of each shape that a role can reach: shape → path. Django's own back office is not ours to judge."""
    found = {}
    for page in walk(client_of(role), known_shapes=known, closed="/admin/"):
        if page.status == 200 and page.text.lstrip().lower().startswith("<!doctype html"):
            found.setdefault(re.sub(r"=[^&]*", "=", shape_of(page.path)), page.path)
    return found


def judge(open_browser, role: str, language: str, paths: list[str]) -> tuple[list[str], dict[str, str]]:
    """What axe and a ruler find on these pages, and the pages as they were served."""
    client = client_of(role)
    person = Person.objects.with_phone(ROLES[role]).first() if ROLES[role] else None
    if person:
        Person.objects.filter(pk=person.pk).update(language=language)
    client.cookies["language"] = language
    browser = open_browser(language=language, session=client)
    bring_axe(browser)
    faults, served = [], {}
    for path in paths:
        answer = browser.goto(path)
        assert answer.status == 200, f"{path}: {answer.status}"
        served[f"{path} of {role} in {language}"] = answer.text()
        for width in (WIDE, NARROW, NARROWEST):
            browser.set_viewport_size({"width": width, "height": 800})
            wider = browser.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            faults += [f"{path} at {width}: {wider} px too wide"] if wider > 0 else []
            if width == JUDGED[language]:
                faults += [f"{path} at {width}: {fault}" for fault in axe_violations(browser)]
    browser.context.close()
    return faults, served


def test_every_page_is_well(open_browser):
    call_command("demo", verbosity=0)
    known, faults, served = set(), [], {}
    for role in ROLES:
        own = pages_of(role, known)
        assert len(own) > 10
        paths = [path for shape, path in own.items() if shape not in known]
        for language in JUDGED:
            found, pages = judge(open_browser, role, language, paths)
            faults += found
            served |= pages
        known |= set(own) if role != "visitor" else set()  # who has signed in sees the same pages otherwise
    faults += html_errors_of(served)
    assert not faults, "\n".join(faults)
