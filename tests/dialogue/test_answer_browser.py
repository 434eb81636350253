"""The desk and the answered thread in a real browser, with and without JavaScript, judged by axe and html-validate."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dialogue.actions.answers import check_answer
from dialogue.actions.queue import publish_text
from dialogue.models import Answer
from taar.lib.jalali import local_day, to_jalali
from tests.browser.checks import check_page
from tests.dialogue.answering import answered, drafted, make_office, promise
from tests.dialogue.factories import new_thread
from tests.journeys.steps import press_on
from tests.people.factories import sign_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def office():
    return make_office()


@pytest.fixture
def thread(office):
    return ask(office)


def ask(office):
    now = timezone.now()
    thread = new_thread(organization=office.body, kind="question", at=now)
    publish_text(thread, at=now)
    return thread


def enter(page, person) -> None:
    """Give the browser the session of an officer who has used their second factor."""
    cookie = sign_in(Client(), person, second_factor=True).cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": base_of(page)}])


def base_of(page) -> str:
    page.goto("/")
    return page.url


def test_an_officer_answers_at_the_desk(open_browser, office, thread, javascript):
    office.officer.language = "en"
    office.officer.save(update_fields=["language"])
    page = open_browser(javascript=javascript, language="en")
    enter(page, office.officer)
    page.goto(reverse("office"))
    press_on(page.get_by_role("link", name=thread.title))
    page.get_by_label("Decision").select_option("accepted")
    page.get_by_label("In short").fill("سالن دو عصر باز می‌شود.")
    page.get_by_label("Answer with its reasons").fill("از نیمهٔ آذر، سالن دو عصر باز است.")
    page.get_by_text("Commitment 1").click()
    page.get_by_label("What is promised").first.fill("گشایش دو نوبت عصر")
    page.get_by_label("Until", exact=False).nth(1).fill(str(to_jalali(local_day(timezone.now()) + timedelta(days=30))))
    press_on(page.get_by_role("button", name="Keep it and ask for the check"))
    answer = Answer.objects.get()
    assert answer.is_whole
    if javascript:  # what is kept on the server is not laid over it again from the browser
        assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('draft:answer')).length") == 0
    assert answer.commitments.get().text == "گشایش دو نوبت عصر"
    check_answer(answer, by=office.checker, at=timezone.now(), revision=1)
    page.reload()
    press_on(page.get_by_role("button", name="Publish the answer"))
    assert Answer.objects.get().status == "published"


def test_the_pages_of_answering_are_well_in_both_widths(open_browser, office, thread, width):
    now = timezone.now()
    kept = answered(thread, office, at=now, promises=[promise(local_day(now) + timedelta(days=9))])
    other = ask(office)
    drafted(other, office, at=now)
    page = open_browser(width=width)
    enter(page, office.officer)
    paths = [
        reverse("office"),
        reverse("office_thread", args=[other.code]),
        reverse("office_commitments"),
        reverse("office_commitment", args=[kept.commitments.get().pk]),
        reverse("answer_letter", args=[kept.pk]),
        thread.get_absolute_url(),
    ]
    for path in paths:
        assert page.goto(path).ok
        assert not check_page(page), path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
