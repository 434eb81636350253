"""The pages of moderation in a real browser, on a phone and a desk, judged from outside."""

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from dialogue.actions.hiding import hide_contribution
from dialogue.models import ModerationItem
from taar.notifications.actions import read_notices
from tests.browser.checks import check_page
from tests.dialogue.factories import make_moderator, make_person, new_thread
from tests.dialogue.moderation import JUDGED, REASON, make_switcher, open_thread, open_voice
from tests.journeys.steps import press
from tests.people.factories import sign_in

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = "۰۹۱۶۱۲۳۴۵۶۷"


def staff_page(page, live_server, person):
    """Give a browser the session of somebody who has used the second factor."""
    client = sign_in(Client(), person, second_factor=True)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}])
    return page


def faults_of(page, paths) -> list[str]:
    faults = []
    for path in paths:
        assert page.goto(path).status == 200, path
        faults += [f"{path}: {fault}" for fault in check_page(page)]
    return faults


def test_the_pages_of_everybody_and_of_an_author_have_no_fault(open_browser, width):
    thread = open_thread()
    voice, gone = open_voice(thread), open_voice(thread)
    decision = hide_contribution(gone, by=make_moderator(), at=timezone.now(), **JUDGED)
    decisions = ["/hall/decisions/", f"/hall/decisions/{decision.pk}/"]
    assert faults_of(open_browser(width=width), [*decisions, thread.get_absolute_url()]) == []
    voices = f"/hall/contributions/{voice.pk}"
    author = [f"{voices}/edit/", f"{voices}/withdraw/", f"{voices}/versions/", thread.get_absolute_url()]
    assert faults_of(open_browser(voice.author, width=width), author) == []
    read_notices(by=gone.author, at=timezone.now())
    assert faults_of(open_browser(gone.author, width=width), [decisions[1], thread.get_absolute_url()]) == []
    assert faults_of(open_browser(make_person(), width=width), [f"/hall/{thread.code}/report/"]) == []


def test_the_pages_of_staff_have_no_fault(open_browser, live_server, width):
    new_thread(body=f"زنگ بزنید {PHONE}")
    thread = open_thread()
    item = ModerationItem.objects.get(settled_at=None)
    page = staff_page(open_browser(width=width), live_server, make_moderator())
    paths = ["/hall/moderation/", f"/hall/moderation/{item.pk}/", f"/hall/moderation/thread/{thread.code}/"]
    assert faults_of(page, [*paths, thread.get_absolute_url()]) == []
    assert faults_of(staff_page(open_browser(width=width), live_server, make_switcher()), ["/hall/switches/"]) == []


def test_a_moderator_returns_a_text_with_and_without_javascript(open_browser, live_server, javascript):
    thread = new_thread()
    page = staff_page(open_browser(javascript=javascript), live_server, make_moderator())
    page.goto("/hall/moderation/")
    press(page, "main section form button")
    page.click("details:has([name=return-reason]) summary")
    page.select_option("[name=return-rule]", "misplaced")
    page.fill("[name=return-reason]", "کوتاه")
    press(page, "button[value=return]")
    assert page.input_value("[name=return-reason]") == "کوتاه"
    page.fill("[name=return-reason]", REASON)
    press(page, "button[value=return]")
    assert page.url.endswith("/hall/moderation/")
    thread.refresh_from_db()
    assert thread.publication == "returned"
