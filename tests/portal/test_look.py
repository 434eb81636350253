"""The portal's pages as two outside judges see them, narrow and wide, and a file sent from a real browser."""

from datetime import date

import pytest

from dialogue.actions.queue import publish_text
from dialogue.models import Thread
from tests.browser.checks import check_page, html_errors
from tests.dialogue.factories import make_body, make_person, make_place
from tests.dialogue.files import picture
from tests.journeys.steps import press
from tests.portal.factories import answered_thread, asked_thread, promise, rate

pytestmark = pytest.mark.django_db(transaction=True)
PUBLIC = (
    "/",
    "/places/KHZ-N-901/",
    "/transparency/",
    "/transparency/commitments/",
    "/transparency/log/?kind=moderation",
    "/help/",
    "/help/rules/",
    "/help/answers/",
    "/help/privacy/",
)
OWN = ("/my/", "/my/hall/threads/", "/my/hall/supports/", "/hall/new/?place=KHZ-N-901")


def tell_story():
    for _number in range(10):
        answer = answered_thread(make_body("SPORT"), on=date(2026, 11, 4))
    promise(answer, due=date(2026, 11, 2))
    promise(answer, "confirmed")
    rate(answer, True, False)
    asked_thread(make_body("SPORT"), due=date(2026, 11, 2))
    make_body("EMPTY", held=False)


def test_public_pages_are_well(open_browser, width):
    tell_story()
    page = open_browser(width=width)
    for url in PUBLIC:
        assert page.goto(url).ok
        assert not check_page(page), url
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), url


def test_own_pages_are_well(open_browser, width):
    tell_story()
    person = Thread.objects.first().author
    page = open_browser(person, width=width)
    for url in OWN:
        assert page.goto(url).ok
        assert not check_page(page), url


def test_a_picture_is_sent_with_a_thread_and_survives_a_fault(open_browser, javascript):
    person, place, body = make_person(), make_place(), make_body()
    page = open_browser(person, javascript=javascript)
    page.goto(f"/hall/new/?place={place.code}")
    page.locator("details summary").first.click()
    page.locator("#id_file_1").set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": picture()})
    page.locator("#id_about_1").fill("درِ بستهٔ سالن")
    page.locator("#id_title").fill("کوتاه")
    page.locator("#id_body").fill("سالن محله عصرها بسته است و جایی برای بازی نیست.")
    page.locator("#id_organization").select_option(str(body.pk))
    press(page, "main form button[type=submit]")
    assert page.locator("#id_title_error").is_visible()
    assert page.locator("#id_drop_1").is_visible()
    page.locator("#id_title").fill("سالن محله عصرها بسته است")
    press(page, "main form button[type=submit]")
    thread = Thread.objects.get(author=person)
    publish_text(thread, at=thread.started_at)
    page.goto(thread.get_absolute_url())
    shown = page.get_by_alt_text("درِ بستهٔ سالن")
    shown.scroll_into_view_if_needed()
    assert page.request.get(page.locator(".files img").get_attribute("src")).ok
    assert not html_errors(page.request.get(page.url).text())


def test_the_way_to_ones_own_page_stays_in_one_line(open_browser, width):
    page = open_browser(make_person(), width=width)
    page.goto("/")
    links = page.locator(".masthead .who a")
    tops = {round(link.bounding_box()["y"]) for link in links.all()}
    assert len(tops) == 1
    assert page.evaluate("document.querySelector('.masthead .who a:last-child').getClientRects().length") == 1
    assert links.last.bounding_box()["height"] <= 48
